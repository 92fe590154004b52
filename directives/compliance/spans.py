"""Over which days figures are reckoned: what counts in a period, and how each row came into it."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import (
    Case,
    CharField,
    DateField,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextChoices,
    Value,
    When,
)
from django.db.models.functions import Greatest
from django.db.models.lookups import LessThanOrEqual

from directives import periods, phases
from directives.enums import ENDED
from directives.models import Assignment
from units import clock

THEN = phases.PREFIX
_DAY = timedelta(days=1)
# On these days the months of the calendar, and those of Nghị định 09/2019, begin.
_MONTHS_BEGIN = (1, periods.CUT_OFF_DAY)


@dataclass(frozen=True)
class Span:
    """The period from `first` to `last`, both included, as it was known at the end of `as_of`.

    A row counts when it was received by `last` and was unfinished at `as_of`, or was finished on `first` or later.
    Work finished in an earlier period and opened again counts once more. Without `first`, all that was given.
    `due_in` and `reported_in` (a first and a last day) leave of these rows what fell due, or was reported, in between.
    """

    as_of: date
    first: date | None = None
    last: date | None = None
    due_in: tuple[date, date] | None = None
    reported_in: tuple[date, date] | None = None

    @classmethod
    def of(cls, when: "date | Span") -> "Span":
        return when if isinstance(when, Span) else cls(when)

    @classmethod
    def until(cls, last: date, *, first: date | None = None, as_of: date | None = None) -> "Span":
        """As it stood when the period ended, and until then as it stands; or at the end of another day."""
        return cls(as_of or min(last, clock.today()), first, last)

    @classmethod
    def named(cls, key: str, *, as_of: date | None = None) -> "Span":
        """The period of a key ("2024-Q3", "2024-Q3c"). Raises ValueError for what is no key."""
        period = periods.read(key)
        return cls.until(period.last, first=period.first, as_of=as_of)

    def before(self) -> "Span | None":
        """The period before, as it stood at its end: as many whole months where it is of months, else as many days. None
        without a first day, and where the calendar does not go back so far."""
        if self.first is None:
            return None
        try:
            return self._before(self.first)
        except (ValueError, OverflowError):
            return None

    def _before(self, first):
        following = (self.last or self.as_of) + _DAY
        eve = first - _DAY
        if following.day != first.day or first.day not in _MONTHS_BEGIN:
            return replace(self, as_of=eve, first=eve - (following - first) + _DAY, last=eve)
        months = (following.year - first.year) * 12 + following.month - first.month
        year, month = divmod(first.year * 12 + first.month - 1 - months, 12)
        return replace(self, as_of=eve, first=first.replace(year=year, month=month + 1), last=eve)


class Arrival(TextChoices):
    """How a row came to be owed in the period."""

    CARRIED_OVER = "carried_over"
    ASSIGNED = "assigned"
    TRANSFERRED_IN = "transferred_in"


def within(assignments: QuerySet, span: Span) -> QuerySet:
    """The rows that count in the period, each with `then_state`, `then_due_on` … and `received_on`. No query by itself.

    A recurring period that has not begun counts nowhere.
    """
    known = _known(assignments, span.as_of).filter(**_dated(span))
    if span.first is None and span.last is None:
        return known
    known = known.alias(received_on=received_on(span))
    if span.last and span.last < span.as_of:
        known = known.filter(received_on__lte=span.last)
    if span.first:
        finished = Q(**{f"{THEN}state__in": ENDED})
        known = known.filter(~finished | Q(**{f"{THEN}since_on__gte": span.first}))
    return known


def arrival(span: Span) -> Case:
    """How a row of `within` came into the period, as SQL; without `first` everything was assigned, or transferred in."""
    arrivals = [When(_handed_on(span), then=Value(Arrival.TRANSFERRED_IN))]
    if span.first:
        arrivals.insert(0, When(received_on__lt=span.first, then=Value(Arrival.CARRIED_OVER)))
    return Case(*arrivals, default=Value(Arrival.ASSIGNED), output_field=CharField())


def _known(assignments, as_of):
    if as_of < clock.today():
        return phases.as_of(assignments, as_of)
    return phases.as_now(assignments).filter(issued_on__lte=as_of)


def _dated(span):
    dates = {"due_on": span.due_in, "reported_on": span.reported_in}
    return {f"{THEN}{name}__range": days for name, days in dates.items() if days}


def received_on(span: Span) -> Case:
    """The day a row came to be owed, as SQL. What was handed on was received on the day its giver was rid of it, a period that
    had not begun on its first day."""
    handed_on = When(_handed_on(span), then=Greatest(_rid_on(), F(f"{THEN}issued_on")))
    return Case(handed_on, default=F(f"{THEN}issued_on"), output_field=DateField())


def _handed_on(span):
    """Asked of the few rows that came from a giver: a join would look through all rows for the givers of all."""
    return Q(transferred_from__isnull=False) & Q(LessThanOrEqual(_rid_on(), span.as_of))


def _rid_on():
    """NULL where the unit was let off since and given the work anew: what is handed on keeps its giver's day of issue."""
    given = {"pk": OuterRef("transferred_from"), "issued_on": OuterRef(f"{THEN}issued_on")}
    giver = Assignment.objects.filter(**given).order_by()
    return Subquery(giver.values("since_on"), output_field=DateField())
