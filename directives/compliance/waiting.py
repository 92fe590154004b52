"""What waits for one person, and the first lines of their day."""

from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import Count, Exists, F, Func, IntegerField, OuterRef, Q, QuerySet, Subquery, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from directives import rules
from directives.enums import (
    OPEN,
    AssignmentState,
    Decision,
    DirectiveState,
    ReportOutcome,
    RequestKind,
    UrgingKind,
)
from directives.models import Assignment, Directive, ProgressNote, Report, Request, Task, Urging
from directives.standing import DUE_SOON_DAYS, overdue
from units import clock, statements
from units.models import Unit
from units.rules import reach

from .counting import First, asked_daily
from .figures import visible
from .said import UNDECIDED, owes_answer
from .undated import to_review

# What the person's units have to do, which one piece of work may be in several ways.
TO_DO = ("my_overdue", "my_due_soon", "my_returned", "my_words")
DUE_SOON = timedelta(days=DUE_SOON_DAYS)


def to_decide(user) -> Q:
    """Reports that wait for this person's decision."""
    return rules.decidable_assignments(user) & Q(state=AssignmentState.REPORTED)


def to_answer(user) -> Q:
    """Open work for which a unit asks something that this person answers."""
    asked = Request.objects.filter(assignment=OuterRef("pk"), decision=Decision.PENDING)
    more_time = Exists(asked.filter(kind=RequestKind.EXTENSION))
    not_ours = Exists(asked.filter(kind=RequestKind.DECLINE))
    extendable, movable = rules.extendable_assignments(user), rules.movable_assignments(user)
    return Q(state__in=OPEN) & (extendable & Q(more_time) | movable & Q(not_ours))


def to_clear(user) -> Q:
    """Open work in whose way something stands that this person answers."""
    return Q(state__in=OPEN) & rules.clearable_assignments(user)


def requested_work(user) -> QuerySet[Assignment]:
    """The same, found by the few requests that wait, not by looking through all work."""
    waiting = Request.objects.filter(decision=Decision.PENDING).values("assignment")
    return Assignment.objects.filter(to_answer(user), pk__in=waiting)


def stuck_work(user) -> QuerySet[Assignment]:
    """What the person clears, found by the notes; also of work they do not see: only what stands in its way came to them."""
    waiting = ProgressNote.objects.filter(rules.held_obstacles(user), answered_at=None).values("assignment")
    return Assignment.objects.filter(state__in=OPEN, pk__in=waiting)


def to_hurry(user, as_of: date) -> Q:
    """Work of the person's own units that is past its deadline or came back."""
    return rules.owed_assignments(user) & (overdue(as_of) | Q(state__in=OPEN, is_returned=True))


@dataclass(frozen=True)
class Desk:
    """The numbers of one person's day. `waiting_since` is the oldest report's moment."""

    to_decide: int
    to_answer: int
    to_clear: int
    to_review: int
    waiting_since: datetime | None
    others_late: int
    unmanned: int
    instructed: int
    instructed_late: int
    my_overdue: int
    my_due_soon: int
    my_returned: int
    my_late_returned: int
    my_soon_returned: int
    my_awaiting: int
    my_words: int
    my_words_late: int
    my_work: int

    @property
    def waiting_on(self) -> date | None:
        """The day the oldest waiting report came in."""
        return timezone.localdate(self.waiting_since) if self.waiting_since else None


def desk(user, as_of: date) -> Desk:
    """What lies on the person's desk. One query, one more where reports wait.

    `instructed` is what a leader said and nobody has answered. `my_…` count what the units owe in which the person
    works; what came back may also be late or due soon, and an answer be owed of it: `my_work` is all of it, each once.
    `others_late` is 1 where `late_work` has anything to tell somebody who
    follows others, else 0.
    """
    found = asked_daily(_on_the_desk, user, as_of, together=("my_work", TO_DO))
    since = _waiting_since(user, as_of) if found["to_decide"] else None
    return Desk(**found, waiting_since=since)


def _on_the_desk(user, as_of) -> dict[str, QuerySet]:
    begun = _begun(as_of)
    given = begun.filter(rules.given_assignments(user), state__in=OPEN)
    said = _waiting_words(rules.instructed_assignments(user)).exclude(kind=UrgingKind.URGE)
    return {
        "to_decide": begun.filter(to_decide(user)),
        "to_answer": requested_work(user).filter(issued_on__lte=as_of),
        "to_clear": stuck_work(user),
        "to_review": begun.filter(to_review(user, as_of)),
        "others_late": _any(_late_of_others(user, as_of))
        if rules.follows_others(user)
        else Assignment.objects.none(),
        "instructed": said,
        "instructed_late": said.filter(reply_by__lt=as_of),
        "unmanned": _unmanned(given),
        **_of_my_units(begun.filter(rules.owed_assignments(user)), as_of),
    }


def _any(rows):
    return Assignment.objects.filter(pk__in=rows.order_by().values("pk")[:1])


def _begun(as_of):
    return Assignment.objects.filter(issued_on__lte=as_of)


def _waiting_since(user, as_of):
    waiting = _begun(as_of).filter(to_decide(user)).order_by("reported_at")
    return waiting.values_list("reported_at", flat=True).first()


def _unmanned(work):
    """Units of the work for which nobody answers: of the few such units, not of each row, it is asked whether they owe any."""
    owed = First(work.filter(unit=OuterRef("pk")).order_by("due_on", "pk"))
    return Unit.objects.filter(rules.unmanned(unit="pk")).alias(owed=owed).filter(owed__isnull=False)


def _of_my_units(mine, as_of):
    still_open = mine.filter(state__in=OPEN)
    late, due_soon = mine.filter(overdue(as_of)), still_open.filter(due_on__range=(as_of, as_of + DUE_SOON))
    return {
        "my_overdue": late,
        "my_due_soon": due_soon,
        "my_returned": still_open.filter(is_returned=True),
        "my_late_returned": late.filter(is_returned=True),
        "my_soon_returned": due_soon.filter(is_returned=True),
        "my_awaiting": mine.filter(state=AssignmentState.REPORTED),
        "my_words": mine.filter(owes_answer()),
        "my_words_late": mine.filter(owes_answer(reply_by__lt=as_of)),
    }


@dataclass(frozen=True)
class LateDocument:
    """A directive of which other units owe work late: what the person's office gave, and what they only watch."""

    directive_id: int
    code: str
    kind: str
    title: str
    given: int
    watched: int


@dataclass(frozen=True)
class LateWork:
    """What others owe late: how much the person's office gave, how much they only watch, and the worst documents."""

    given: int = 0
    watched: int = 0
    documents: tuple[LateDocument, ...] = ()

    @property
    def all(self) -> int:
        return self.given + self.watched


def late_work(user, as_of: date, *, limit: int) -> LateWork:
    """All of it, and so many documents: of what the person's office gave first, of that the most overdue. One query.

    The work of the person's own units is not in it.
    """
    late, given = _late_of_others(user, as_of), rules.given_assignments(user)
    # Counted by what PostgreSQL's index of open deadlines holds; of the few that are shown the document itself is read.
    counts = {"given": Count("directive", filter=given), "watched": Count("directive", filter=~given)}
    found = late.order_by().values("directive_id").annotate(**counts)
    found = found.order_by(*(f"-{name}" for name in counts), "-directive_id")
    sums = {f"all_{name}": Window(_SumOfCounts(name)) for name in counts}
    document = Directive.objects.filter(pk=OuterRef("directive_id")).order_by()
    header = {f"its_{name}": Subquery(document.values(name)) for name in ("code", "kind", "title")}
    rows = list(found.annotate(**sums, **header).values_list(*sums, "directive_id", *header, *counts)[:limit])
    if not rows:
        return LateWork()
    all_given, all_watched = rows[0][:2]
    return LateWork(all_given, all_watched, tuple(LateDocument(*row[2:]) for row in rows))


def _late_of_others(user, as_of):
    return visible(user).filter(overdue(as_of)).exclude(rules.owed_assignments(user))


class _SumOfCounts(Func):
    """Of all groups together, where each group is counted: no aggregate of Django's takes another."""

    function = "SUM"
    window_compatible = True
    output_field = IntegerField()


def late_given(user, as_of: date) -> QuerySet[Assignment]:
    """The late work that the person's office gave, each with how many `times_urged`. No query by itself."""
    urged = _urged().values("assignment")
    late = late_given_rows(user, as_of)
    return late.annotate(times_urged=Subquery(urged.annotate(n=Count("pk")).values("n")))


def late_given_rows(user, as_of):
    return Assignment.objects.filter(rules.given_assignments(user), overdue(as_of))


def unanswered(user) -> QuerySet[Urging]:
    """What was said to the units of the work that the person's office gave, and waits for an answer. No query by itself."""
    return _waiting_words(rules.given_assignments(user))


def _waiting_words(which: Q):
    work = Assignment.objects.filter(which, state__in=UNDECIDED, directive__state=DirectiveState.ISSUED)
    return Urging.objects.filter(replied_at=None, assignment__in=work)


def urged_in_vain(user, *, limit: int) -> list[Assignment]:
    """Open work that was urged too often without a report, the most often first, each with how many `times_urged`:
    it stands before the leader who gave it. One query, whose SQL is kept; none for who leads no office."""
    if not rules.instructing_offices(user):
        return []
    key = ("in vain", reach(user), clock.today(), settings.URGINGS_IN_VAIN, limit)
    return statements.objects(key, lambda: _urged_in_vain(user)[:limit])


def _urged_in_vain(user):
    since = Report.objects.filter(assignment=OuterRef("assignment"), reported_at__gt=OuterRef("urged_at"))
    told = Exists(since.exclude(outcome=ReportOutcome.INTERNAL))
    urged = _urged().filter(~Q(told)).values("assignment")
    work = Assignment.objects.filter(
        rules.instructed_assignments(user), state__in=OPEN, directive__state=DirectiveState.ISSUED
    )
    # The few that were urged are looked through, not all open work.
    work = work.filter(pk__in=Urging.objects.filter(kind=UrgingKind.URGE).values("assignment"))
    often = work.annotate(times_urged=Subquery(urged.annotate(n=Count("pk")).values("n")))
    often = often.filter(times_urged__gt=settings.URGINGS_IN_VAIN).select_related("task", "directive", "unit")
    return often.order_by("-times_urged", "due_on", "pk")


def _urged():
    """Of one piece of work what the Office urged; what its leader asked or said is no urging."""
    return Urging.objects.filter(assignment=OuterRef("pk"), kind=UrgingKind.URGE).order_by()


@dataclass(frozen=True)
class UnmannedUnit:
    """A unit for which nobody answers today, and how much open work it has."""

    unit_id: int
    name: str
    open: int
    overdue: int


def unmanned_units(which: Q, as_of: date) -> list[UnmannedUnit]:
    """Of the work meant, that of units for which nobody answers today; the most overdue first. One query."""
    work = Assignment.objects.filter(which, rules.unmanned(), state__in=OPEN)
    found = (
        work.filter(directive__state=DirectiveState.ISSUED).order_by().values_list("unit_id", "unit__name")
    )
    counted = found.annotate(open=Count("pk"), late=Count("pk", filter=overdue(as_of)))
    return [UnmannedUnit(*row) for row in counted.order_by("-late", "-open", "unit__name")]


@dataclass(frozen=True)
class DueDay:
    """How many units still owe one task on one day; it is `among` so many of that day, those that are left out too."""

    due_on: date
    among: int
    directive_id: int
    code: str
    task_id: int
    label: str
    units: int


def due_between(assignments: QuerySet[Assignment], first: date, last: date, *, limit: int) -> list[DueDay]:
    """What falls due on these days and is not reported yet: of each day so many tasks, those first that most units owe.
    One query."""
    due = assignments.filter(state__in=OPEN, due_on__range=(first, last)).order_by()
    counted = due.values("due_on", "directive_id", "task_id").annotate(units=Count("unit", distinct=True))
    # Said of each task alone: joined before they are counted, every task and document there is would be read.
    task = Task.objects.filter(pk=OuterRef("task_id")).order_by()
    order = (F("units").desc(), "directive_id", Subquery(task.values("position")), "task_id")
    counted = counted.annotate(
        place=Window(RowNumber(), partition_by=F("due_on"), order_by=order),
        among=Window(Count("*"), partition_by=F("due_on")),
    )
    code = Subquery(Directive.objects.filter(pk=OuterRef("directive_id")).order_by().values("code"))
    label = Subquery(task.values("label"))
    shown = counted.annotate(code=code, label=label).filter(place__lte=limit).order_by("due_on", "place")
    return [DueDay(*row) for row in shown.values_list(*(one.name for one in fields(DueDay)))]
