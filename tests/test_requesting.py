"""What a unit asks for and what it gets: more time, or to be let off what is not its business."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages

from directives import tracking
from directives.enums import AssignmentState, Decision
from directives.errors import Incomplete, NotAllowed, Refused, Stale, WrongState
from directives.models import Assignment, Directive, Request
from directives.templatetags.history import event_sentence
from directives.templatetags.wording import day
from units import clock
from units.models import Event

from .factories import Office, assignments_of, make_unit
from .screens import act, ago, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return Office(rooms=2)


@pytest.fixture
def row(office):
    return assignments_of(office.issue(tasks=1, due_in=10))[0]


def later(days):
    return clock.today() + timedelta(days=days)


def ask(office, row, days=20, **fields):
    told = {"due_on": later(days), "reason": "Chờ số liệu của các đơn vị", **fields}
    return tracking.request_extension(row, by=office.head_of(row), **told)


def test_the_deadline_stays_until_it_is_decided_and_the_first_one_is_kept(office, row):
    ask(office, row)
    row.refresh_from_db()
    assert row.due_on == later(10)
    tracking.extend(row, by=office.leader, due_on=later(15), reason="Chỉ được đến ngày này")
    row.refresh_from_db()
    assert (row.due_on, row.first_due_on) == (later(15), later(10))
    asked = Request.objects.get()
    assert (asked.decision, asked.decided_by, asked.due_on) == (Decision.GRANTED, office.leader, later(20))
    verbs = list(
        Event.objects.filter(object_type="assignment").order_by("sequence").values_list("verb", flat=True)
    )
    assert verbs == ["request_extension", "extend"]
    event = Event.objects.get(verb="extend")
    assert (event.before, event.after) == ({"due_on": str(later(10))}, {"due_on": str(later(15))})


def test_a_refusal_keeps_the_deadline_and_says_why(office, row):
    ask(office, row)
    tracking.refuse_extension(row, by=office.leader, reason="Việc gấp")
    row.refresh_from_db()
    assert row.due_on == later(10)
    assert Request.objects.values_list("decision", "answer").get() == (Decision.REFUSED, "Việc gấp")


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"days": 10}, "due_on"),
        ({"days": 3}, "due_on"),
        ({"due_on": None}, "due_on"),
        ({"reason": "  "}, "reason"),
    ],
)
def test_what_is_missing_is_said_at_its_field(office, row, fields, field):
    with pytest.raises(Incomplete) as refusal:
        ask(office, row, **fields)
    assert list(refusal.value.fields) == [field]
    assert not Request.objects.exists()


def test_a_new_day_in_the_past_is_no_extension(office):
    with ago(40):
        row = assignments_of(office.issue(tasks=1, due_in=10))[0]
    with pytest.raises(Incomplete) as refusal:
        ask(office, row, days=-5)
    assert "quá khứ" in str(refusal.value.fields["due_on"])


def test_two_requests_do_not_wait_beside_each_other(office, row):
    ask(office, row)
    with pytest.raises(WrongState):
        ask(office, Assignment.objects.get(pk=row.pk), days=25)
    assert Request.objects.count() == Event.objects.filter(verb="request_extension").count() == 1


@pytest.mark.parametrize(("limit", "granted"), [(0, 0), (1, 1), (2, 2), (None, 3)])
def test_as_often_as_the_directive_allows(office, row, limit, granted):
    Directive.objects.update(extension_limit=limit)
    given = 0
    for n in range(3):
        row = Assignment.objects.get(pk=row.pk)
        try:
            ask(office, row, days=20 + n)
            tracking.extend(row, by=office.leader, due_on=later(20 + n))
        except WrongState:
            break
        given += 1
    assert given == granted == Request.objects.filter(decision=Decision.GRANTED).count()


def test_without_a_request_a_reason_is_needed(office, row):
    with pytest.raises(Incomplete):
        tracking.extend(row, by=office.leader, due_on=later(20))
    tracking.extend(row, by=office.leader, due_on=later(20), reason="Trùng kỳ nghỉ Tết")
    assert Request.objects.get().asked_by == office.leader


def test_of_two_who_decide_at_once_the_second_is_told(office, row):
    ask(office, row)
    first, second = (Assignment.objects.get(pk=row.pk) for _ in range(2))
    tracking.extend(first, by=office.leader, due_on=later(20))
    with pytest.raises(Stale):
        tracking.refuse_extension(second, by=office.leader, reason="Không")
    with pytest.raises(Refused):
        tracking.extend(second, by=office.leader, due_on=later(30))
    row.refresh_from_db()
    assert row.due_on == later(20)


@pytest.mark.parametrize("ends", ["report", "withdraw_request", "cancel"])
def test_what_was_asked_does_not_outlive_the_question(office, row, ends):
    ask(office, row)
    if ends == "report":
        office.report(row)
    elif ends == "withdraw_request":
        tracking.withdraw_request(row, by=office.head_of(row))
    else:
        tracking.cancel(row, by=office.monitor, reason="Thôi")
    assert Request.objects.get().decision == Decision.WITHDRAWN


def test_undated_work_has_no_deadline_to_move(office):
    row = assignments_of(office.issue(tasks=1, due_in=None))[0]
    with pytest.raises(WrongState):
        ask(office, row)
    assert "request_extension" not in tracking.open_verbs(office.head_of(row), row)


# --- Not ours ----------------------------------------------------------------------------------


def test_what_is_not_the_units_business_goes_to_the_unit_it_named(office, row):
    other = make_unit("Phòng đúng", parent=office.unit)
    tracking.decline(row, by=office.head_of(row), reason="Thuộc phòng khác", unit=other)
    row.refresh_from_db()
    assert row.state == AssignmentState.NOT_STARTED, "owed until it is answered"
    taken = tracking.transfer(row, by=office.monitor, unit=other, reason="Đúng chức năng")
    row.refresh_from_db()
    assert row.state == AssignmentState.TRANSFERRED
    assert Request.objects.get().decision == Decision.GRANTED
    assert (taken.unit, taken.due_on, taken.transferred_from) == (other, row.due_on, row)


def test_or_stays_with_a_reason(office, row):
    tracking.decline(row, by=office.head_of(row), reason="Không phải việc của phòng")
    with pytest.raises(Incomplete):
        tracking.refuse_decline(row, by=office.monitor, reason="")
    tracking.refuse_decline(row, by=office.monitor, reason="Theo quy chế, đây là việc của phòng")
    row.refresh_from_db()
    assert row.state == AssignmentState.NOT_STARTED
    assert Request.objects.get().decision == Decision.REFUSED


def test_or_is_let_off_because_the_unit_was_right(office, row):
    tracking.decline(row, by=office.head_of(row), reason="Không phải việc của phòng")
    tracking.cancel(row, by=office.monitor, reason="Đúng, thôi giao")
    assert Request.objects.values_list("decision", "answer").get() == (Decision.GRANTED, "Đúng, thôi giao")


def test_a_unit_does_not_pass_its_work_to_itself(office, row):
    with pytest.raises(Incomplete):
        tracking.decline(row, by=office.head_of(row), reason="x", unit=row.unit)


def test_the_units_staff_ask_for_nothing(office, row):
    with pytest.raises(NotAllowed):
        tracking.request_extension(row, by=office.clerk, due_on=later(20), reason="x")


# --- Typed wrong ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        (-30, "Thời hạn mới phải sau thời hạn đang có."),
        (-5, "Thời hạn mới không được ở trong quá khứ."),
        ("hôm nào", "Ngày này không có hoặc ghi chưa đúng"),
        (None, "Hãy chọn thời hạn mới."),
    ],
)
def test_more_time_into_the_past_is_refused_at_the_field_and_what_was_typed_stays(
    client, office, days, sentence
):
    with ago(20):
        row = assignments_of(office.issue(tasks=1, due_in=10))[0]
    client.force_login(office.head_of(row))
    typed = clock.printed_day(later(days)) if isinstance(days, int) else days or ""
    answer = act(client, row, "request-extension", due_on=typed, reason="Chờ số liệu của huyện")
    text = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in text
    assert "Chờ số liệu của huyện" in text
    assert f'value="{typed}"' in text or not typed
    assert not Request.objects.exists()


def test_the_history_says_until_when_more_time_is_asked(office, row):
    asked = ask(office, row, reason="Chờ hướng dẫn")
    event = Event.objects.get(verb="request_extension")
    assert event_sentence(event).startswith(f"Xin gia hạn đến {day(later(20))} · ")
    assert event.note == "Chờ hướng dẫn"
    assert asked.due_on != later(20)


def test_more_time_until_a_day_off_is_given_and_said(office, row):
    sunday = later(60) + timedelta(days=6 - later(60).weekday())
    told = act(sign_in(office.leader), row, "extend", due_on=clock.printed_day(sunday), reason="Chờ số liệu")
    assert told.status_code == 303
    said = [str(one) for one in get_messages(told.wsgi_request)]
    assert said == [f"Đã gia hạn. Thời hạn {clock.printed_day(sunday)} là Chủ nhật."]
