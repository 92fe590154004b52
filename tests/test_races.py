"""Two people at the same moment, and the machine failing half way: one wins, and nothing is half done.

The second person's act runs between two statements of the first's, in a connection of its own.
"""

from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from threading import Thread

import pytest
from django.apps import apps
from django.db import OperationalError, connection, connections
from django.test import Client

from directives import drafting, issuing, recipients, tracking
from directives.distribution import Share
from directives.drafting import Draft
from directives.enums import OPEN, AssignmentState, DirectiveState, ReportOutcome
from directives.errors import Refused, Stale
from directives.models import Assignment, Directive, Report, Request, Task
from directives.recipients import Basis
from units import clock, events
from units.models import Event
from units.once import FIELD, new_key

from .factories import Office, assignments_of
from .waiting import ended_or_waits

DOCUMENT = tracking.Document("1/BC", clock.today())
HELD = 'FROM "directives_assignment"'
ROW, CHAIN = 'UPDATE "directives_assignment"', 'FROM "units_eventchain"'
PAPER = 'UPDATE "directives_directive"'
LIST = 'INSERT INTO "directives_recipient"'


@pytest.fixture
def office(db):
    return Office()


class Meeting:
    """While `first` is about to run its statement with `at` in it, `second` starts; both run to their end."""

    def __init__(self, first, second, *, at):
        self.ends = {}
        self.thread = Thread(target=self._run, args=("second", second))
        with connection.execute_wrapper(self._starts(at)):
            self._run("first", first, close=False)
        self.thread.join(timeout=30)
        assert not self.thread.is_alive()

    def _starts(self, at):
        def wrapper(execute, sql, params, many, context):
            if at in sql and self.thread.ident is None:
                self.thread.start()
                ended_or_waits(self.thread, 1.5)
            return execute(sql, params, many, context)

        return wrapper

    def _run(self, who, act, *, close=True):
        try:
            act()
            self.ends[who] = "done"
        except Refused as refused:
            self.ends[who] = type(refused).__name__
        finally:
            if close:
                connections.close_all()


def afresh(row):
    return type(row).objects.get(pk=row.pk)


def sound(directive):
    """The record fits, and each report that waits belongs to work that was reported."""
    assert list(events.faults()) == []
    for row in Assignment.objects.filter(directive=directive):
        pending = Report.objects.filter(assignment=row, outcome=ReportOutcome.PENDING).count()
        assert pending == (row.state == AssignmentState.REPORTED), row.state


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
class TestTwoAtOnce:
    def test_a_draft_saved_while_it_is_submitted_is_looked_through_again(self, office):
        draft, other = office.draft(), None
        other = afresh(draft)
        emptied = Draft(tasks=[])

        def save():
            drafting.save_draft(other, by=office.clerk, version=other.version, changes=emptied)

        met = Meeting(lambda: issuing.submit(draft, by=office.clerk), save, at=PAPER)
        assert met.ends == {"first": "Stale", "second": "done"}
        assert afresh(draft).state == DirectiveState.DRAFT

    def test_a_draft_saved_while_it_is_recorded_keeps_number_and_code_together(self, office):
        draft = office.draft(number="7", issued_on=clock.today())
        other = afresh(draft)

        def save():
            drafting.save_draft(
                other, by=office.clerk, version=other.version, changes=Draft(columns={"number": "8"})
            )

        met = Meeting(lambda: issuing.record(draft, by=office.clerk), save, at=PAPER)
        assert "done" in met.ends.values()
        now = afresh(draft)
        assert (
            now.state == DirectiveState.DRAFT
            or now.code.startswith(now.number.zfill(2))
            or now.code.startswith(now.number)
        )

    def test_two_clerks_saving_one_draft(self, office):
        draft = office.draft()
        mine, theirs = afresh(draft), afresh(draft)

        def save(directive, title):
            changes = Draft(columns={"title": title})
            return lambda: drafting.save_draft(directive, by=office.clerk, version=1, changes=changes)

        met = Meeting(save(mine, "Một"), save(theirs, "Hai"), at=PAPER)
        assert sorted(met.ends.values()) == ["Stale", "done"]
        assert Event.objects.filter(verb="edit").count() == 1
        assert afresh(draft).version == 2

    def test_signed_or_withdrawn_but_not_both(self, office):
        draft = issuing.submit(office.draft(), by=office.clerk)
        other = afresh(draft)
        met = Meeting(
            lambda: issuing.sign(draft, by=office.leader),
            lambda: issuing.withdraw_submission(other, by=office.clerk),
            at=PAPER,
        )
        assert sorted(met.ends.values()) == ["Stale", "done"]
        assert Event.objects.filter(verb__in=["sign", "withdraw_submission"]).count() == 1

    def test_issued_twice_at_once_has_one_number_and_one_set_of_work(self, office):
        signed = issuing.sign(issuing.submit(office.draft(tasks=2), by=office.clerk), by=office.leader)
        other = afresh(signed)
        met = Meeting(
            lambda: issuing.issue(signed, by=office.clerk),
            lambda: issuing.issue(other, by=office.clerk),
            at=PAPER,
        )
        assert sorted(met.ends.values()) == ["Stale", "done"]
        assert Assignment.objects.filter(directive=signed).count() == 4
        assert office.issue().ordinal == 2, "the number that was not given is given next"
        sound(signed)

    @pytest.mark.parametrize("at", [ROW, CHAIN])
    def test_reported_while_cancelled(self, office, at):
        row = assignments_of(office.issue(tasks=1))[0]
        other = afresh(row)
        met = Meeting(
            lambda: office.report(row),
            lambda: tracking.cancel(other, by=office.monitor, reason="Giao nhầm"),
            at=at,
        )
        assert sorted(met.ends.values()) in (["Stale", "done"], ["WrongState", "done"])
        sound(row.directive)

    @pytest.mark.parametrize("at", [ROW, CHAIN])
    def test_accepted_while_withdrawn(self, office, at):
        row = office.report(assignments_of(office.issue(tasks=1))[0])
        other = afresh(row)
        met = Meeting(
            lambda: tracking.accept(row, by=office.monitor),
            lambda: tracking.withdraw(other, by=office.head_of(row)),
            at=at,
        )
        assert sorted(met.ends.values()) == ["Stale", "done"]
        sound(row.directive)

    @pytest.mark.parametrize("at", [ROW, CHAIN])
    @pytest.mark.parametrize("report_first", [True, False])
    def test_reported_while_revoked(self, office, at, report_first):
        issued = office.issue(tasks=1)
        row, other = assignments_of(issued)[0], afresh(issued)
        acts = [
            lambda: office.report(row),
            lambda: issuing.revoke(other, by=office.leader, reason="Sai thể thức"),
        ]
        met = Meeting(*(acts if report_first else reversed(acts)), at=at)
        assert "done" in met.ends.values()
        assert afresh(issued).state == DirectiveState.REVOKED
        assert afresh(row).state == AssignmentState.CANCELLED
        sound(issued)

    @pytest.mark.parametrize(
        ("reopen_first", "ends", "at"),
        [(True, ends, at) for ends in ("close", "revoke") for at in (ROW, CHAIN)]
        + [(False, "close", CHAIN), (False, "close", PAPER)]
        + [(False, "revoke", at) for at in (HELD, CHAIN, PAPER)],
    )
    def test_reopened_while_the_directive_ends(self, office, reopen_first, ends, at):
        issued = office.issue(tasks=1, to=office.rooms[:1])
        row = office.accept(assignments_of(issued)[0])
        other = afresh(issued)
        ending = {
            "close": lambda: issuing.close(other, by=office.leader),
            "revoke": lambda: issuing.revoke(other, by=office.leader, reason="Sai thể thức"),
        }
        acts = [lambda: tracking.reopen(row, by=office.monitor, reason="Chưa đúng"), ending[ends]]
        Meeting(*(acts if reopen_first else reversed(acts)), at=at)
        state, open_rows = afresh(issued).state, Assignment.objects.filter(state__in=OPEN).count()
        assert state == DirectiveState.ISSUED or not open_rows
        sound(issued)

    @pytest.mark.parametrize("at", [ROW, CHAIN])
    def test_extended_by_two_leaders(self, office, at):
        row = assignments_of(office.issue(tasks=1, due_in=10))[0]
        other, days = afresh(row), [clock.today() + timedelta(days=n) for n in (20, 30)]
        met = Meeting(
            lambda: tracking.extend(row, by=office.leader, due_on=days[0], reason="Một"),
            lambda: tracking.extend(other, by=office.leader, due_on=days[1], reason="Hai"),
            at=at,
        )
        assert sorted(met.ends.values()) in (
            ["Stale", "done"],
            ["WrongState", "done"],
            ["Incomplete", "done"],
        )
        assert Request.objects.count() == Event.objects.filter(verb="extend").count() == 1
        sound(row.directive)

    @pytest.mark.parametrize("at", [ROW, CHAIN])
    def test_transferred_while_reported(self, office, at):
        row = assignments_of(office.issue(tasks=1, to=office.rooms[:1]))[0]
        other = afresh(row)
        met = Meeting(
            lambda: tracking.transfer(row, by=office.monitor, unit=office.rooms[1], reason="Đúng chức năng"),
            lambda: office.report(other),
            at=at,
        )
        assert "done" in met.ends.values()
        moved = afresh(row).state == AssignmentState.TRANSFERRED
        assert Assignment.objects.count() == (2 if moved else 1)
        sound(row.directive)

    @pytest.mark.parametrize("at", [ROW, CHAIN])
    def test_more_time_given_while_it_is_transferred_goes_with_the_work(self, office, at):
        row = assignments_of(office.issue(tasks=1, to=office.rooms[:1], due_in=10))[0]
        other, later = afresh(row), clock.today() + timedelta(days=30)
        met = Meeting(
            lambda: tracking.extend(row, by=office.leader, due_on=later, reason="Thêm việc"),
            lambda: tracking.transfer(other, by=office.monitor, unit=office.rooms[1], reason="Nhầm"),
            at=at,
        )
        assert met.ends == {"first": "done", "second": "done"}
        assert Assignment.objects.get(unit=office.rooms[1]).due_on == later
        sound(row.directive)

    @pytest.mark.parametrize("at", [LIST, CHAIN])
    def test_a_unit_added_by_two_people(self, office, at):
        issued = office.issue(tasks=2, to=office.rooms[:1])

        def add(by):
            added = {
                "unit": office.rooms[1],
                "shares": [Share(one, one.due_on) for one in issued.tasks.all()],
            }
            return lambda: recipients.add_recipient(afresh(issued), by=by, basis=Basis("Cần thêm"), **added)

        met = Meeting(add(office.monitor), add(office.leader), at=at)
        assert sorted(met.ends.values()) == ["Incomplete", "done"]
        assert Assignment.objects.filter(unit=office.rooms[1]).count() == 2
        assert Event.objects.filter(verb="add_recipient").count() == 1
        sound(issued)

    @pytest.mark.parametrize("report_first", [True, False])
    def test_let_off_while_reported(self, office, report_first):
        row = assignments_of(office.issue(tasks=1, to=office.rooms[:1]))[0]
        directive = afresh(row.directive)

        def remove():
            recipients.remove_recipient(directive, by=office.monitor, unit=row.unit, basis=Basis("Nhầm"))

        acts = [lambda: office.report(afresh(row)), remove]
        met = Meeting(*(acts if report_first else acts[::-1]), at=ROW)
        assert sorted(met.ends.values()) in (
            ["Incomplete", "done"],
            ["WrongState", "done"],
            ["Stale", "done"],
        )
        sound(directive)


# --- Pressed on a page that is no longer true ----------------------------------------------------


def test_nobody_signs_a_text_they_have_not_seen(office):
    """Withdrawn, changed and submitted again while the leader reads: the button of the old page does not sign."""
    draft = issuing.submit(office.draft(), by=office.clerk)
    client = Client()
    client.force_login(office.leader)
    page = client.get(f"/van-ban/{draft.pk}/xem-truoc/").content.decode()
    assert f'name="version" value="{draft.version}"' in page
    issuing.withdraw_submission(draft, by=office.clerk)
    drafting.save_draft(
        draft, by=office.clerk, version=draft.version, changes=Draft(columns={"title": "V/v khác hẳn"})
    )
    issuing.submit(draft, by=office.clerk)
    answer = client.post(f"/van-ban/{draft.pk}/ky/", {FIELD: new_key(), "version": "1"})
    assert answer.status_code == Stale.status
    assert afresh(draft).state == DirectiveState.SUBMITTED


def test_nobody_issues_in_the_name_of_another_office(office):
    """The issuer is a field of the draft; the numbers of another office's book are not ours to give."""
    elsewhere = Office()
    draft = office.draft()
    Directive.objects.filter(pk=draft.pk).update(issuer=elsewhere.unit)
    with pytest.raises(Refused) as refused:
        issuing.submit(afresh(draft), by=office.clerk)
    assert "issuer" in refused.value.fields
    assert elsewhere.issue().ordinal == 1


# --- The machine fails at every statement -------------------------------------------------------


class MachineFailedError(OperationalError):
    """The machine's fault."""


@contextmanager
def breaking_at(number):
    """The statement with this number fails."""
    asked = count()

    def wrapper(execute, sql, params, many, context):
        if next(asked) == number:
            raise MachineFailedError
        return execute(sql, params, many, context)

    with connection.execute_wrapper(wrapper):
        yield


def everything():
    """All rows of all our tables, value by value."""
    models = [model for app in ("units", "directives") for model in apps.get_app_config(app).get_models()]
    return {model._meta.label: list(model.objects.order_by("pk").values()) for model in models}


def breaks_at_each(act, *, most=200):
    """How often the act broke before it went through; each time nothing of it was left."""
    before = everything()
    for number in range(most):
        try:
            with breaking_at(number):
                act()
        except MachineFailedError:
            assert everything() == before, f"half done at statement {number}"
        else:
            return number
    raise AssertionError("never ended")


def test_issue_is_all_or_nothing(office):
    signed = issuing.sign(issuing.submit(office.draft(tasks=2), by=office.clerk), by=office.leader)
    assert breaks_at_each(lambda: issuing.issue(afresh(signed), by=office.clerk)) > 15
    assert Assignment.objects.filter(directive=signed).count() == 4
    assert afresh(signed).ordinal == 1


def test_report_is_all_or_nothing(office):
    row = assignments_of(office.issue(tasks=1))[0]
    assert breaks_at_each(lambda: office.report(afresh(row))) > 5
    assert Report.objects.count() == 1


@pytest.mark.parametrize("verb", ["withdraw", "accept", "send_back", "cancel", "let off", "revoke", "save"])
def test_every_verb_is_all_or_nothing(office, verb):
    issued = office.issue(tasks=1)
    row, draft = office.report(assignments_of(issued)[0]), office.draft()
    acts = {
        "withdraw": lambda: tracking.withdraw(afresh(row), by=office.head_of(row)),
        "accept": lambda: tracking.accept(afresh(row), by=office.monitor),
        "send_back": lambda: tracking.send_back(afresh(row), by=office.monitor, reason="Thiếu"),
        "cancel": lambda: tracking.cancel(afresh(row), by=office.monitor, reason="Thôi"),
        "let off": lambda: recipients.remove_recipient(
            afresh(issued), by=office.monitor, unit=row.unit, basis=Basis("Nhầm"), drop_reports=True
        ),
        "revoke": lambda: issuing.revoke(afresh(issued), by=office.leader, reason="Sai"),
        "save": lambda: drafting.save_draft(
            afresh(draft), by=office.clerk, version=1, changes=Draft(columns={"title": "Khác"}, tasks=[])
        ),
    }
    assert breaks_at_each(acts[verb]) > 3
    assert not Task.objects.filter(directive=draft).exists() or verb != "save"
