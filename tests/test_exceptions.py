"""The page of late work: who is late, whose move it is, what is missing, what changed since a day."""

import re
from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.test import Client

from directives import compliance, tracking
from directives.calendar import working_days
from directives.compliance import exceptions
from directives.enums import Move
from directives.models import Assignment, Meeting, ProgressNote
from tests.factories import Office, assignments_of, make_unit, make_user
from tests.figures_world import counted, get, html
from tests.screens import ago
from units import clock
from units.enums import Role
from units.holidays import office_calendar
from units.models import Membership

pytestmark = pytest.mark.django_db
PAGE = "/thong-ke/can-quyet/"
LINK = re.compile(r'href="(\?[^"]*)#danh-sach">(?:<b>)?([\d.]+)')


@pytest.fixture
def office():
    return Office(rooms=3)


def late_work(office, *, days=20, tasks=1, **fields):
    """Given 20 days ago, for 10 days."""
    with clock.travel(clock.now() - timedelta(days=days)):
        directive = office.issue(tasks=tasks, due_in=10, **fields)
    return assignments_of(directive)


def shown(answer):
    return [row.pk for row in answer.context["found"]]


# --- Whose move it is --------------------------------------------------------------------------


def stuck(office, row, *, to=None, leader=False):
    tracking.note_progress(row, by=office.head_of(row), obstacle="Thiếu kinh phí")
    if to:
        note = ProgressNote.objects.get(assignment=row)
        tracking.forward_obstacle(note, by=office.monitor, unit=to, word="Đề nghị trả lời", to_leader=leader)


def ask_for_time(office, row):
    due_on = clock.today() + timedelta(days=9)
    tracking.request_extension(row, by=office.head_of(row), due_on=due_on, reason="Mưa lũ")


def lay_before_head(office, row):
    worker = make_user(Role.STAFF, row.unit)
    tracking.delegate(row, by=office.head_of(row), to=worker)
    row.refresh_from_db()
    tracking.submit_internally(row, by=worker, text="Đã làm")


MOVES = {
    Move.REPORT: lambda office, row: None,
    Move.EXTEND_LEADER: ask_for_time,
    Move.REASSIGN: lambda office, row: tracking.decline(row, by=office.head_of(row), reason="Không thuộc"),
    Move.CLEAR_OFFICE: stuck,
    Move.CLEAR_LEADER: lambda office, row: stuck(office, row, to=office.unit, leader=True),
    Move.CLEAR_ELSEWHERE: lambda office, row: stuck(office, row, to=office.rooms[2]),
    Move.APPOINT: lambda office, row: Membership.objects.filter(user=office.head_of(row)).delete(),
    Move.APPROVE: lay_before_head,
}


@pytest.mark.parametrize("move", MOVES)
def test_each_state_of_late_work_says_whose_move_it_is(office, move):
    row, other, *_ = late_work(office)
    MOVES[move](office, row)
    found = dict(compliance.red(Assignment.objects.all(), clock.today()).values_list("pk", "move"))
    assert (found[row.pk], found[other.pk]) == (move, Move.REPORT)
    assert html(get(office.leader, PAGE, cho=move)).count("<tr><th") >= 1


def test_a_report_that_waits_is_the_offices_to_accept(office):
    row, *_ = late_work(office)
    office.report(row)
    assert Assignment.objects.annotate(move=exceptions.move()).get(pk=row.pk).move == Move.ACCEPT


def test_more_time_may_be_the_offices_to_give(office):
    row, *_ = late_work(office, extension_by_leader=False)
    ask_for_time(office, row)
    assert (
        compliance.red(Assignment.objects.filter(pk=row.pk), clock.today()).get().move == Move.EXTEND_OFFICE
    )


def test_a_request_is_decided_before_an_obstacle_is_cleared(office):
    row, *_ = late_work(office)
    stuck(office, row), ask_for_time(office, row)
    assert (
        compliance.red(Assignment.objects.filter(pk=row.pk), clock.today()).get().move == Move.EXTEND_LEADER
    )


def test_with_whom_an_obstacle_lies_is_said_by_name(office):
    row, *_ = late_work(office)
    stuck(office, row, to=office.rooms[2])
    assert f"{office.rooms[2].name} trả lời vướng mắc" in html(get(office.leader, PAGE))


# --- Three questions ---------------------------------------------------------------------------


def test_who_is_late_where_it_is_stuck_and_what_is_mine(office):
    first, second, _third = late_work(office)
    late_work(office, days=40, to=office.rooms[:1])
    ask_for_time(office, second)
    answer = get(office.leader, PAGE)
    asked = answer.context["asked"]
    assert [(one.unit_id, one.late) for one in asked.units][0] == (first.unit_id, 2)
    assert (clock.today() - asked.units[0].oldest).days == 30
    assert dict(asked.moves) == {Move.REPORT: 3, Move.EXTEND_LEADER: 1}
    assert (asked.total, asked.mine) == (4, 1)
    assert get(office.monitor, PAGE).context["asked"].mine == 0
    assert shown(get(office.leader, PAGE, cho="toi")) == [second.pk]


DECIDED = {
    # Whose move → who decides, which form of the next page is theirs, what is written in it.
    Move.EXTEND_LEADER: ("leader", r'href="([^"]*/cho-gia-han/[^"]*)"', {"due_on": "31/12/2099"}),
    Move.EXTEND_OFFICE: ("monitor", r'href="([^"]*/cho-gia-han/[^"]*)"', {"due_on": "31/12/2099"}),
    Move.REASSIGN: ("monitor", r'href="([^"]*giu-nguyen[^"]*)"', {"reason": "Đúng chức năng"}),
    Move.CLEAR_LEADER: ("leader", r'action="([^"]*/tra-loi/)"', {"answer": "Đã bố trí kinh phí"}),
    Move.CLEAR_OFFICE: ("monitor", r'action="([^"]*/tra-loi/)"', {"answer": "Đã bố trí kinh phí"}),
}
BOTH_WAIT = {"leader": "/cho-xu-ly/de-nghi/", "monitor": "/cho-xu-ly/vuong-mac/"}
DECIDE = re.compile(r'<li><a href="([^"]*)"><b>Quyết định')


@pytest.mark.parametrize("move", DECIDED)
def test_what_waits_for_a_person_is_decided_and_leads_back(office, move):
    row, other, *_ = late_work(office, extension_by_leader=move == Move.EXTEND_LEADER)
    happens = MOVES.get(move, ask_for_time)
    happens(office, row), happens(office, other)
    who, form, written = DECIDED[move]
    client = Client()
    client.force_login(getattr(office, who))
    here = f"{PAGE}?cho={move}"
    way = next(one for one in map(unescape, DECIDE.findall(html(client.get(here)))) if f"={row.pk}&" in one)
    asked = client.get(way)
    assert row.unit.name in html(asked)
    assert other.unit.name not in html(asked), "one piece of work alone"
    address = unescape(re.search(form, html(asked))[1])
    page = asked if "action" in form else client.get(address)
    back = unescape(re.findall(r'name="next" value="([^"]*)"', html(page))[-1])
    answer = client.post(address, {**written, "form_key": uuid4(), "next": back})
    assert (answer.status_code, answer["Location"]) == (303, here)
    assert shown(client.get(here)) == [other.pk]


@pytest.mark.parametrize("who", BOTH_WAIT)
def test_each_decides_what_waits_for_them_whoever_moves_first(office, who):
    """More time is the leader's to give, the obstacle the Office's to clear; both wait at one piece of work."""
    row, *_ = late_work(office)
    stuck(office, row), ask_for_time(office, row)
    (way,) = map(unescape, DECIDE.findall(html(get(getattr(office, who), PAGE))))
    assert way.startswith(BOTH_WAIT[who])
    assert row.unit.name in html(get(getattr(office, who), way))


def test_what_a_colleague_decided_first_is_said_with_the_way_back(office):
    row, *_ = late_work(office)
    ask_for_time(office, row)
    (way,) = map(unescape, DECIDE.findall(html(get(office.leader, PAGE))))
    tracking.extend(row, by=office.leader, due_on=clock.today() + timedelta(days=9))
    told = html(get(office.leader, way))
    assert "không còn gì chờ đồng chí trả lời" in told
    assert f'href="{PAGE}"' in told


@pytest.mark.walk
def test_every_number_leads_to_exactly_its_rows(office):
    rows = late_work(office, tasks=2)
    late_work(office, days=12)
    ask_for_time(office, rows[0])
    stuck(office, rows[1])
    office.accept(rows[2])
    office.report(rows[3])
    for query in ({}, {"don-vi": office.rooms[0].pk}, {"so-voi": clock.today() - timedelta(days=1)}):
        answer = get(office.leader, PAGE, **query)
        links = LINK.findall(html(answer))
        assert len(links) >= 5
        for url, number in links:
            assert len(shown(get(office.leader, PAGE + unescape(url)))) == int(number), url


def test_worst_first_and_page_after_page(office):
    late_work(office, tasks=5, days=30), late_work(office, tasks=6)
    seen, address = [], PAGE
    while address:
        answer = get(office.leader, address)
        seen += [(row.due_on, row.pk) for row in answer.context["found"]]
        address = answer.context["next_url"] and PAGE + answer.context["next_url"]
    assert len(seen) == 33
    assert seen == sorted(seen)


def test_only_late_work_of_what_one_sees(office):
    late_work(office)
    office.issue(tasks=1)
    waiting, *_ = late_work(office)
    office.report(waiting)
    assert get(office.leader, PAGE).context["asked"].total == 5
    assert get(Office().leader, PAGE).context["asked"].total == 0


@pytest.mark.parametrize(("who", "status"), [("leader", 200), ("monitor", 200), ("clerk", 404)])
def test_it_is_for_those_who_follow_what_others_owe(office, who, status):
    assert get(getattr(office, who), PAGE).status_code == status
    assert get(office.heads[office.rooms[0]], PAGE).status_code == 404


def test_one_row_and_three_take_the_same_queries(office):
    late_work(office, to=office.rooms[:1])
    one = counted(office.leader, PAGE)
    late_work(office, tasks=2)
    many = counted(office.leader, PAGE)
    assert (len(shown(one)), len(shown(many))) == (1, 7)
    assert one.queries == many.queries == 11


# --- What is missing, what can be done ---------------------------------------------------------


def test_the_missing_product_is_the_one_the_task_names(office):
    named, other, back = late_work(office)
    back = tracking.send_back(office.report(back), by=office.monitor, reason="Thiếu")
    office.issue(tasks=1)
    assert "Báo cáo bổ sung theo lý do trả lại" in html(get(office.leader, PAGE))
    assert "Báo cáo kết quả và minh chứng" in html(get(office.leader, PAGE))
    named.task.deliverable = "Kế hoạch hành động"
    named.task.save()
    assert html(get(office.leader, PAGE)).count("Kế hoạch hành động") == 3


def test_each_person_has_their_own_ways_to_act_and_comes_back(office):
    row, *_ = late_work(office, to=office.rooms[:1])
    auditor = make_user(Role.AUDITOR, office.unit)
    ways = {who: re.findall(rf'href="/nhiem-vu/{row.pk}/([\w-]+)/\?next=([^"]+)"', html(get(who, PAGE))) for who in (office.leader, office.monitor, auditor)}  # fmt: skip
    assert len(ways[office.leader]) == 5
    assert len(ways[office.monitor]) == 2
    assert ways[auditor] == []
    assert {back for _verb, back in ways[office.leader]} == {"%2Fthong-ke%2Fcan-quyet%2F"}
    for verb, _back in ways[office.leader]:
        assert get(office.leader, f"/nhiem-vu/{row.pk}/{verb}/").status_code == 200


def test_urged_in_vain_stands_first_and_only_where_there_is_any(office, settings):
    settings.URGINGS_IN_VAIN = 0
    row, *_ = late_work(office)
    assert "Cần can thiệp hôm nay" not in html(get(office.leader, PAGE))
    tracking.urge(row, by=office.monitor, text="Khẩn trương", reply_by=clock.today() + timedelta(days=2))
    page = html(get(office.leader, PAGE))
    assert page.index("Cần can thiệp hôm nay") < page.index("Ai đang chậm?")


def test_what_the_office_leaves_waiting_past_the_deadline_is_its_own_lateness(office):
    row, *_ = late_work(office)
    fresh = assignments_of(office.issue(tasks=1))[0]
    office.report(fresh)
    assert "Cơ quan ta chậm xác nhận" not in html(get(office.monitor, PAGE))
    with clock.travel(clock.now() - timedelta(days=12)):
        office.report(row)
    answer = get(office.monitor, PAGE)
    assert [one.pk for one in answer.context["kept_waiting"]] == [row.pk]
    told, today = clock.today() - timedelta(days=12), clock.today()
    waited = working_days(told, today, **office_calendar(told, today))
    assert f"chờ {waited} ngày làm việc" in html(answer)
    assert "Mở hàng chờ" in html(answer)
    told = html(get(office.leader, PAGE))
    assert f"chờ {waited} ngày làm việc" in told
    assert "Mở hàng chờ" not in told, "it is the monitor's to decide"


def test_instructions_without_an_answer_are_told_with_their_age(office):
    row, *_ = late_work(office)
    with clock.travel(clock.now() - timedelta(days=6)):
        tracking.instruct(row, by=office.leader, text="Báo cáo ngay")
    answer = get(office.leader, PAGE)
    assert "Chỉ đạo chưa được trả lời" in html(answer)
    assert "đã 6 ngày" in html(answer)
    tracking.answer_urging(row, by=office.head_of(row), reply="Đã rõ")
    assert not get(office.leader, PAGE).context["said"]


# --- What changed ------------------------------------------------------------------------------


def test_what_changed_since_a_day_and_how(office):
    done, told, extended, let_off, moved, still = late_work(office, tasks=2)
    week = clock.today() - timedelta(days=7)
    office.accept(done)
    office.report(told)
    tracking.extend(extended, by=office.leader, due_on=clock.today() + timedelta(days=5), reason="Bão")
    tracking.cancel(let_off, by=office.leader, reason="Thôi")
    unit = make_unit(parent=office.unit)
    taken = tracking.transfer(moved, by=office.leader, unit=unit, reason="Đúng việc")
    fresh = late_work(office, days=12)
    answer = get(office.leader, PAGE)
    change = answer.context["change"]
    assert (change.since, change.new, change.no_longer, change.still) == (week, 4, 5, 1)
    page = html(answer)
    for words in ("đã hoàn thành", "đã báo cáo, chờ xác nhận", "được gia hạn", "thôi giao hoặc chuyển"):
        assert words in page
    assert set(shown(get(office.leader, PAGE, **{"thay-doi": "moi"}))) == {
        taken.pk,
        *(one.pk for one in fresh),
    }
    gone = get(office.leader, PAGE, **{"thay-doi": "het"})
    assert set(shown(gone)) == {done.pk, told.pk, extended.pk, let_off.pk, moved.pk}
    assert shown(get(office.leader, PAGE, **{"thay-doi": "con"})) == [still.pk]


def test_late_reports_came_off_the_list_and_late_extensions_on_it_by_their_days(office):
    """Extended after the day of comparison and late again: it was late then too."""
    row, *_ = late_work(office, to=office.rooms[:1], days=30)
    with clock.travel(clock.now() - timedelta(days=5)):
        tracking.extend(row, by=office.leader, due_on=clock.today() + timedelta(days=2), reason="Bão")
    for days, expected in [(7, (0, 1)), (4, (1, 0)), (1, (0, 1))]:
        change = get(office.leader, PAGE, **{"so-voi": clock.today() - timedelta(days=days)}).context[
            "change"
        ]
        assert (change.new, change.still) == expected, days


def test_the_next_meeting_is_compared_with_the_last(office):
    client, earlier = Client(), clock.now() - timedelta(days=3)
    client.force_login(office.leader)
    with clock.travel(earlier):
        for _time in range(2):
            client.post(f"{PAGE}da-hop/", {"form_key": str(uuid4())})
        assert "Đã ghi nhận buổi họp hôm nay" in client.get(PAGE).content.decode()
    assert Meeting.objects.count() == 1
    assert get(office.leader, PAGE).context["since"] == clock.today() - timedelta(days=3)
    assert get(office.monitor, PAGE).context["since"] == clock.today() - timedelta(days=7)
    assert client.post(f"{PAGE}da-hop/", {"form_key": str(uuid4())})["Location"] == PAGE
    assert get(office.leader, PAGE).context["since"] == clock.today() - timedelta(days=3)


def test_a_head_records_no_meeting(office):
    client = Client()
    client.force_login(office.heads[office.rooms[0]])
    assert client.post(f"{PAGE}da-hop/", {"form_key": str(uuid4())}).status_code == 403
    assert not Meeting.objects.exists()


def test_a_day_that_cannot_be_compared_with_is_said_at_its_field(office):
    answer = get(office.leader, PAGE, **{"so-voi": clock.today()})
    assert "Hãy chọn một ngày trước hôm nay." in html(answer)
    assert answer.context["since"] == clock.today() - timedelta(days=7)


@pytest.mark.parametrize(("units", "said"), [(2, ", đều thuộc hai đơn vị: "), (3, ", trong đó ")])
def test_the_sentence_says_of_two_units_that_all_of_it_is_theirs(units, said):
    office = Office(rooms=units)
    with ago(40):
        office.issue(tasks=2, due_in=10)
    assert said in html(get(office.leader, "/thong-ke/"))
