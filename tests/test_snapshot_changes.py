"""What has changed since a snapshot: each frozen row told once, with what happened to it; of frozen work no number moves without one."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import transaction

from directives import freezing, recipients, rules, tracking
from directives.compliance import COLUMNS, Span
from directives.distribution import Share
from directives.enums import Duty
from directives.errors import Refused
from directives.freezing import changes, frozen_table
from directives.models import Assignment
from directives.recipients import Basis
from tests.factories import Office, assignments_of, make_user
from tests.figures_world import get, html, mixed_document
from tests.test_exceptions import lay_before_head
from tests.test_snapshots import kept, now, taken, today_of, told
from tests.test_stories import UndoneError
from units import clock, structure
from units.enums import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return Office(rooms=3)


def test_later_acts_move_nothing_and_are_told_row_by_row(office):
    with clock.travel(clock.now() - timedelta(days=20)):
        directive = office.issue(tasks=3, due_in=10)
    done, reported, extended, returned, cancelled, paused, resumed, *_ = assignments_of(directive)
    office.report(returned)
    tracking.pause(resumed, by=office.monitor, reason="Chờ", review_on=clock.today() + timedelta(days=9))
    snapshot = taken(office)
    before = kept(snapshot)
    with clock.travel(clock.now() + timedelta(days=3)):
        office.accept(done)
        office.report(reported)
        tracking.extend(
            extended, by=office.leader, due_on=clock.today() + timedelta(days=30), reason="Mưa lũ"
        )
        tracking.send_back(returned, by=office.monitor, reason="Thiếu biên bản")
        tracking.cancel(cancelled, by=office.monitor, reason="Trùng việc")
        tracking.pause(paused, by=office.monitor, reason="Chờ", review_on=clock.today() + timedelta(days=9))
        tracking.resume(resumed, by=office.monitor)
        assert kept(snapshot) == before
        assert not freezing.broken(snapshot)
        assert told(snapshot) == {
            done.pk: ["done"],
            reported.pk: ["reported"],
            extended.pk: ["extended"],
            returned.pk: ["returned"],
            cancelled.pk: ["cancelled"],
            paused.pk: ["paused"],
            resumed.pk: ["resumed"],
        }


def test_work_that_is_given_anew_is_told_as_that(office):
    with clock.travel(clock.now() - timedelta(days=20)):
        directive = office.issue(tasks=1, due_in=10)
    rows = assignments_of(directive)
    office.report(rows[1])
    tracking.acknowledge(rows[2], by=office.head_of(rows[2]))
    snapshot = taken(office)
    for row, duty in zip(rows, (Duty.LEAD, Duty.SUPPORT, Duty.SUPPORT), strict=True):
        told_ = {"by": office.monitor, "unit": row.unit, "basis": Basis("Giao lại")}
        recipients.remove_recipient(directive, **told_, drop_reports=True)
        shares = [Share(row.task, clock.today() + timedelta(days=9))]
        recipients.add_recipient(directive, **told_, shares=shares, duty=duty)
    tracking.acknowledge(anew(rows[0]), by=office.head_of(rows[0]))
    assert told(snapshot) == {
        rows[0].pk: ["given_again", "acknowledged"],
        rows[1].pk: ["given_again", "duty"],
        rows[2].pk: ["given_again", "duty"],
    }
    shown = html(get(office.leader, f"/thong-ke/chot/{snapshot.code}/thay-doi/"))
    assert shown.count("giao lại từ đầu, đổi vai trò") == 2


def test_also_on_the_day_of_issue_itself(office):
    directive = office.issue(tasks=1, due_in=10)
    row = assignments_of(directive)[0]
    tracking.acknowledge(row, by=office.head_of(row))
    snapshot = taken(office)
    told_ = {"by": office.monitor, "unit": row.unit, "basis": Basis("Giao lại")}
    recipients.remove_recipient(directive, **told_)
    recipients.add_recipient(directive, **told_, shares=[Share(row.task, row.due_on)])
    assert told(snapshot) == {row.pk: ["given_again"]}


# What was so when the figures were frozen, and what may happen to it.
BEFORE = {
    "new": lambda office, row: None,
    "acknowledged": lambda office, row: tracking.acknowledge(row, by=office.head_of(row)),
    "returned": lambda office, row: AFTER["report, return"](office, row),
    "reported": lambda office, row: office.report(row),
    "accepted": lambda office, row: office.accept(row),
    "asked": lambda office, row: ask_for_time(office, row),
    "paused": lambda office, row: pause(office, row),
}
AFTER = {
    "report, withdraw": lambda office, row: (
        office.report(row),
        tracking.withdraw(anew(row), by=office.head_of(row)),
    ),
    "report, return": lambda office, row: (
        office.report(row),
        tracking.send_back(anew(row), by=office.monitor, reason="Thiếu biên bản"),
    ),
    "return, report": lambda office, row: (
        tracking.send_back(row, by=office.monitor, reason="Thiếu biên bản"),
        office.report(anew(row)),
    ),
    "lay before the head": lambda office, row: lay_before_head(office, row),
    "pause, resume": lambda office, row: (
        pause(office, row),
        tracking.resume(anew(row), by=office.monitor),
    ),
    "reopen, accept": lambda office, row: (
        tracking.reopen(row, by=office.monitor, reason="Còn thiếu"),
        office.accept(anew(row)),
    ),
    "ask for time": lambda office, row: ask_for_time(office, row),
    "take that back": lambda office, row: tracking.withdraw_request(row, by=office.head_of(row)),
    "refuse it": lambda office, row: tracking.refuse_extension(
        row, by=office.leader, reason="Không lùi được"
    ),
    "cancel": lambda office, row: tracking.cancel(row, by=office.monitor, reason="Trùng việc"),
    "wait a week": lambda office, row: None,
}


def anew(row):
    row.refresh_from_db()
    return row


def pause(office, row):
    tracking.pause(row, by=office.monitor, reason="Chờ", review_on=clock.today() + timedelta(days=9))


def ask_for_time(office, row):
    due_on = clock.today() + timedelta(days=99)
    tracking.request_extension(row, by=office.head_of(row), due_on=due_on, reason="Mưa lũ")


@pytest.mark.parametrize("before", BEFORE)
def test_no_number_is_another_without_a_row_that_says_so(office, before):
    with clock.travel(clock.now() - timedelta(days=32)):
        (row, *_), (late, *_) = (assignments_of(office.issue(tasks=1, due_in=due)) for due in (60, 27))
    with clock.travel(clock.now() - timedelta(days=31)):
        BEFORE[before](office, row)
    snapshot = taken(office)
    then, done = frozen_table(snapshot).total, set()
    for name, happens in AFTER.items():
        later = clock.now() + timedelta(days=7 if name == "wait a week" else 0, minutes=5)
        with clock.travel(later), suppress(UndoneError, Refused), transaction.atomic():
            happens(office, anew(row))
            total, told_ = now(office, Span(clock.today())).total, told(snapshot)
            moved = {
                one.key: (was, total.values[one.key])
                for one, was in zip(COLUMNS, then, strict=True)
                if one.is_count and was != total.values[one.key]
            }
            assert told_ or not moved, (name, moved)
            assert name != "wait a week" or told_[late.pk] == ["time"], (
                "from one band of lateness to the next"
            )
            done.add(name)
            raise UndoneError
    assert len(done) >= 2


@pytest.mark.parametrize("later", [timedelta(seconds=1), timedelta(days=1)])
def test_what_was_said_of_a_row_since_is_told_though_it_stands_as_it_did(office, later):
    with clock.travel(clock.now() - timedelta(days=20)):
        directive = office.issue(tasks=3, due_in=10)
    urged, asked, refused, noted, given, both, _quiet, before = assignments_of(directive)[:8]
    soon = clock.today() + timedelta(days=5)
    tracking.acknowledge(noted, by=office.head_of(noted))
    tracking.urge(before, by=office.monitor, text="Đề nghị báo cáo", reply_by=soon)
    snapshot = taken(office)
    with clock.travel(clock.now() + later):
        tracking.urge(urged, by=office.monitor, text="Đề nghị báo cáo", reply_by=soon)
        tracking.request_extension(asked, by=office.head_of(asked), due_on=soon, reason="Mưa lũ")
        tracking.decline(refused, by=office.head_of(refused), reason="Không thuộc chức năng")
        tracking.note_progress(noted, by=office.head_of(noted), text="Đang làm")
        tracking.extend(given, by=office.leader, due_on=soon, reason="Mưa lũ")
        tracking.urge(both, by=office.monitor, text="Đề nghị báo cáo", reply_by=soon)
        office.accept(both)
        assert told(snapshot) == {
            urged.pk: ["urged"],
            asked.pk: ["asked"],
            refused.pk: ["asked"],
            noted.pk: ["updated"],
            given.pk: ["extended"],
            both.pk: ["done", "urged"],
        }


def test_a_report_taken_back_is_not_told_as_one_more_return(office):
    row, *_ = assignments_of(office.issue(tasks=1))
    office.report(row)
    tracking.send_back(row, by=office.monitor, reason="Thiếu biên bản")
    office.report(row)
    with clock.travel(clock.now() + timedelta(days=1)):
        snapshot = taken(office)
    with clock.travel(clock.now() + timedelta(days=2)):
        tracking.withdraw(row, by=office.head_of(row))
        assert told(snapshot) == {row.pk: ["withdrawn"]}


def test_what_is_laid_before_the_head_alone_is_told_to_nobody_else(office):
    row, *_ = assignments_of(office.issue(tasks=1))
    worker = make_user(Role.STAFF, row.unit)
    tracking.delegate(row, by=office.head_of(row), to=worker)
    row.refresh_from_db()
    tracking.acknowledge(row, by=office.head_of(row))
    snapshot = taken(office)
    with clock.travel(clock.now() + timedelta(days=1)):
        tracking.submit_internally(row, by=worker, text="Đã làm xong")
        assert told(snapshot) == {}
        office.report(row)
        assert told(snapshot) == {row.pk: ["reported"]}


def test_work_given_since_is_in_the_numbers_of_today_and_in_no_row(office):
    mixed_document(office)
    snapshot = taken(office)
    office.issue(tasks=1)
    assert told(snapshot) == {}
    base = f"/thong-ke/chot/{snapshot.code}/"
    assert get(office.leader, base).context["moved"]
    assert "việc giao sau khi chốt không có ở đây" in html(get(office.leader, f"{base}thay-doi/"))


def test_of_a_room_that_went_elsewhere_nothing_is_told_any_more():
    """What the province gave the room is the room's new office's to see, whoever froze what."""
    province = Office(rooms=0)
    old, new = Office(rooms=1, parent=province.unit), Office(rooms=0, parent=province.unit)
    room = old.rooms[0]
    province.issue(tasks=1, to=[room])
    (row,) = Assignment.objects.select_related("directive")
    snapshot = taken(old)
    room.parent = new.unit
    structure.keep(room, by=None)
    province.report(row, by=old.heads[room])
    assert not Assignment.objects.filter(rules.visible_assignments(old.leader)).exists()
    told_ = html(get(old.leader, f"/thong-ke/chot/{snapshot.code}/thay-doi/"))
    assert "không còn thuộc phạm vi" in told_
    assert "chờ xác nhận" not in told_


def test_nothing_has_changed_since_a_moment_ago_and_time_alone_is_told_as_time(office):
    office.issue(tasks=1, due_in=5, to=office.rooms[:1])
    snapshot = taken(office)
    assert told(snapshot) == {}
    with clock.travel(clock.now() + timedelta(days=6)):
        assert list(told(snapshot).values()) == [["time"]]


def test_the_changes_are_turned_over_by_their_place(office):
    mixed_document(office)
    snapshot = taken(office)
    with clock.travel(clock.now() + timedelta(days=1)):
        for row in Assignment.objects.filter(state="not_started"):
            tracking.acknowledge(row, by=office.head_of(row))
        found = list(changes(snapshot, today_of(snapshot)))
        assert [change.what for change in found] == [["acknowledged"]] * len(found)
        assert list(changes(snapshot, today_of(snapshot), first=found[0].number + 1)) != found
        rest = changes(snapshot, today_of(snapshot), first=found[0].number + 1)
        assert [change.number for change in rest] == [change.number for change in found[1:]]
