"""The dashboard, the rows behind every number, and the first page of each role."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from directives import issuing, tracking
from directives.enums import Duty
from directives.models import Assignment, TaskUnit
from tests.factories import Office, assignments_of, give_role, make_unit, make_user
from units import clock
from units.enums import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return Office(rooms=3)


@pytest.fixture
def mixed(office):
    """One document of two tasks, ten days late: one accepted late, one waiting, one returned, the rest overdue."""
    with clock.travel(clock.now() - timedelta(days=20)):
        directive = office.issue(tasks=2, due_in=10)
    accepted, waiting, returned, *_ = assignments_of(directive)
    office.accept(accepted)
    office.report(waiting)
    office.report(returned)
    tracking.send_back(returned, by=office.monitor, reason="Thiếu biên bản")
    return directive


def get(user, address, **query):
    client = Client()
    client.force_login(user)
    client.get(address, query)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address, query)
    answer.queries = len(queries)
    return answer


def html(answer) -> str:
    return answer.content.decode()


# --- The dashboard -----------------------------------------------------------------------------


def test_a_sentence_first_and_the_formula_with_its_numbers(office, mixed):
    shown = html(get(office.leader, "/thong-ke/"))
    assert "0,0\N{NO-BREAK SPACE}% nhiệm vụ đến hạn được hoàn thành đúng hạn." in shown
    assert "4 nhiệm vụ quá hạn chưa xong" in shown
    assert "0 / (0 + 1 hoàn thành quá hạn + 4 quá hạn chưa xong) = 0 / 5" in shown


def test_the_four_boxes(office, mixed):
    tally = get(office.leader, "/thong-ke/").context["tally"]
    boxes = (tally.total, tally.done, tally.done_on_time_box, tally.done_late)
    assert boxes == (6, 1, 0, 1)
    assert (tally.open, tally.open_in_time_box, tally.open_overdue_box) == (5, 0, 5)


NUMBER = re.compile(r'<a\b[^>]*href="(/thong-ke/phan-viec/[^"]*)"[^>]*>(?:<b>|<strong>)?([\d.]+)')


@pytest.mark.parametrize("address", ["/thong-ke/", "/van-ban/", "/van-ban/{}/", "/"])
def test_every_number_leads_to_exactly_its_rows(office, mixed, address):
    office.issue(tasks=1)
    links = NUMBER.findall(html(get(office.leader, address.format(mixed.pk))))
    assert links
    for url, number in links:
        behind = get(office.leader, unescape(url))
        assert (behind.context["count"], len(behind.context["found"])) == (int(number), int(number)), url


def test_the_legend_adds_up_to_the_cells_and_shows_apart_what_came_back(office, mixed):
    answer = get(office.leader, f"/van-ban/{mixed.pk}/")
    legend = html(answer).partition('<div class="legend">')[2].partition("</div>")[0]
    cells, _, within = legend.partition("Trong số chưa hoàn thành:")
    numbers = [[int(n) for n in re.findall(r"<b>(\d+)</b>", part)] for part in (cells, within)]
    assert (sum(numbers[0]), numbers[1]) == (answer.context["tally"].total, [1])


def test_two_numbers_of_what_is_late_say_what_parts_them(office, mixed):
    shown = " ".join(re.sub(r"<[^>]+>", "", html(get(office.leader, "/thong-ke/"))).split())
    assert "4 nhiệm vụ quá hạn chưa xong" in shown
    assert "5 quá hạn (trong đó 1 chờ xác nhận)" in shown
    assert "1 báo cáo chờ xác nhận chưa tính vào tỷ lệ này" in shown


def test_support_is_counted_apart(office):
    directive = office.draft(tasks=1)
    TaskUnit.objects.create(task=directive.tasks.get(), unit=office.rooms[0], duty=Duty.LEAD)
    TaskUnit.objects.create(task=directive.tasks.get(), unit=office.rooms[1], duty=Duty.SUPPORT)
    issuing.submit(directive, by=office.clerk)
    issuing.sign(directive, by=office.leader)
    issuing.issue(directive, by=office.clerk)
    totals = {
        duty: get(office.leader, "/thong-ke/", **{"vai-tro": duty}).context["tally"].total
        for duty in ("", "support", "tat-ca")
    }
    assert totals == {"": 1, "support": 1, "tat-ca": 2}
    assert "Phối hợp tính riêng:" in html(get(office.leader, "/thong-ke/"))
    for address in ("/", "/van-ban/", f"/van-ban/{directive.pk}/", "/thong-ke/?vai-tro=tat-ca"):
        assert "gồm 1 phối hợp" in html(get(office.leader, address)), address
    assert "gồm 1 phối hợp" not in html(get(office.leader, "/thong-ke/"))


@pytest.mark.parametrize("who", ["leader", "monitor", "clerk"])
def test_the_dashboard_takes_six_queries_for_one_and_for_three(office, who):
    office.issue(to=office.rooms[:1])
    one = get(getattr(office, who), "/thong-ke/")
    office.issue(), office.issue(tasks=4)
    three = get(getattr(office, who), "/thong-ke/")
    assert len(three.context["units"]) == 3
    assert one.queries == three.queries <= 6


def test_the_rows_take_the_same_queries_for_one_and_for_many(office):
    office.issue(tasks=1, to=office.rooms[:1])
    one = get(office.monitor, "/thong-ke/phan-viec/")
    office.issue(tasks=3)
    many = get(office.monitor, "/thong-ke/phan-viec/")
    assert (one.context["count"], many.context["count"]) == (1, 10)
    assert one.queries == many.queries <= 6


def test_a_unit_with_few_due_tasks_is_not_ranked(office):
    with clock.travel(clock.now() - timedelta(days=20)):
        few = office.issue(tasks=4, due_in=10, to=office.rooms[:1])
        many = office.issue(tasks=5, due_in=10, to=office.rooms[1:2])
    assert few.pk != many.pk
    units = get(office.leader, "/thong-ke/").context["units"]
    assert [(one.unit_id, one.rank) for one in units] == [(office.rooms[1].pk, 1), (office.rooms[0].pk, None)]


def test_filters_of_the_address_reach_the_rows(office):
    with clock.travel(clock.now() - timedelta(days=400)):
        old = office.issue(tasks=1, due_in=500)
    new = office.issue(tasks=2)
    for query, expected in [
        ({"van-ban": old.pk}, 3),
        ({"van-ban": new.pk}, 6),
        ({"tu": f"{clock.today():%d/%m/%Y}"}, 6),
        ({"den": (clock.today() - timedelta(days=1)).isoformat()}, 3),
        ({"loai": "plan"}, 0),
        ({"co-quan": office.unit.pk}, 9),
        ({"don-vi": office.rooms[0].pk}, 3),
        ({"don-vi": office.unit.pk}, 9),
        ({"don-vi": office.unit.pk, "rieng": 1}, 0),
    ]:
        assert get(office.leader, "/thong-ke/", **query).context["tally"].total == expected, query
        assert get(office.leader, "/thong-ke/phan-viec/", **query).context["count"] == expected, query


def test_a_wrong_filter_is_said_and_narrows_nothing(office):
    office.issue(tasks=1)
    answer = get(office.leader, "/thong-ke/", tu="hôm qua")
    assert answer.context["tally"].total == 3
    assert "hãy ghi như 05/3/2024." in html(answer)
    assert get(office.leader, "/thong-ke/phan-viec/", tu="hôm qua").status_code == 404


def test_a_unit_has_its_own_page_and_strangers_find_none(office):
    office.issue(tasks=2)
    address = f"/thong-ke/don-vi/{office.rooms[0].pk}/"
    assert get(office.leader, address).context["tally"].total == 2
    assert get(office.heads[office.rooms[0]], address).context["tally"].total == 2
    assert get(office.heads[office.rooms[1]], address).status_code == 404
    assert get(Office().leader, address).status_code == 404
    assert get(office.leader, "/thong-ke/don-vi/999999/").status_code == 404


def test_a_head_sees_the_own_figures_before_the_office_does(office):
    office.accept(assignments_of(office.issue(tasks=2))[0])
    mine = get(office.heads[office.rooms[0]], "/thong-ke/").context
    twin = get(office.heads[office.rooms[1]], "/thong-ke/").context
    assert (mine["tally"].total, mine["tally"].done, len(mine["units"])) == (2, 1, 1)
    assert (twin["tally"].total, twin["tally"].done, len(twin["units"])) == (2, 0, 1)


def test_the_rows_turn_over_without_losing_or_repeating(office):
    office.issue(tasks=18, due_in=None)
    office.issue(tasks=1)
    seen, address = [], "/thong-ke/phan-viec/"
    while address:
        answer = get(office.leader, address)
        seen += [row.pk for row in answer.context["found"]]
        address = answer.context["next_url"] and f"/thong-ke/phan-viec/{answer.context['next_url']}"
    assert sorted(seen) == sorted(Assignment.objects.values_list("pk", flat=True))
    assert len(seen) == 57


def test_nothing_given_yet_says_so(office):
    assert "Chưa có nhiệm vụ nào được giao" in html(get(office.leader, "/thong-ke/"))


# --- The first page ----------------------------------------------------------------------------


def titles(user):
    return [item.title for item in get(user, "/").context["todo"].items]


def test_the_monitor_sees_what_is_late_and_what_waits(office, mixed):
    assert titles(office.monitor) == ["4 phần việc quá hạn", "1 báo cáo chờ xác nhận"]
    assert "Có 5 việc chờ xử lý" in html(get(office.monitor, "/"))


def test_what_is_late_and_came_back_is_counted_once(office, mixed):
    accepted, waiting, returned, *_ = assignments_of(mixed)
    assert "Có 2 việc chờ xử lý" in html(get(office.head_of(returned), "/"))
    assert "Có 1 việc chờ xử lý" in html(get(office.head_of(accepted), "/"))
    give_role(office.monitor, Role.HEAD, office.rooms[2])
    assert "Có 5 việc chờ xử lý" in html(get(office.monitor, "/")), (
        "the own late work is among all that is late"
    )


def test_every_line_of_the_own_work_leads_to_as_many_as_it_says(office, mixed):
    head = office.head_of(assignments_of(mixed)[2])
    office.issue(tasks=1, due_in=7)
    items = get(head, "/").context["todo"].items
    assert [item.count for item in items] == [2, 1, 1]
    for item in items:
        ((_, _, cards),) = get(head, item.url).context["sections"]
        assert len(cards) == item.count, item.title


def test_the_documents_left_out_of_the_list_are_summed_in_its_last_line(office):
    with clock.travel(clock.now() - timedelta(days=20)):
        for _ in range(5):
            office.issue(tasks=1, due_in=10)
    assert titles(office.monitor) == ["3 phần việc quá hạn"] * 3 + ["6 phần việc quá hạn ở văn bản khác"]
    assert "Có 15 việc chờ xử lý" in html(get(office.monitor, "/"))


def test_who_only_watches_reads_what_the_units_owe():
    province = make_unit()
    office = Office(rooms=4, parent=province)
    with clock.travel(clock.now() - timedelta(days=20)):
        office.issue(tasks=1, due_in=10)
    for watcher in (make_user(Role.LEADER, province), make_user(Role.AUDITOR, office.unit)):
        shown = html(get(watcher, "/"))
        assert "Các đơn vị còn 4 phần việc quá hạn" in shown
        assert "việc chờ xử lý" not in shown
        assert "Cần theo dõi" in shown


def test_the_head_sees_the_own_work_alone(office, mixed):
    accepted, waiting, returned, *_ = assignments_of(mixed)
    late = "%d phần việc của đơn vị đã quá hạn"
    assert titles(office.head_of(returned)) == [late % 2, "1 báo cáo bị trả lại"]
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
    few = get(office.leader, "/").queries
    for _ in range(5):
        issuing.submit(office.draft(), by=office.clerk)
    todo = get(office.leader, "/").context["todo"]
    assert [item.title for item in todo.items] == [*["Văn bản chờ ký"] * 3, "Văn bản chờ ký: 3 văn bản nữa"]
    assert (todo.waiting, sum(item.count for item in todo.items)) == (6, 6)
    rest = get(office.leader, todo.items[-1].url)
    assert len(rest.context["entries"]) == 6
    assert get(office.leader, "/").queries == few


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
    one = get(person, "/").queries
    office.issue(tasks=3), office.issue(), office.draft(), office.draft()
    assert one == get(person, "/").queries <= 10


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


def test_a_unit_below_another_does_not_count_twice(office):
    child = make_unit(parent=office.rooms[0])
    office.issue(tasks=1, to=[office.rooms[0], child])
    shown = get(office.leader, "/thong-ke/")
    assert shown.context["tally"].total == 2
    assert {one.unit_id: one.tally.total for one in shown.context["units"]} == {
        office.rooms[0].pk: 1,
        child.pk: 1,
    }
    for url, number in NUMBER.findall(html(shown)):
        assert get(office.leader, unescape(url)).context["count"] == int(number)
