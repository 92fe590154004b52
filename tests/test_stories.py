"""Random stories of one document: whatever people do, in whatever order, the record holds and the figures add up."""

from collections import Counter
from contextlib import suppress
from datetime import date, timedelta
from random import Random

import pytest
from django.db import transaction
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from directives import compliance, issuing, lifecycle, recipients, tracking
from directives.distribution import Share
from directives.enums import (
    ENDED,
    OPEN,
    AssignmentState,
    Decision,
    Duty,
    ReportOutcome,
    RequestKind,
    Standing,
)
from directives.errors import Refused
from directives.models import Assignment, ProgressNote, Report, Request, Urging
from directives.recipients import Basis
from units import clock, events
from units.enums import Role
from units.models import Event

from .factories import Office, assignments_of, make_user

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]

STEPS = 40
ANSWERS = {
    RequestKind.EXTENSION: ["extend", "refuse_extension", "withdraw_request"],
    RequestKind.DECLINE: ["transfer", "refuse_decline", "withdraw_request"],
}
# Events of one act: a transfer is told of both rows.
TOLD = Counter({"transfer": 2})


class UndoneError(Exception):
    """Raised to leave nothing of a story behind."""


class World:
    """Two tasks of three rooms, one person of each role, and every verb with plausible and implausible words."""

    def __init__(self, office=None):
        self.office = office = office or Office(rooms=3)
        self.directive = self._issue()
        self.worker = make_user(Role.STAFF, office.rooms[0])
        self._begin(assignments_of(self.directive))
        self.done = set()
        self.people = [office.monitor, office.leader, office.clerk, self.worker, *office.heads.values()]

    def _issue(self):
        """One task has a deadline and one has none."""
        office = self.office
        draft = office.draft(tasks=2, to=office.rooms[:2], due_in=10, extension_limit=2)
        draft.tasks.filter(position=2).update(due_on=None, undated_reason="Thường xuyên")
        issuing.submit(draft, by=office.clerk)
        issuing.sign(draft, by=office.leader)
        return issuing.issue(draft, by=office.clerk)

    def _begin(self, rows):
        """Some work is in a person's hands and some is done, so that the rarer verbs have something to do."""
        given = [row for row in rows if row.unit == self.office.rooms[0]]
        for row in given:
            tracking.delegate(row, by=self.office.head_of(row), to=self.worker)
        tracking.submit_internally(given[0], by=self.worker, text="Đã xong")
        self.office.accept(next(row for row in rows if row not in given))

    def act(self, verb, row, by, choice):
        if verb in ("answer_obstacle", "forward_obstacle"):
            return self._clear(verb, row, by, choice)
        return getattr(tracking, verb)(row, by=by, **self._words(verb, row, choice))

    def change_recipients(self, verb, by, choice):
        """A unit is given one task or both, or is let off what it has not finished."""
        told = {
            "by": by,
            "unit": self.office.rooms[choice % 3],
            "basis": Basis(["Có lý do", " "][choice % 7 == 0]),
        }
        if verb == "remove_recipient":
            return recipients.remove_recipient(self.directive, **told, drop_reports=choice % 2 == 0)
        days = {1: clock.today() + timedelta(days=choice - 3), 2: None}
        tasks = self.directive.tasks.all()[: 1 + choice % 2]
        shares = [Share(task, days[task.position]) for task in tasks]
        duty = Duty.SUPPORT if choice % 5 == 0 else Duty.LEAD
        return recipients.add_recipient(self.directive, **told, shares=shares, duty=duty)

    def _clear(self, verb, row, by, choice):
        note = ProgressNote.objects.filter(assignment=row).exclude(obstacle="").order_by("-pk").first()
        if note is None:
            raise Refused
        note.assignment = row
        if verb == "answer_obstacle":
            return tracking.answer_obstacle(note, by=by, answer="Đã xem")
        to = [self.office.unit, *self.office.rooms][choice % 4]
        return tracking.forward_obstacle(
            note, by=by, unit=to, to_leader=choice % 3 == 0, word="Chuyển xem xét"
        )

    def _words(self, verb, row, choice):
        reason, day = ["Có lý do", " "][choice % 7 == 0], clock.today() + timedelta(days=choice - 5)
        told = {"text": reason, "evidence": [tracking.Document("1/BC", clock.today())] * (choice % 5 > 0)}
        return {
            "report": told,
            "supplement": told,
            "submit_internally": told,
            "send_back": {"reason": reason},
            "reopen": {"reason": reason},
            "cancel": {"reason": reason},
            "send_back_internally": {"reason": reason},
            "refuse_extension": {"reason": reason},
            "refuse_decline": {"reason": reason},
            "request_extension": {"reason": reason, "due_on": day},
            "extend": {"reason": reason, "due_on": day},
            "decline": {"reason": reason, "unit": self.office.rooms[choice % 3]},
            "transfer": {"reason": reason, "unit": self.office.rooms[choice % 3]},
            "pause": {"reason": reason, "review_on": day},
            "set_deadline": {"reason": reason, "due_on": day},
            "review": {"reason": reason, "review_on": day if choice % 2 else None},
            "resume": {"due_on": day if choice % 2 else None},
            "delegate": {
                "to": [None, self.worker][choice % 2],
                "internal_due_on": day if choice % 4 == 1 else None,
            },
            "note_progress": {"text": reason, "percent": choice * 5, "obstacle": "Vướng" * (choice % 2)},
            "urge": {"text": reason, "reply_by": day},
            "ask_explanation": {"text": reason, "reply_by": day},
            "instruct": {"text": reason, "reply_by": day if choice % 2 else None},
            "answer_urging": {"reply": reason},
        }.get(verb, {})


@pytest.mark.parametrize("stories", [30, pytest.param(500, marks=pytest.mark.long)])
def test_any_story_leaves_a_record_that_holds(stories):
    world = World()

    @settings(max_examples=stories, phases=[Phase.generate])  # a story of 40 acts is told, not shortened
    @given(st.integers(0, 2**32))
    def live(seed):
        dice = Random(seed)
        with suppress(UndoneError), transaction.atomic():
            for _ in range(STEPS):
                _one(world, dice)
                if dice.random() < 0.1:
                    _change_recipients(world, dice)
            assert list(events.faults()) == []
            raise UndoneError

    live()
    rare = {*lifecycle.ASSIGNMENT, "add_recipient", "remove_recipient"} - world.done
    assert len(rare) <= (2 if stories < 100 else 0), rare


def _one(world, dice):
    rows = Assignment.objects.select_related("directive", "task").order_by("pk")
    row = dice.choice([row for row in rows if row.state not in ENDED or dice.random() < 0.1] or list(rows))
    verb = dice.choice(_answers(row, dice) or _verbs(row, dice))
    by, choice = _somebody(world, row, verb, dice), dice.randrange(26)
    before, told = _facts(row), Event.objects.count()
    try:
        world.act(verb, row, by, choice)
    except Refused:
        assert (_facts(Assignment.objects.get(pk=row.pk)), Event.objects.count()) == (before, told)
    else:
        assert Event.objects.count() - told == (TOLD[verb] or 1)
        assert before["state"] in lifecycle.ASSIGNMENT[verb].sources
        world.done.add(verb)
    check_rows()
    _check_figures(world)


def _change_recipients(world, dice):
    verb, told = dice.choice(["add_recipient", "remove_recipient"]), Event.objects.count()
    before = list(Assignment.objects.order_by("pk").values())
    try:
        world.change_recipients(verb, dice.choice(world.people), dice.randrange(26))
    except Refused:
        assert list(Assignment.objects.order_by("pk").values()) == before
        assert Event.objects.count() == told
    else:
        assert Event.objects.count() == told + 1
        world.done.add(verb)
    check_rows()
    _check_figures(world)


def _answers(row, dice):
    """Now and then somebody answers what waits, which few do by chance."""
    waiting = Request.objects.filter(assignment=row, decision=Decision.PENDING)
    verbs = [verb for kind in waiting.values_list("kind", flat=True) for verb in ANSWERS[kind]]
    if ProgressNote.objects.filter(assignment=row, answered_at=None).exclude(obstacle="").exists():
        verbs += ["answer_obstacle", "forward_obstacle"]
    return verbs if dice.random() < 0.3 else []


def _verbs(row, dice):
    """Mostly what its state allows, now and then anything."""
    fitting = [verb for verb, one in lifecycle.ASSIGNMENT.items() if row.state in one.sources]
    if dice.random() < 0.7:
        fitting = [verb for verb in fitting if verb not in ("cancel", "transfer")]  # what ends a story
    return fitting if fitting and dice.random() < 0.85 else list(lifecycle.ASSIGNMENT)


def _somebody(world, row, verb, dice):
    """Mostly somebody who may, now and then anybody."""
    able = [person for person in world.people if lifecycle.ASSIGNMENT[verb].rule(person, row)]
    return dice.choice(able if able and dice.random() < 0.85 else world.people)


def _facts(row):
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


def check_rows():
    rows = {row.pk: row for row in Assignment.objects.all()}
    pending = Counter(
        Report.objects.filter(outcome=ReportOutcome.PENDING).values_list("assignment", flat=True)
    )
    asked = set(Request.objects.filter(decision=Decision.PENDING).values_list("assignment", flat=True))
    for row in rows.values():
        assert pending[row.pk] == (row.state == AssignmentState.REPORTED)
        answered = row.state in {AssignmentState.REPORTED, AssignmentState.ACCEPTED}
        assert bool(row.reported_on) == answered or row.state == AssignmentState.CANCELLED
        assert row.pk not in asked or row.state in OPEN | {AssignmentState.PAUSED}
        assert (row.due_on is None) == (row.first_due_on is None)
        assert row.due_on is None or row.due_on >= row.first_due_on
        assert row.state != AssignmentState.PAUSED or row.review_on
        assert row.review_on is None or row.state in ENDED | {AssignmentState.PAUSED} or row.due_on is None
        assert None in (row.internal_due_on, row.due_on) or row.internal_due_on <= row.due_on
    moved = [row for row in rows.values() if row.state == AssignmentState.TRANSFERRED]
    assert {row.transferred_from_id for row in rows.values()} - {None} == {row.pk for row in moved}
    assert not Urging.objects.filter(replied_at=None).exclude(assignment__in=rows).exists()


def _check_figures(world):
    """The tally against a recount in Python."""
    tally = compliance.tally(compliance.visible(world.office.leader), clock.today())
    counted = Counter(_standing(row, clock.today()) for row in Assignment.objects.all())
    assert tally.total == sum(counted.values()) - counted[Standing.DROPPED]
    lines = {"overdue": {Standing.OVERDUE}, "paused": {Standing.PAUSED}, "awaiting": {Standing.AWAITING}}
    for name, standings in lines.items():
        assert getattr(tally, name) == sum(counted[one] for one in standings), name
    assert tally.done == sum(
        counted[one]
        for one in (Standing.DONE_EARLY, Standing.DONE_ON_TIME, Standing.DONE_LATE, Standing.DONE_UNDATED)
    )


def _standing(row, today: date):
    state = AssignmentState(row.state)
    if state == AssignmentState.ACCEPTED and row.due_on is None:
        return Standing.DONE_UNDATED
    if state == AssignmentState.ACCEPTED:
        return Standing.DONE_EARLY if row.reported_on < row.due_on else Standing.DONE_ON_TIME
    if state in {AssignmentState.CANCELLED, AssignmentState.TRANSFERRED}:
        return Standing.DROPPED
    fixed = {AssignmentState.REPORTED: Standing.AWAITING, AssignmentState.PAUSED: Standing.PAUSED}
    if state in OPEN and row.due_on is None:
        return Standing.UNDATED
    return fixed.get(state) or (Standing.OVERDUE if row.due_on < today else Standing.IN_TIME)
