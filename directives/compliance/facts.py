"""What is known of a row in a period, beyond where it stands: each fact once, as SQL, to be counted and to be listed by."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.db.models import (
    Case,
    CharField,
    Count,
    DateField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, TruncDate
from django.utils import timezone

from directives.enums import ENDED, OPEN, AssignmentState, Decision, ReportOutcome, RequestKind, UrgingKind
from directives.models import Phase, ProgressNote, Report, Request, Urging
from directives.standing import standing

from .spans import THEN, Span, arrival, received_on

SILENT_DAYS = 30
WEEK, MONTH = 7, 30
FIRST = "at_first_"


class Fact(NamedTuple):
    """What is counted together in the official table."""

    stands: str
    duty_then: str
    came_back: bool
    # Where it would stand by its first deadline.
    stood_first: str
    arrival: str
    # Whether it was cancelled or handed on.
    left: str
    is_dated: bool
    # Of what is overdue: for how long.
    band: str
    is_unacknowledged: bool
    is_silent: bool
    is_reopened: bool
    has_asked: bool
    was_granted: bool
    # How often the Office urged the unit.
    urged: int

    @property
    def is_urged(self) -> bool:
        return self.urged > 0


class Band:
    """For how many days work is overdue."""

    WEEK = "1-7"
    MONTH = "8-30"
    LONGER = "30+"
    NONE = ""


def with_facts(counted: QuerySet, span: Span, *names: str) -> QuerySet:
    """The rows of `standing_on`, each annotated with the facts named. No query by itself."""
    if span.first is None and span.last is None and {"arrival", "is_silent", "is_prompt"} & set(names):
        counted = counted.alias(received_on=received_on(span))
    if "stood_first" in names:
        counted = counted.alias(**_by_first_deadline())
    return counted.annotate(**{name: FACTS[name](span) for name in names if name in FACTS})


def end_of(day: date) -> datetime:
    """The first moment that is no more of the day."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def in_period(span: Span, field: str) -> Q:
    """A moment of the period that was known at `as_of`."""
    last = min(span.last or span.as_of, span.as_of)
    during = Q(**{f"{field}__lt": end_of(last)})
    if span.first:
        during &= Q(**{f"{field}__gte": end_of(span.first - timedelta(days=1))})
    return during


def _by_first_deadline():
    """What had no deadline then had no first one either, though one was set since."""
    dated = When(**{f"{THEN}due_on__isnull": False}, then=Coalesce(f"{THEN}first_due_on", f"{THEN}due_on"))
    return {
        f"{FIRST}state": F(f"{THEN}state"),
        f"{FIRST}reported_on": F(f"{THEN}reported_on"),
        f"{FIRST}due_on": Case(dated, default=None, output_field=DateField()),
    }


def whether(condition: Q) -> Case:
    """What a row is annotated with that says whether this holds of it."""
    return Case(When(condition, then=Value(True)), default=Value(False))


def _is_dated(span):
    return whether(Q(**{f"{THEN}due_on__isnull": False}))


def _left(span):
    gone = [
        When(**{f"{THEN}state": state}, then=Value(state.value))
        for state in (AssignmentState.CANCELLED, AssignmentState.TRANSFERRED)
    ]
    return Case(*gone, default=Value(""), output_field=CharField())


def _band(span):
    late = Q(**{f"{THEN}state__in": OPEN, f"{THEN}due_on__lt": span.as_of})

    def within(days):
        return late & Q(**{f"{THEN}due_on__gte": span.as_of - timedelta(days=days)})

    return Case(
        When(within(WEEK), then=Value(Band.WEEK)),
        When(within(MONTH), then=Value(Band.MONTH)),
        When(late, then=Value(Band.LONGER)),
        default=Value(Band.NONE),
        output_field=CharField(),
    )


def _is_unacknowledged(span):
    return whether(Q(**{f"{THEN}state": AssignmentState.NOT_STARTED}))


def _is_silent(span):
    """Still to be done, received more than 30 days ago, and in these days neither acknowledged, noted upon nor reported. What
    is laid before the unit's head alone is nothing that the unit has said; what it took back is a sign of it all the same."""
    edge = span.as_of - timedelta(days=SILENT_DAYS)
    known = {"gte": end_of(edge - timedelta(days=1)), "lt": end_of(span.as_of)}
    # Of what is computed nothing is known to be NULL: "not acknowledged then" is said in all its parts.
    taken_up = f"{THEN}acknowledged_at"
    unacknowledged = Q(**{f"{taken_up}__isnull": True}) | Q(**{f"{taken_up}__lt": known["gte"]})
    unacknowledged |= Q(**{f"{taken_up}__gte": known["lt"]})
    told = _of_row(ProgressNote, **{f"noted_at__{side}": moment for side, moment in known.items()})
    reported = _of_row(Report, **{f"reported_at__{side}": moment for side, moment in known.items()})
    reported = reported.exclude(outcome=ReportOutcome.INTERNAL)
    still = Q(**{f"{THEN}state__in": OPEN}) & Q(received_on__lt=edge)
    return whether(still & unacknowledged & ~Q(Exists(told)) & ~Q(Exists(reported)))


def _is_reopened(span):
    """Owed though it had been accepted: opened again in the period, or supplied with new evidence."""
    ended = {"last_on__lt": span.as_of}
    if span.first:
        ended["last_on__gte"] = span.first - timedelta(days=1)
    done = _of_row(Phase, state=AssignmentState.ACCEPTED, **ended)
    return whether(~Q(**{f"{THEN}state__in": ENDED}) & Q(Exists(done)))


def _has_asked(span):
    """A request that is taken back later, by whoever made it, was made all the same: the figures of that day do not move."""
    asked = _of_row(Request, in_period(span, "asked_at"), kind=RequestKind.EXTENSION)
    return whether(Q(Exists(by_units(asked))))


def by_units(requests: QuerySet[Request]) -> QuerySet[Request]:
    """Those that a unit made: what the Office gives unasked it asks for and grants in one act."""
    return requests.exclude(decided_by=F("asked_by"), decided_at=F("asked_at"))


def _was_granted(span):
    granted = _of_row(Request, in_period(span, "decided_at"), kind=RequestKind.EXTENSION)
    return whether(Q(Exists(granted.filter(decision=Decision.GRANTED))))


def _urged(span):
    """Counted for the few rows of which somebody was urged at all."""
    counted = _urgings(span).order_by().values("assignment").annotate(n=Count("pk")).values("n")
    return Case(When(Exists(_urgings(span)), then=Subquery(counted)), default=Value(0))


def _is_urged(span):
    return whether(Q(Exists(_urgings(span))))


def _urgings(span):
    return _of_row(Urging, in_period(span, "urged_at"), kind=UrgingKind.URGE)


def _is_prompt(span):
    """Acknowledged on the day it was received."""
    return whether(Q(received_on=TruncDate(f"{THEN}acknowledged_at")))


def _is_acknowledged(span):
    return whether(Q(**{f"{THEN}acknowledged_at__lt": end_of(span.as_of)}))


def _of_row(model, *where, **which):
    return model.objects.filter(*where, assignment=OuterRef("pk"), **which)


# `stands`, `duty_then` and `came_back` are there already.
FACTS: dict[str, Callable[[Span], Case]] = {
    "stood_first": lambda span: standing(span.as_of, FIRST),
    "arrival": arrival,
    "left": _left,
    "is_dated": _is_dated,
    "band": _band,
    "is_unacknowledged": _is_unacknowledged,
    "is_silent": _is_silent,
    "is_reopened": _is_reopened,
    "has_asked": _has_asked,
    "was_granted": _was_granted,
    "urged": _urged,
    "is_urged": _is_urged,
    "is_acknowledged": _is_acknowledged,
    "is_prompt": _is_prompt,
}
