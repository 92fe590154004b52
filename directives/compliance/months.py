"""How figures went from month to month, as they are known on one day."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import QuerySet
from django.db.models.functions import TruncMonth

from directives import periods
from directives.enums import Recurrence

from .figures import counted, standing_on
from .spans import THEN, Span
from .tally import Tally

# As many as a trend shows.
MONTHS = 12
_MONTHLY = periods.Rule(Recurrence.MONTHLY)


@dataclass(frozen=True)
class Month:
    """A month of the calendar by its key ("2024-M06"): the work `due` in it, and what was `finished` in it."""

    key: str
    first: date
    due: Tally
    finished: Tally

    @property
    def rate(self) -> float | None:
        """The headline rate of what fell due in this month."""
        return self.due.rate_headline


def months_until(last: date, count: int) -> list[periods.Period]:
    """The month of the day and those before it, the oldest first."""
    found = [periods.period_on(_MONTHLY, last)]
    while len(found) < count:
        found.insert(0, periods.period_on(_MONTHLY, found[0].first - timedelta(days=1)))
    return found


def by_due_month(
    assignments: QuerySet, when: date | Span, months: list[periods.Period], *fields: str
) -> dict[tuple, Tally]:
    """(first day of the month, *fields) → the tally of the work falling due in it, whatever the period. One query."""
    return _by_month(assignments, replace(_of_any_period(when), due_in=_whole(months)), "due_on", fields)


def by_done_month(
    assignments: QuerySet, when: date | Span, months: list[periods.Period], *fields: str
) -> dict[tuple, Tally]:
    """(first day of the month, *fields) → the tally of the work last reported in it; `done` is what was completed.

    The day of the report decides, as everywhere. One query.
    """
    span = replace(_of_any_period(when), reported_in=_whole(months))
    return _by_month(assignments, span, "reported_on", fields)


def trend(months: list[periods.Period], due: dict[tuple, Tally], finished: dict[tuple, Tally]) -> list[Month]:
    """The months in a row, whatever else the tallies are parted by added up; one without work has empty tallies."""
    return [
        Month(one.key, one.first, _of_month(due, one.first), _of_month(finished, one.first)) for one in months
    ]


def _by_month(assignments, span, date_of, fields):
    found = standing_on(assignments, span).annotate(month=TruncMonth(f"{THEN}{date_of}"))
    return counted(found, "month", *fields)


def _of_any_period(when):
    """As known on the same day; of what else narrows the days the month takes the place of its own."""
    return replace(Span.of(when), first=None, last=None)


def _whole(months):
    return months[0].first, months[-1].last


def _of_month(tallies, first):
    return Tally.sum(tally for (month, *_), tally in tallies.items() if month == first)
