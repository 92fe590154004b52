"""Who is to be told what today: one query to a kind of thing, whoever and however many it concerns.

Each starts from the same states as the screens; who is told is said in `audience`. What is found here may have been
told already: `claiming` leaves that out.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import reduce
from operator import or_

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from directives import audience, rules
from directives.compliance.undated import is_undated, paused_until
from directives.enums import (
    OPEN,
    TOLD_AS,
    AssignmentState,
    Decision,
    DirectiveState,
    NoticeKind,
    ReportOutcome,
    RequestKind,
    UrgingKind,
)
from directives.models import Assignment, ProgressNote, Recipient, Report, Request, Urging
from units.models import Event
from units.rules import Roster

from .hours import Hour

# What happened longer ago is no news: switching the notices on tells nobody of the years before.
FRESH = timedelta(days=14)
HANDED = ("delegate", "hand_over")
# The move by which work came to stand so; any other that was told of it has been overtaken.
MOVES = {
    AssignmentState.PAUSED: "pause",
    AssignmentState.NOT_STARTED: "resume",
    AssignmentState.IN_PROGRESS: "resume",
    AssignmentState.CANCELLED: "cancel",
}
UNDECIDED = OPEN | {AssignmentState.REPORTED}
READ = (
    "state", "directive_id", "unit_id", "issuer_id", "assignee_id", "reported_by_id", "due_on", "is_returned",
    "begun_anew_at", "unit__parent_id",
)  # fmt: skip


@dataclass(frozen=True)
class Telling:
    """One person to be told one thing. `since` is when it happened, of what is told once."""

    person_id: int
    kind: NoticeKind
    directive_id: int
    assignment_id: int | None = None
    since: datetime | None = None

    @property
    def key(self):
        return self.key_of(self.kind)

    def key_of(self, kind: NoticeKind):
        """The row of this person and thing, if it were of another kind."""
        document = None if self.assignment_id else self.directive_id
        return (self.person_id, kind, self.assignment_id, document)


@dataclass(frozen=True)
class Level:
    """Work that is so many days past its deadline (before it: less than 0), and who is told of it every morning."""

    kind: NoticeKind
    told: Callable
    first: int
    last: int | None = None

    def holds(self, days: int) -> bool:
        return self.first <= days and (self.last is None or days <= self.last)


def levels() -> tuple[Level, ...]:
    """How trouble climbs: to the doer, to the superior, to the leader who gave the work."""
    return (
        Level(NoticeKind.YELLOW, audience.doers, first=-3, last=0),
        Level(NoticeKind.OVERDUE, audience.of_unit, first=1),
        Level(NoticeKind.RED, audience.superiors, first=1),
        Level(NoticeKind.SPECIAL_RED, audience.leaders, first=settings.SPECIAL_RED_DAYS),
    )


# Told once, so many days ahead; before days off, what would fall due to be told on them is told early.
REMINDERS = {NoticeKind.DUE_7: 7, NoticeKind.DUE_3: 3, NoticeKind.DUE_1: 1}
FARTHEST = timedelta(days=max(REMINDERS.values()))
HEAVIEST_FIRST = {kind: place for place, kind in enumerate(NoticeKind)}


def find(now: Hour) -> list[Telling]:
    """Everything that is so at this hour. Fifteen queries in the morning, eight later in the day."""
    roster = Roster(now.day)
    found = [*_urged(now, roster), *_returned(now, roster), *_given(now, roster), *_handed_over(now, roster)]
    found += [*_decided(now, roster), *_answered(now, roster), *_left_over(now, roster)]
    if now.is_morning:
        found += [*_by_deadline(now, roster), *_awaiting(roster), *_asked(roster), *_hindered(roster)]
        found += [*_to_review(now, roster), *_changed(now, roster), *_unmanned(now, roster)]
    return found


def open_work() -> QuerySet[Assignment]:
    """What units still have to do under documents in force."""
    return _read(Assignment.objects.filter(state__in=OPEN, directive__state=DirectiveState.ISSUED))


def _read(work):
    return work.order_by().select_related("unit").only(*READ)


# --- By the deadline ----------------------------------------------------------------------------


def _by_deadline(now, roster) -> Iterator[Telling]:
    """Of each work the heaviest word for each person: whoever is told of a red is not told of the yellow."""
    table = levels()
    for work in open_work().filter(due_on__lt=now.following + FARTHEST, issued_on__lte=now.day):
        told: dict[int, NoticeKind] = {}
        for kind, people in _words(now, table, roster, work):
            for person in people:
                told[person] = min(kind, told.get(person, kind), key=HEAVIEST_FIRST.__getitem__)
        for person, kind in told.items():
            yield Telling(person, kind, work.directive_id, work.pk)


def _words(now, table, roster, work):
    past = (now.day - work.due_on).days
    for level in table:
        if level.holds(past):
            yield level.kind, level.told(roster, work)
    for kind, days in REMINDERS.items():
        if now.day <= work.due_on - timedelta(days=days) < now.following:
            yield kind, audience.of_unit(roster, work)


# --- What waits ---------------------------------------------------------------------------------


def _awaiting(roster) -> Iterator[Telling]:
    for work in _read(Assignment.objects.filter(state=AssignmentState.REPORTED)):
        for person in audience.deciders(roster, work):
            yield Telling(person, NoticeKind.AWAITING, work.directive_id, work.pk)


def _asked(roster) -> Iterator[Telling]:
    """More time, or another unit: whoever gave the work answers."""
    requests = Request.objects.filter(assignment=OuterRef("pk"), decision=Decision.PENDING)
    asked = open_work().annotate(
        extension_by_leader=F("directive__extension_by_leader"),
        more_time=Exists(requests.filter(kind=RequestKind.EXTENSION)),
        not_ours=Exists(requests.filter(kind=RequestKind.DECLINE)),
    )
    for work in asked.filter(Q(more_time=True) | Q(not_ours=True)):
        for person in _answering(roster, work):
            yield Telling(person, NoticeKind.ASKED, work.directive_id, work.pk)


def _answering(roster, work) -> set[int]:
    return (audience.extenders(roster, work) if work.more_time else set()) | (
        audience.movers(roster, work) if work.not_ours else set()
    )


def _hindered(roster) -> Iterator[Telling]:
    """What stands in the way of work: with whom it lies answers."""
    waiting = ProgressNote.objects.filter(answered_at=None, assignment__in=open_work()).exclude(obstacle="")
    for note in waiting.order_by().select_related("assignment"):
        for person in audience.clearers(roster, note.assignment, note):
            yield Telling(person, NoticeKind.ASKED, note.assignment.directive_id, note.assignment_id)


def _to_review(now, roster) -> Iterator[Telling]:
    """Work that rests, or has no deadline, and whose day of review has come: whoever gave it decides how it goes on."""
    due = paused_until(now.day) | is_undated() & Q(review_on__lte=now.day)
    given = Assignment.objects.filter(due, issued_on__lte=now.day, directive__state=DirectiveState.ISSUED)
    for work in _read(given):
        for person in audience.movers(roster, work):
            yield Telling(person, NoticeKind.REVIEW, work.directive_id, work.pk)


def _returned(now, roster) -> Iterator[Telling]:
    """At once when a report comes back; each later morning while it has not been sent again."""
    newest = Report.objects.filter(assignment=OuterRef("pk"), outcome=ReportOutcome.RETURNED)
    back = open_work().filter(is_returned=True)
    for work in back.annotate(returned_at=_first(newest.order_by("-decided_at"), "decided_at")):
        for person in audience.of_unit(roster, work):
            if work.returned_at and work.returned_at >= _oldest(now):
                yield Telling(person, NoticeKind.RETURNED, work.directive_id, work.pk, work.returned_at)
            if now.is_morning:
                yield Telling(person, NoticeKind.STILL_RETURNED, work.directive_id, work.pk)


def _urged(now, roster) -> Iterator[Telling]:
    """What the unit was urged to, asked or told, and has not answered; who has reported is not hurried on any more."""
    waiting = Urging.objects.filter(assignment=OuterRef("pk"), replied_at=None, urged_at__gte=_oldest(now))
    said = {
        kind.value: _first(waiting.filter(kind=kind).order_by("-urged_at"), "urged_at") for kind in UrgingKind
    }
    work = _read(Assignment.objects.filter(state__in=UNDECIDED, directive__state=DirectiveState.ISSUED))
    for one in work.annotate(**said).filter(Exists(waiting)):
        for kind, since in ((kind, getattr(one, kind)) for kind in UrgingKind):
            if since and (kind != UrgingKind.URGE or one.state in OPEN):
                for person in audience.of_unit(roster, one):
                    yield Telling(person, TOLD_AS[kind], one.directive_id, one.pk, since)


def _unmanned(now, roster) -> Iterator[Telling]:
    """Units that have work and nobody who answers for them: whoever follows it up is told, by document."""
    alone = open_work().filter(rules.unmanned(day=now.day)).select_related(None).only("directive", "issuer")
    for work in {(one.directive_id, one.issuer_id): one for one in alone}.values():
        for person in audience.monitors(roster, work):
            yield Telling(person, NoticeKind.UNMANNED, work.directive_id)


# --- What was decided ---------------------------------------------------------------------------


def _decided(now, roster) -> Iterator[Telling]:
    """What became of what the unit asked for; more time given unasked is told likewise."""
    answered = Request.objects.filter(
        decision__in=[Decision.GRANTED, Decision.REFUSED],
        decided_at__gte=_oldest(now),
        assignment__directive__state=DirectiveState.ISSUED,
    )
    for one in answered.order_by("decided_at").select_related("assignment__unit"):
        work, kind = one.assignment, _answer(one)
        if kind == NoticeKind.LET_OFF or work.state in OPEN:
            for person in audience.of_unit(roster, work):
                yield Telling(person, kind, work.directive_id, work.pk, one.decided_at)


def _answer(request) -> NoticeKind:
    if request.decision == Decision.REFUSED:
        return NoticeKind.REFUSED
    return NoticeKind.EXTENDED if request.kind == RequestKind.EXTENSION else NoticeKind.LET_OFF


def _answered(now, roster) -> Iterator[Telling]:
    """What stood in the way was answered; work without a deadline was given one."""
    notes = ProgressNote.objects.filter(assignment=OuterRef("pk"), answered_at__isnull=False)
    dated = Event.objects.filter(object_type="assignment", object_id=OuterRef("pk"), verb="set_deadline")
    lately = open_work().filter(updated_at__gte=_oldest(now))
    moments = {
        NoticeKind.ANSWERED.value: _first(notes.order_by("-answered_at"), "answered_at"),
        NoticeKind.DATED.value: _first(dated.order_by("-at", "-pk"), "at"),
    }
    for work in lately.annotate(**moments):
        for kind in (NoticeKind.ANSWERED, NoticeKind.DATED):
            since = getattr(work, kind.value)
            if since and since >= _oldest(now):
                for person in audience.of_unit(roster, work):
                    yield Telling(person, kind, work.directive_id, work.pk, since)


def _changed(now, roster) -> Iterator[Telling]:
    """Work whose clock was stopped, that goes on, or that the unit was let off unasked."""
    of_this_life = Q(assignment__begun_anew_at=None) | Q(decided_at__gte=F("assignment__begun_anew_at"))
    asked = Request.objects.filter(
        of_this_life, assignment=OuterRef("pk"), kind=RequestKind.DECLINE, decision=Decision.GRANTED
    )
    lately = Assignment.objects.filter(
        state__in=MOVES,
        updated_at__gte=_oldest(now),
        directive__state=DirectiveState.ISSUED,
    )
    moves = Event.objects.filter(object_type="assignment", object_id=OuterRef("pk"), verb__in=MOVES.values())
    newest = moves.order_by("-at", "-pk")
    moved = _read(lately).annotate(moved_at=_first(newest, "at"), moved_by=_first(newest, "verb"))
    for work in moved.filter(moved_at__gte=_oldest(now)).exclude(Exists(asked)):
        if work.moved_by != MOVES[AssignmentState(work.state)]:
            continue
        for person in audience.of_unit(roster, work):
            yield Telling(person, NoticeKind.CHANGED, work.directive_id, work.pk, work.moved_at)


# --- What is new --------------------------------------------------------------------------------


def _given(now, roster) -> Iterator[Telling]:
    """A document gives work that the unit has not received: at once, and once more the next morning."""
    added = Recipient.objects.filter(directive=OuterRef("directive"), unit=OuterRef("unit"))
    given = open_work().filter(state=AssignmentState.NOT_STARTED)
    given = given.annotate(
        issued_at=F("directive__issued_at"),
        handed_on_at=F("transferred_from__updated_at"),
        added_at=_first(added, "added_at"),
    )
    newest: dict[tuple[int, int], datetime] = {}
    moments = ("issued_at", "handed_on_at", "added_at", "begun_anew_at")
    recent = [Q(**{f"{name}__gte": _oldest(now)}) for name in moments]
    for work in given.filter(reduce(or_, recent)):
        came_at = work.begun_anew_at or work.handed_on_at or work.added_at
        since = max(filter(None, (came_at, work.issued_at)))
        for person in audience.of_unit(roster, work):
            key = (person, work.directive_id)
            newest[key] = max(since, newest.get(key, since))
    for (person, directive), since in newest.items():
        yield Telling(person, NoticeKind.ASSIGNED, directive, since=since)
        if now.is_morning:
            yield Telling(person, NoticeKind.NEW, directive, since=since)


def _handed_over(now, roster) -> Iterator[Telling]:
    """The head gave work to a person, or gave back what they had prepared, and it was not that person's own act."""
    of_work = Event.objects.filter(object_type="assignment", object_id=OuterRef("pk")).order_by("-at", "-pk")
    newest, back = of_work.filter(verb__in=HANDED), of_work.filter(verb="send_back_internally")
    laid = Report.objects.filter(assignment=OuterRef("pk"), outcome=ReportOutcome.INTERNAL, decided_at=None)
    given = (
        open_work()
        .exclude(assignee=None)
        .annotate(
            handed_at=_first(newest, "at"),
            handed_by=_first(newest, "actor_id"),
            back_at=_first(back, "at"),
            back_by=_first(back, "actor_id"),
            is_laid=Exists(laid),
        )
    )
    since = _oldest(now)
    for work in given.filter(Q(handed_at__gte=since) | Q(back_at__gte=since)):
        for person in audience.assignee(roster, work):
            if work.handed_at and work.handed_at >= since and work.handed_by != person:
                yield Telling(person, NoticeKind.ASSIGNED, work.directive_id, work.pk, work.handed_at)
            if work.back_at and work.back_at >= since and work.back_by != person and not work.is_laid:
                yield Telling(person, NoticeKind.HANDED_BACK, work.directive_id, work.pk, work.back_at)


def _left_over(now, roster) -> Iterator[Telling]:
    """What somebody who left was doing lies before the head again."""
    handed = Event.objects.filter(object_type="assignment", object_id=OuterRef("pk"), verb__in=HANDED)
    newest = handed.order_by("-at", "-pk")
    back = (
        open_work()
        .filter(assignee=None, updated_at__gte=_oldest(now))
        .annotate(
            verb=_first(newest, "verb"), handed_at=_first(newest, "at"), handed_by=_first(newest, "actor_id")
        )
    )
    for work in back.filter(verb="hand_over", handed_at__gte=_oldest(now)):
        for person in audience.answerable(roster, work) - {work.handed_by}:
            yield Telling(person, NoticeKind.LEFT_OVER, work.directive_id, work.pk, work.handed_at)


def _first(rows, field):
    return Subquery(rows.values(field)[:1])


def _oldest(now: Hour) -> datetime:
    """Before this moment nothing is news."""
    return timezone.make_aware(datetime.combine(now.day - FRESH, time.min))
