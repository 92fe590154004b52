"""The first page of each role: what waits, what is watched, the week, what just happened."""

from datetime import timedelta

import pytest

from directives import compliance, issuing, rules, tracking
from directives.models import Assignment, Task
from tests.factories import Office, assignments_of, give_role, make_unit, make_user
from tests.figures_world import counted, get, html, mixed_document
from units import clock
from units.enums import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return Office(rooms=3)


@pytest.fixture
def mixed(office):
    return mixed_document(office)


def titles(user):
    return [item.title for item in get(user, "/").context["todo"].items]


def test_the_monitor_sees_what_is_late_and_what_waits(office, mixed):
    assert titles(office.monitor) == ["4 phần việc quá hạn", "1 báo cáo chờ xác nhận"]
    assert "Có 5 việc cần làm" in html(get(office.monitor, "/"))


def test_what_is_late_and_came_back_is_counted_once(office, mixed):
    accepted, waiting, returned, *_ = assignments_of(mixed)
    assert "Có 2 việc cần làm" in html(get(office.head_of(returned), "/"))
    assert "Có 1 việc cần làm" in html(get(office.head_of(accepted), "/"))
    give_role(office.monitor, Role.HEAD, office.rooms[2])
    shown = get(office.monitor, "/")
    assert "Có 5 việc cần làm" in html(shown), "the own late work is among all that is late"
    assert [(item.count, item.counts) for item in shown.context["todo"].items] == [
        (2, True),
        (2, True),
        (1, True),
    ]


def test_every_line_of_the_own_work_leads_to_as_many_as_it_says(office, mixed):
    head = office.head_of(assignments_of(mixed)[2])
    office.issue(tasks=1, due_in=7)
    items = get(head, "/").context["todo"].items
    assert [item.count for item in items] == [2, 1]
    for item in items:
        ((_, _, cards),) = get(head, item.url).context["sections"]
        assert len(cards) == item.count, item.title


def test_what_came_back_has_a_line_of_its_own_only_where_no_other_line_counts_it(office):
    late, soon, later = (office.issue(tasks=1, due_in=due, to=office.rooms[:1]) for due in (0, 5, 30))
    for directive in (late, soon, later):
        (one,) = assignments_of(directive)
        tracking.send_back(office.report(one), by=office.monitor, reason="Thiếu biên bản")
    head = office.heads[office.rooms[0]]
    with clock.travel(clock.now() + timedelta(days=1)):
        todo = get(head, "/").context["todo"]
        assert [(item.count, item.title.partition(" ")[2]) for item in todo.items] == [
            (1, "phần việc của đơn vị đã quá hạn"),
            (1, "báo cáo bị trả lại, chưa đến hạn"),
            (1, "phần việc đến hạn trong 7 ngày tới"),
        ]
        assert ["Trong đó 1 báo cáo bị trả lại" in item.text for item in todo.items] == [True, False, True]
        assert todo.waiting == 3
        for item in todo.items:
            ((_, _, cards),) = get(head, item.url).context["sections"]
            assert len(cards) == item.count, item.title


def test_the_lines_add_up_to_the_heading_and_what_is_watched_stands_apart():
    """A leader whose office gave some of the late work, and only watches what an office below gave."""
    province = Office(rooms=2)
    below = Office(rooms=2, parent=province.unit)
    with clock.travel(clock.now() - timedelta(days=20)):
        province.issue(tasks=1, due_in=10)
        below.issue(tasks=1, due_in=10), below.issue(tasks=2, due_in=10)
    answer = get(province.leader, "/")
    todo, shown = answer.context["todo"], html(answer)
    assert ([item.count for item in todo.due], [item.count for item in todo.followed]) == ([2], [4, 2])
    assert (todo.waiting, todo.watched) == (2, 6)
    assert "Có 2 việc cần làm" in shown
    assert shown.index("Cần xử lý ngay") < shown.index("Cần theo dõi")
    assert get(below.leader, "/").context["todo"].waiting == 6


def test_the_documents_left_out_of_the_list_are_summed_in_its_last_line(office):
    with clock.travel(clock.now() - timedelta(days=20)):
        for _ in range(5):
            office.issue(tasks=1, due_in=10)
    assert titles(office.monitor) == ["3 phần việc quá hạn"] * 3 + ["6 phần việc quá hạn ở văn bản khác"]
    assert "Có 15 việc cần làm" in html(get(office.monitor, "/"))


def test_of_many_late_documents_every_sum_is_of_all_that_is_late():
    """More than are fetched, some given and some only watched; for whoever follows others, also beside work of their own."""
    province = Office(rooms=2)
    below = Office(rooms=2, parent=province.unit)
    with clock.travel(clock.now() - timedelta(days=20)):
        for n in range(1, 5):
            province.issue(tasks=n, due_in=10), below.issue(tasks=n, due_in=10)
        below.issue(tasks=5, due_in=10, to=[*below.rooms, province.rooms[0]])
    both = province.monitor
    give_role(both, Role.HEAD, province.rooms[0])
    for user in (make_user(Role.AUDITOR, province.unit), province.leader, both, below.leader):
        told = get(user, "/").context["todo"]
        late = Assignment.objects.filter(rules.visible_assignments(user), due_on__lt=clock.today())
        of_others = late.exclude(rules.owed_assignments(user))
        given = of_others.filter(rules.given_assignments(user)).count()
        late_of_others = [item for item in told.items if not item.url.startswith("/nhiem-vu/?")]
        assert sum(item.count for item in late_of_others if item.counts) == given
        assert sum(item.count for item in late_of_others if not item.counts) == told.watched
        assert told.watched == of_others.count() - given
        rest = [item for item in late_of_others if "văn bản khác" in item.title]
        assert rest, "documents that have no line"
        for item in rest:
            assert item.action == f"Xem cả {late.count()} phần việc"
            assert get(user, item.url).context["count"] == late.count()


@pytest.mark.parametrize("role", [Role.CLERK, Role.STAFF, Role.DEPUTY])
def test_who_follows_no_others_is_told_of_nobodys_late_work(office, mixed, role):
    """Not even that of the document they may read."""
    person = make_user(role, office.unit if role == Role.CLERK else office.room)
    office.issue(tasks=1, to=[office.room])
    todo = get(person, "/").context["todo"]
    assert not [item for item in todo.items if "quá hạn" in item.title]
    assert (todo.watched, compliance.desk(person, clock.today()).others_late) == (0, 0)


def test_who_only_watches_reads_what_the_units_owe():
    province = make_unit()
    office = Office(rooms=4, parent=province)
    with clock.travel(clock.now() - timedelta(days=20)):
        office.issue(tasks=1, due_in=10)
    for watcher in (make_user(Role.LEADER, province), make_user(Role.AUDITOR, office.unit)):
        shown = html(get(watcher, "/"))
        assert "Các đơn vị còn 4 phần việc quá hạn" in shown
        assert "việc cần làm" not in shown
        assert "Cần theo dõi" in shown


def test_the_head_sees_the_own_work_alone(office, mixed):
    accepted, waiting, returned, *_ = assignments_of(mixed)
    late = "%d phần việc của đơn vị đã quá hạn"
    assert titles(office.head_of(returned)) == [late % 2]
    assert titles(office.head_of(waiting)) == [late % 1, "1 báo cáo đang chờ xác nhận"]
    assert titles(office.head_of(accepted)) == [late % 1]


def test_the_clerk_sees_drafts_signed_documents_and_the_last_number(office):
    office.issue()
    office.draft()
    signed = office.draft()
    issuing.submit(signed, by=office.clerk)
    assert sorted(titles(office.clerk)) == ["Dự thảo", "Đã trình, chờ ký"]
    assert titles(office.leader) == ["Văn bản chờ ký"]
    issuing.sign(signed, by=office.leader)
    assert sorted(titles(office.clerk)) == ["Dự thảo", "Đã ký, chưa phát hành"]
    ((register, last, following),) = get(office.clerk, "/").context["registers"]
    assert (register, last, following) == (office.register, 1, 2)


def test_a_draft_the_leader_sent_back_says_so(office):
    draft = office.draft()
    issuing.submit(draft, by=office.clerk)
    issuing.send_back(draft, by=office.leader, reason="Thiếu đơn vị chủ trì.")
    assert titles(office.clerk) == ["Lãnh đạo trả lại"]
    issuing.submit(draft, by=office.clerk)
    issuing.withdraw_submission(draft, by=office.clerk)
    assert titles(office.clerk) == ["Dự thảo"]


def test_many_old_drafts_hide_neither_what_is_signed_nor_what_came_back(office):
    for _ in range(24):
        office.draft()
    signed, returned, submitted = office.draft(), office.draft(), office.draft()
    for paper in (signed, returned, submitted):
        issuing.submit(paper, by=office.clerk)
    issuing.sign(signed, by=office.leader)
    issuing.send_back(returned, by=office.leader, reason="Thiếu đơn vị chủ trì.")
    todo = get(office.clerk, "/").context["todo"]
    assert [item.title for item in todo.items] == [
        "Đã ký, chưa phát hành",
        "Lãnh đạo trả lại",
        "24 dự thảo đang soạn",
        "Đã trình, chờ ký",
    ]
    assert todo.waiting == 26
    assert todo.items[2].url == "/van-ban/?tinh-trang=draft"


def test_of_many_signed_documents_some_are_named_and_the_rest_counted(office):
    one = office.draft()
    issuing.submit(one, by=office.clerk)
    few = counted(office.leader, "/").queries
    for _ in range(5):
        issuing.submit(office.draft(), by=office.clerk)
    todo = get(office.leader, "/").context["todo"]
    assert [item.title for item in todo.items] == [*["Văn bản chờ ký"] * 3, "Văn bản chờ ký: 3 văn bản nữa"]
    assert (todo.waiting, sum(item.count for item in todo.items)) == (6, 6)
    rest = get(office.leader, todo.items[-1].url)
    assert len(rest.context["entries"]) == 6
    assert counted(office.leader, "/").queries == few


def test_an_auditor_reads_and_an_administrator_is_sent_elsewhere(office, mixed):
    assert titles(make_user(Role.AUDITOR, office.unit)) == ["4 phần việc quá hạn"]
    shown = html(get(make_user(Role.ADMIN, office.unit), "/"))
    assert "Mở Quản trị" in shown
    assert mixed.code not in shown
    assert "Tài khoản chưa có vai trò" in html(get(make_user(), "/"))


def test_several_roles_make_one_page_at_the_same_cost(office):
    person = office.clerk
    for role in (Role.LEADER, Role.MONITOR, Role.HEAD):
        give_role(person, role, office.unit)
    office.issue(), office.draft()
    one = counted(person, "/").queries
    office.issue(tasks=3), office.issue(), office.draft(), office.draft()
    assert one == counted(person, "/").queries <= 11
    with clock.travel(clock.now() + timedelta(days=40)):
        late = counted(person, "/").queries
        for _ in range(8):
            office.issue(tasks=1, due_in=10)
    with clock.travel(clock.now() + timedelta(days=60)):
        assert late == counted(person, "/").queries <= 12


def test_the_feed_tells_each_person_what_concerns_them(office):
    mine, other, _ = assignments_of(office.issue(tasks=1))
    office.report(mine)
    feed = {
        user: [event.verb for event in get(user, "/").context["feed"]]
        for user in (office.monitor, office.head_of(other))
    }
    assert feed == {office.monitor: ["report", "issue", "sign", "submit"], office.head_of(other): ["issue"]}


def test_the_week_shows_what_falls_due_and_the_days_nobody_works(office):
    office.issue(tasks=1, due_in=0)
    week = get(office.monitor, "/").context["week"]
    assert [day.day.weekday() for day in week] == list(range(7))
    assert [(day.is_off, day.is_weekend) for day in week[5:]] == [(True, True), (True, True)]
    (today,) = [day for day in week if day.is_today]
    assert [(due.label, due.units) for due in today.due] == [("1", 3)]


def test_of_a_day_those_tasks_stand_first_that_most_units_owe_and_the_rest_is_counted(office):
    few, many = office.issue(tasks=3, due_in=0, to=office.rooms[:1]), office.issue(tasks=2, due_in=0)
    for task in few.tasks.all():
        Task.objects.filter(pk=task.pk).update(position=100 - task.position)
    reported = assignments_of(many)[-1]
    office.report(reported)
    answer = get(office.monitor, "/")
    (today,) = [day for day in answer.context["week"] if day.is_today]
    assert [(due.directive_id, due.code, due.label, due.units) for due in today.due] == [
        (many.pk, many.code, "1", 3),
        (many.pk, many.code, "2", 2),
        (few.pk, few.code, "3", 1),
    ]
    assert today.more == 2
    assert "và 2 nhiệm vụ nữa" in html(answer)


def test_each_day_of_the_week_counts_its_own_tasks(office):
    monday = clock.today() - timedelta(days=clock.today().weekday())
    with clock.travel(clock.now() - timedelta(days=clock.today().weekday())):
        office.issue(tasks=5, due_in=1), office.issue(tasks=1, due_in=2), office.issue(tasks=4, due_in=3)
        week = {day.day: day for day in get(office.monitor, "/").context["week"]}
    told = [week[monday + timedelta(days=n)] for n in range(1, 4)]
    assert [([due.label for due in day.due], day.more) for day in told] == [
        (["1", "2", "3"], 2),
        (["1"], 0),
        (["1", "2", "3"], 1),
    ]


def test_late_work_that_is_urged_is_one_thing_to_do(office, mixed):
    """Its line and that of the answers both count it, the heading and the words below it once."""
    accepted, *_ = assignments_of(mixed)
    row = Assignment.objects.filter(unit=accepted.unit).exclude(pk=accepted.pk).get()
    head = office.head_of(row)
    assert get(head, "/").context["todo"].waiting == 1
    tracking.urge(row, by=office.monitor, text="Nhanh", reply_by=clock.today())
    answer = get(head, "/")
    todo, shown = answer.context["todo"], html(answer)
    assert ([item.count for item in todo.due], todo.waiting) == ([1, 1], 1)
    assert "Có 1 việc cần làm" in shown
    assert "Việc vừa phải làm vừa phải trả lời tính một lần." in shown
    apart = office.issue(tasks=1, to=[row.unit], due_in=40)
    tracking.urge(assignments_of(apart)[0], by=office.monitor, text="Nhanh", reply_by=clock.today())
    assert get(head, "/").context["todo"].waiting == 2
