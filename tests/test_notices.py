"""Who is told what, when, and that nobody is told it twice."""

import os
import time as machine_time
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from directives import issuing, tracking
from directives.enums import NoticeKind
from directives.models import Assignment, Notice
from directives.notices import finding, hours
from directives.notices.hours import Silence
from units import clock
from units.enums import DayKind, Role
from units.models import CalendarDay, User

from .factories import assignments_of, give_role
from .notices_world import LONG_AGO, WEDNESDAY, Desk, at, on, run, told

pytestmark = pytest.mark.django_db
FRIDAY, MONDAY = WEDNESDAY + timedelta(days=2), WEDNESDAY + timedelta(days=5)


@pytest.fixture
def desk():
    return Desk(rooms=2)


# --- By the deadline ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "head", "deputy", "leader"),
    [
        (8, [], [], []),
        (7, ["due_7"], ["due_7"], []),
        (4, [], [], []),
        (3, ["due_3"], ["due_3"], []),
        (2, ["yellow"], [], []),
        (1, ["due_1"], ["due_1"], []),
        (0, ["yellow"], [], []),
        (-1, ["overdue"], ["overdue"], ["red"]),
        (-2, ["overdue"], ["overdue"], ["red"]),
        (-3, ["overdue"], ["overdue"], ["special_red"]),
        (-20, ["overdue"], ["overdue"], ["special_red"]),
    ],
)
def test_trouble_climbs(desk, days, head, deputy, leader):
    desk.due(days)
    run()
    assert [told(desk.head), told(desk.deputy), told(desk.leader)] == [head, deputy, leader]
    assert Notice.objects.exclude(person__in=[desk.head, desk.deputy, desk.leader]).count() == 0


def test_whoever_was_given_the_work_is_told_and_not_when_they_have_left(desk):
    (work,) = assignments_of(desk.due(-1))
    with on(WEDNESDAY - timedelta(days=20)):
        tracking.delegate(work, by=desk.head, to=desk.staff)
    run()
    assert told(desk.staff) == ["overdue"]
    Notice.objects.all().delete()
    desk.staff.memberships.update(ends_on=WEDNESDAY - timedelta(days=1))
    run()
    assert told(desk.staff) == []


def test_the_day_that_is_special_red_is_a_setting(desk, settings):
    settings.SPECIAL_RED_DAYS = 10
    desk.due(-9)
    run()
    assert told(desk.leader) == ["red"]


def test_before_days_off_what_falls_due_on_them_is_told(desk):
    desk.due(5)  # Monday
    run(FRIDAY)
    assert told(desk.head, day=FRIDAY) == ["due_1"]
    desk.due(6)  # Tuesday: told on Monday in time
    run(MONDAY)
    assert sorted(told(desk.head, day=MONDAY)) == ["due_1", "yellow"]


def test_a_superior_who_is_also_the_doer_is_told_each_thing_once(desk):
    give_role(desk.leader, Role.HEAD, desk.rooms[0])
    desk.due(-5)
    run()
    assert told(desk.leader) == ["special_red"]


@pytest.mark.parametrize("zone", ["UTC", "Asia/Tokyo", "America/Los_Angeles"])
def test_due_today_is_late_at_midnight_in_viet_nam_wherever_the_machine_stands(desk, zone, monkeypatch):
    monkeypatch.setitem(os.environ, "TZ", zone)
    machine_time.tzset()
    try:
        desk.due(0)
        for moment, kind in (
            (at(WEDNESDAY, 23, 59, 59), "yellow"),
            (at(WEDNESDAY + timedelta(days=1), 0, 0, 0), "overdue"),
        ):
            with clock.travel(moment):
                now = hours.Hour(clock.today(), clock.today() + timedelta(days=1), is_morning=True)
                kinds = {one.kind.value for one in finding.find(now) if one.person_id == desk.head.pk}
            assert kinds == {kind}
    finally:
        monkeypatch.undo()
        machine_time.tzset()


# --- What happened ------------------------------------------------------------------------------


def test_given_work_is_told_at_once_and_once_more_the_next_morning(desk):
    with on(WEDNESDAY, 14):
        directive = desk.issue(tasks=3, to=desk.rooms[:1])
    run(WEDNESDAY, 14, 15)
    assert told(desk.head) == ["assigned"]
    run(WEDNESDAY, 14, 30)
    thursday = WEDNESDAY + timedelta(days=1)
    run(thursday)
    run(FRIDAY)
    assert told(desk.head) == ["assigned", "new"]
    assert Notice.objects.get(person=desk.head, kind="new").directive == directive
    assert told(desk.staff) == []


def test_received_work_is_new_to_nobody(desk):
    with on(WEDNESDAY, 14):
        for work in assignments_of(desk.issue(tasks=1, to=desk.rooms[:1])):
            tracking.acknowledge(work, by=desk.head)
    run(WEDNESDAY + timedelta(days=1))
    assert told(desk.head) == []


def test_work_handed_on_is_told_to_the_unit_that_takes_it(desk):
    (work,) = assignments_of(desk.due(20))
    with on():
        tracking.transfer(work, by=desk.monitor, unit=desk.rooms[1], reason="Đúng chức năng")
    run()
    assert told(desk.heads[desk.rooms[1]]) == ["assigned"]
    assert told(desk.head) == []


def test_a_person_is_told_what_their_head_gave_them(desk):
    (work,) = assignments_of(desk.due(20))
    with on():
        tracking.delegate(work, by=desk.head, to=desk.staff)
    run(WEDNESDAY, 9)
    run(WEDNESDAY + timedelta(days=1), 9)
    assert told(desk.staff) == ["assigned"]
    assert told(desk.head) == []


def test_returned_is_told_at_once_each_time_and_each_morning_while_it_lies(desk):
    (work,) = assignments_of(desk.due(20))
    with on(WEDNESDAY, 9):
        desk.send_back(work)
    run(WEDNESDAY, 9, 30)
    assert told(desk.head) == ["returned"]
    with on(WEDNESDAY, 10):
        desk.send_back(Assignment.objects.get(pk=work.pk))
    run(WEDNESDAY, 10, 30)
    assert told(desk.head) == ["returned"], "one row for a person, kind, object and day"
    thursday = WEDNESDAY + timedelta(days=1)
    run(thursday)
    assert told(desk.head, day=thursday) == ["returned"], "said the first time, it is not said again beside"
    run(FRIDAY)
    assert told(desk.head, day=FRIDAY) == ["still_returned"]


def test_an_urging_is_told_once_until_there_is_another(desk):
    (work,) = assignments_of(desk.due(20))
    with on(WEDNESDAY, 9):
        desk.urge(work)
    for minute in (15, 30):
        run(WEDNESDAY, 9, minute)
    assert told(desk.head) == ["urged"]
    with on(WEDNESDAY + timedelta(days=1), 9):
        desk.urge(work, "Lần hai")
    run(WEDNESDAY + timedelta(days=1), 9, 30)
    assert told(desk.head) == ["urged", "urged"]


def test_what_is_answered_before_the_run_is_not_told(desk):
    (work,) = assignments_of(desk.due(20))
    with on(WEDNESDAY, 9):
        desk.urge(work)
        tracking.answer_urging(work, by=desk.head, reply="Đang làm")
    run(WEDNESDAY, 9, 30)
    assert told(desk.head) == []


def test_switching_it_on_tells_nothing_of_long_ago(desk):
    desk.due(40)
    run()
    assert Notice.objects.count() == 0


def test_nobody_is_told_of_a_document_that_has_ended(desk):
    directive = desk.due(-5)
    with on():
        issuing.revoke(directive, by=desk.leader, reason="Sai thể thức")
    run()
    assert Notice.objects.count() == 0


# --- When ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "clock_time", "silence"),
    [
        (WEDNESDAY, (6, 59, 59), Silence.NIGHT),
        (WEDNESDAY, (7, 0), None),
        (WEDNESDAY, (17, 59, 59), None),
        (WEDNESDAY, (18, 0), Silence.NIGHT),
        (WEDNESDAY, (2, 30), Silence.NIGHT),
        (date(2026, 11, 28), (9, 0), Silence.DAY_OFF),
        (date(2026, 11, 29), (9, 0), Silence.DAY_OFF),
        (date(2027, 2, 5), (9, 0), Silence.DAY_OFF),  # Tết
        (date(2026, 9, 2), (9, 0), Silence.DAY_OFF),
    ],
)
def test_nobody_is_told_anything_at_night_and_on_days_off(desk, day, clock_time, silence):
    assert run(day, *clock_time).silence == silence


def test_what_happens_at_night_waits_for_the_next_working_morning(desk):
    (work,) = assignments_of(desk.due(20))
    with on(FRIDAY, 19):
        desk.urge(work)
    for day in (FRIDAY, FRIDAY + timedelta(days=1), FRIDAY + timedelta(days=2)):
        run(day, 20)
        run(day, 5)
    assert Notice.objects.count() == 0
    run(MONDAY, 7)
    assert told(desk.head, day=MONDAY) == ["urged"]


def test_a_saturday_worked_in_compensation_is_a_working_day(desk):
    saturday = date(2026, 11, 28)
    CalendarDay.objects.create(day=saturday, kind=DayKind.WORK)
    assert run(saturday).silence is None


def test_in_the_afternoon_no_digest_begins(desk):
    desk.due(-5)
    run(WEDNESDAY, 12)
    assert Notice.objects.count() == 0


def test_the_day_can_be_named_whatever_the_clock_says(desk):
    desk.due(-5)
    run(WEDNESDAY, 3, as_of=WEDNESDAY)
    assert told(desk.head) == ["overdue"]
    assert run(WEDNESDAY, as_of=date(2026, 11, 28)).silence == Silence.DAY_OFF


# --- Once ---------------------------------------------------------------------------------------


def test_a_second_run_adds_nothing_and_the_next_morning_begins_anew(desk):
    desk.due(-5)
    assert sum(run().made.values()) == 3
    assert sum(run(WEDNESDAY, 9).made.values()) == 0
    assert sum(run(WEDNESDAY + timedelta(days=1)).made.values()) == 3


def test_a_dry_run_counts_and_leaves_no_trace(desk):
    desk.due(-5)
    foreseen = run(dry_run=True)
    assert Notice.objects.count() == 0
    done = run()
    assert (foreseen.made, foreseen.delivery.sent) == (done.made, done.delivery.sent)
    assert foreseen.made


def test_two_thousand_late_at_once_stay_under_the_cap(desk, settings):
    settings.NOTICES_PER_RUN = 300
    desk = Desk(rooms=20)
    desk.due(-5, tasks=100, to=desk.rooms)
    late = Assignment.objects.count()
    assert late == 2000
    wanted = 2000 + 100 + 2000  # heads, the first room's deputy, the leader
    first = run()
    assert sum(first.made.values()) == Notice.objects.count() <= 300
    assert first.left == wanted - Notice.objects.count()
    assert first.delivery.sent <= 300
    settings.NOTICES_PER_RUN = 5000
    last = run(WEDNESDAY, 9)
    assert (Notice.objects.count(), last.left) == (wanted, 0)
    mailed = Notice.objects.exclude(mailed_at=None).values_list("person", flat=True).distinct()
    assert len(set(mailed)) == 22


def test_one_who_alone_is_too_many_gets_one_mail_and_the_rest_in_the_inbox(desk, settings):
    settings.NOTICES_PER_RUN = 10
    User.objects.exclude(pk=desk.leader.pk).update(email="")
    give_role(desk.leader, Role.HEAD, desk.rooms[0])
    User.objects.filter(pk__in=[desk.head.pk, desk.deputy.pk]).update(is_active=False)
    desk.due(-5, tasks=25)
    sent = [run(WEDNESDAY, 8, minute).delivery.sent for minute in (0, 15, 30, 45)]
    assert sent == [1, 0, 0, 0]
    assert Notice.objects.filter(person=desk.leader).count() == 25


def test_the_number_of_queries_knows_no_number_of_people_or_documents(desk):
    def asked():
        with (
            on(),
            CaptureQueriesContext(
                connection,
            ) as queries,
        ):
            finding.find(hours.hour(None))
        return len(queries)

    (work,) = assignments_of(desk.due(-5))
    with on(WEDNESDAY, 7):
        desk.urge(work)
    few = asked()
    for _ in range(2):
        other = Desk(rooms=3)
        other.due(-5, tasks=3, to=other.rooms)
        (one,) = assignments_of(other.due(20))
        with on(WEDNESDAY, 7):
            other.send_back(one)
    assert asked() == few == 16


# --- The command --------------------------------------------------------------------------------


def spoken(*arguments):
    out = StringIO()
    call_command("send_notices", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_counts_by_kind(desk, settings):
    desk.due(-5, tasks=2)
    User.objects.filter(pk=desk.leader.pk).update(is_active=False)
    settings.NOTICES_PER_RUN = 3
    said = spoken("--as-of", "2026-11-25", "--dry-run").splitlines()
    assert said[0] == "2026-11-25, dry run"
    assert {line.split()[0]: int(line.split()[1]) for line in said[1:-1]} == dict.fromkeys(
        [kind.value for kind in NoticeKind], 0
    ) | {"overdue": 2, "mails": 1}
    assert said[-1] == "The cap of 3 notices a run (NOTICES_PER_RUN) was reached; 2 more go in the next run."
    assert "offices do not work" in spoken("--as-of", "2026-11-28")


def test_the_day_of_review_of_work_that_rests_is_told_to_who_decides_how_it_goes_on(desk):
    with on(LONG_AGO):
        resting, undated = (
            assignments_of(desk.issue(tasks=1, due_in=days, to=desk.rooms[:1]))[0] for days in (5, None)
        )
    with on(WEDNESDAY - timedelta(days=5)):
        tracking.pause(resting, by=desk.monitor, reason="Chờ", review_on=WEDNESDAY)
        tracking.review(undated, by=desk.monitor, reason="Chờ", review_on=WEDNESDAY)
    for days, told_then in ((1, []), (0, [NoticeKind.REVIEW] * 2), (-1, [NoticeKind.REVIEW] * 4)):
        run(WEDNESDAY - timedelta(days=days))
        for person in (desk.monitor, desk.leader):
            assert told(person, kind=NoticeKind.REVIEW) == told_then
    assert not told(desk.head, kind=NoticeKind.REVIEW)
    with on():
        tracking.resume(Assignment.objects.get(pk=resting.pk), by=desk.monitor)
        tracking.review(Assignment.objects.get(pk=undated.pk), by=desk.monitor, reason="Thường xuyên")
    run(WEDNESDAY + timedelta(days=2))
    assert len(told(desk.leader, kind=NoticeKind.REVIEW)) == 4
