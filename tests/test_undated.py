"""Work without a deadline does not fall out of sight: it ages, and the Office looks at it again."""

from datetime import timedelta

import pytest

from directives import tracking
from directives.compliance import desk, waiting_count
from directives.compliance.undated import to_review
from directives.enums import AssignmentState
from directives.errors import Incomplete, NotAllowed, Refused, WrongState
from directives.models import Assignment, Task
from units import clock
from units.enums import Role

from .factories import Office, assignments_of, give_role
from .screens import act, ago, issue_earlier, page, send, sign_in

pytestmark = pytest.mark.django_db

LIST = "/cho-xu-ly/khong-co-thoi-han/"


@pytest.fixture
def office():
    return Office(rooms=2)


def later(days):
    return clock.today() + timedelta(days=days)


def undated(office, days, **fields):
    return assignments_of(issue_earlier(office, days, tasks=1, to=office.rooms[:1], due_in=None, **fields))[0]


def waits(office, row):
    return Assignment.objects.filter(to_review(office.monitor, clock.today()), pk=row.pk).exists()


# --- Ageing -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "expected"), [(29, False), (30, True), (90, True)])
def test_what_nobody_moved_for_thirty_days_waits_for_the_office(office, days, expected):
    assert waits(office, undated(office, days)) == expected


def test_a_word_of_the_unit_or_a_look_of_the_office_counts_from_its_day(office):
    told, looked = undated(office, 100), undated(office, 100)
    with ago(29):
        tracking.note_progress(told, by=office.head_of(told), text="Đang làm")
    with ago(30):
        tracking.review(looked, by=office.monitor, reason="Đúng là thường xuyên")
    assert not waits(office, told)
    assert waits(office, looked)


@pytest.mark.parametrize(("days", "expected"), [(1, False), (0, True), (-3, True)])
def test_a_day_of_review_brings_it_back_on_that_day(office, days, expected):
    row = undated(office, 50)
    with ago(10):
        tracking.review(row, by=office.monitor, reason="Chờ hướng dẫn", review_on=later(10 + days))
    assert waits(office, row) == expected


def test_a_day_of_review_that_the_paper_names_comes_with_the_work(office):
    with ago(5):
        draft = office.draft(tasks=1, to=office.rooms[:1], due_in=None)
        Task.objects.filter(directive=draft).update(review_on=later(3))
        from directives import issuing

        issuing.submit(draft, by=office.clerk)
        issuing.sign(draft, by=office.leader)
        row = assignments_of(issuing.issue(draft, by=office.clerk))[0]
    assert row.review_on == later(-2)
    assert waits(office, row)


def test_what_has_a_deadline_a_period_or_an_end_does_not_wait(office):
    dated = assignments_of(issue_earlier(office, 40, tasks=1, due_in=10))[0]
    periodic, done, moved = undated(office, 40), undated(office, 40), undated(office, 40)
    Assignment.objects.filter(pk=periodic.pk).update(period="2024-M5")
    office.accept(done)
    moved = tracking.transfer(moved, by=office.monitor, unit=office.rooms[1], reason="x")
    assert not any(waits(office, row) for row in (dated, periodic, done, moved))


def test_it_waits_for_whoever_may_decide_and_for_nobody_else(office):
    row = undated(office, 40)
    sees = {
        name
        for name, user in [("leader", office.leader), ("clerk", office.clerk), ("head", office.head_of(row))]
        if Assignment.objects.filter(to_review(user, clock.today())).exists()
    }
    assert sees == {"leader"}
    give_role(office.monitor, Role.STAFF, row.unit)
    assert not waits(office, row)


# --- What the Office does -----------------------------------------------------------------------


def test_a_deadline_given_is_the_first_one(office):
    row = undated(office, 40)
    tracking.delegate(row, by=office.head_of(row), to=office.head_of(row), internal_due_on=later(20))
    tracking.set_deadline(row, by=office.monitor, due_on=later(10), reason="Tỉnh đã ấn định")
    row.refresh_from_db()
    assert (row.due_on, row.first_due_on, row.internal_due_on) == (later(10),) * 3
    assert not waits(office, row)
    with pytest.raises(WrongState):
        tracking.set_deadline(row, by=office.monitor, due_on=later(10), reason="x")
    with pytest.raises(WrongState):
        tracking.review(row, by=office.monitor, reason="x")
    text = page(sign_in(office.head_of(row)), f"/nhiem-vu/{row.pk}/")
    assert f"Đặt thời hạn: {clock.printed_day(later(10))}" in text


def test_let_go_on_with_a_deadline_it_has_its_first_one(office):
    row = undated(office, 40)
    tracking.pause(row, by=office.monitor, reason="Chờ", review_on=later(5))
    tracking.resume(row, by=office.monitor, due_on=later(9))
    row.refresh_from_db()
    assert row.first_due_on == later(9)


@pytest.mark.parametrize(
    ("verb", "told", "field"),
    [
        ("set_deadline", {"due_on": None, "reason": "x"}, "due_on"),
        ("set_deadline", {"due_on": 0, "reason": "x"}, "due_on"),
        ("set_deadline", {"due_on": 5, "reason": " "}, "reason"),
        ("review", {"reason": ""}, "reason"),
        ("review", {"review_on": 0, "reason": "x"}, "review_on"),
        ("review", {"review_on": tracking.MOST_DAYS_UNREVIEWED + 1, "reason": "x"}, "review_on"),
    ],
)
def test_what_is_missing_is_said_at_its_field(office, verb, told, field):
    row = undated(office, 40)
    told = {name: later(one) if isinstance(one, int) else one for name, one in told.items()}
    with pytest.raises(Incomplete) as refusal:
        getattr(tracking, verb)(row, by=office.monitor, **told)
    assert list(refusal.value.fields) == [field]


def test_a_unit_gives_itself_no_deadline(office):
    row = undated(office, 40)
    with pytest.raises(NotAllowed):
        tracking.set_deadline(row, by=office.head_of(row), due_on=later(5), reason="x")
    with pytest.raises(Refused):
        tracking.review(office.report(row), by=office.monitor, reason="x")


# --- On the screen ------------------------------------------------------------------------------


def test_the_queue_says_for_how_long(office):
    long, short = undated(office, 95), undated(office, 31)
    client = sign_in(office.monitor)
    text = page(client, LIST)
    assert "95 ngày không có tiến độ" in text
    assert "31 ngày không có tiến độ" in text
    assert text.index(f"/nhiem-vu/{long.pk}/") < text.index(f"/nhiem-vu/{short.pk}/")
    assert '<span class="count">2</span>' in page(client, "/cho-xu-ly/")
    assert "2 phần việc cần xem lại" in page(client, "/")
    assert "95 ngày không có tiến độ" in page(sign_in(office.head_of(long)), "/nhiem-vu/")


@pytest.mark.parametrize(
    ("what", "day", "expected"),
    [("review", 20, (None, 20)), ("deadline", 20, (20, None)), ("keep", None, (None, None))],
)
def test_one_decision_on_many(office, what, day, expected):
    rows = [undated(office, 40), undated(office, 50)]
    client = sign_in(office.monitor)
    sent = {"chon": [row.pk for row in rows], "what": what, "reason": "Đã trao đổi"}
    send(client, LIST, **sent, day=clock.printed_day(later(day)) if day else "")
    expected = tuple(later(one) if one else None for one in expected)
    found = Assignment.objects.values_list("due_on", "review_on", "reviewed_on")
    assert {one[:2] for one in found} == {expected}
    text = page(client, LIST)
    assert "Đã ghi cho 2 phần việc." in text
    assert "Không có phần việc nào cần xem lại" in text


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"reason": " "}, "Hãy ghi rõ lý do."),
        ({"day": ""}, "Hãy ghi ngày."),
        ({"day": "hôm nào"}, "Ngày này không có hoặc ghi chưa đúng"),
        ({"chon": []}, "Hãy chọn ít nhất một phần việc."),
    ],
)
def test_what_is_wrong_is_said_and_what_was_picked_stays(office, fields, sentence):
    row = undated(office, 40)
    sent = {"chon": [row.pk], "what": "deadline", "day": "31/12/2099", "reason": "Vì lẽ này", **fields}
    answer = send(sign_in(office.monitor), LIST, **sent)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in text
    assert "Vì lẽ này" in text or "reason" in fields
    assert text.count(f'value="{row.pk}" checked') == len(sent["chon"])
    row.refresh_from_db()
    assert row.reviewed_on is None


def test_one_by_one(client, office):
    row = undated(office, 40)
    client.force_login(office.leader)
    text = page(client, f"/nhiem-vu/{row.pk}/")
    assert "Đặt thời hạn" in text
    assert (
        act(client, row, "review", reason="Xem sau", review_on=clock.printed_day(later(7))).status_code == 303
    )
    assert act(client, row, "set-deadline", reason="Có hạn", due_on="hôm qua").status_code == 422
    assert (
        act(client, row, "set-deadline", reason="Có hạn", due_on=clock.printed_day(later(7))).status_code
        == 303
    )
    row.refresh_from_db()
    assert (row.due_on, row.state) == (later(7), AssignmentState.NOT_STARTED)


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_costs_the_same(office, count, django_assert_num_queries):
    for _n in range(count):
        undated(office, 40)
    client = sign_in(office.leader)
    for address, queries in [(LIST, 4), ("/cho-xu-ly/", 4)]:
        with django_assert_num_queries(queries):
            client.get(address)


# --- Work that rests ----------------------------------------------------------------------------


def paused(office, *, until, since=10, due_in=5):
    """Paused so many days ago until a day counted from today."""
    with ago(since):
        row = assignments_of(office.issue(tasks=1, to=office.rooms[:1], due_in=due_in))[0]
        tracking.pause(row, by=office.monitor, reason="Chờ", review_on=later(since + until))
    return row


@pytest.mark.parametrize(("until", "expected"), [(1, False), (0, True), (-9, True)])
@pytest.mark.parametrize("due_in", [5, None])
def test_paused_work_comes_back_on_its_day_of_review(office, until, expected, due_in):
    row = paused(office, until=until, due_in=due_in)
    counted = [waiting_count(office.monitor)[name] for name in ("to_review", "queue")]
    assert (waits(office, row), counted) == (expected, [expected] * 2)
    assert desk(office.monitor, clock.today()).to_review == expected
    assert (f"/nhiem-vu/{row.pk}/" in page(sign_in(office.monitor), LIST)) == expected
    assert not Assignment.objects.filter(to_review(office.head_of(row), clock.today())).exists()


def test_a_pause_without_its_day_does_not_rest_for_ever(office):
    row = paused(office, until=9)
    Assignment.objects.filter(pk=row.pk).update(review_on=None)
    assert waits(office, row)


def test_it_goes_on_resting_until_another_day(office):
    row = paused(office, until=-2)
    for day in (None, clock.today(), later(tracking.MOST_DAYS_PAUSED + 1)):
        with pytest.raises(Incomplete) as refusal:
            tracking.review(row, by=office.monitor, reason="Vẫn chờ", review_on=day)
        assert list(refusal.value.fields) == ["review_on"]
    tracking.review(row, by=office.monitor, reason="Vẫn chờ", review_on=later(5))
    row.refresh_from_db()
    assert (row.state, row.review_on, row.since_on) == (AssignmentState.PAUSED, later(5), later(-10))
    assert not waits(office, row)


def test_from_the_list_it_rests_on_goes_on_or_ends(office):
    row, undated_row = paused(office, until=0), undated(office, 40)
    client = sign_in(office.monitor)
    text = page(client, LIST)
    for verb in ("tiep-tuc", "thoi-giao"):
        assert f"/nhiem-vu/{row.pk}/{verb}/?next={LIST}" in text
    sent = {"chon": [row.pk, undated_row.pk], "what": "review", "reason": "Vẫn chờ hướng dẫn"}
    send(client, LIST, **sent, day=clock.printed_day(later(7)))
    assert {one.review_on for one in Assignment.objects.all()} == {later(7)}
    assert "Tạm dừng tiếp đến ngày xem lại" in page(client, f"/nhiem-vu/{row.pk}/xem-lai/")
    assert ">Xem lại</a>" in page(client, f"/nhiem-vu/{row.pk}/")
