"""What the dashboard asks for. Each function is one question over all visible rows: the one place that decides from
what it is answered, so that sums kept ready can take the place of counting wherever they say the same."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from django.db.models import F, Min, QuerySet

from .figures import UnitFigures, by_unit, standing_on
from .levels import Level, earliest, folded
from .months import MONTHS, by_done_month, by_due_month, months_until
from .spans import THEN, Span
from .tally import Tally

SPARK_MONTHS = 6


def unit_figures(assignments: QuerySet, span: Span) -> list[UnitFigures]:
    """Each unit's tally in the period, the worst rate first. One query."""
    return by_unit(assignments, span)


def unit_figures_before(assignments: QuerySet, span: Span) -> list[UnitFigures]:
    """The same of the period before, as it stood at its end. One query, none where no period is named."""
    before = span.before()
    return by_unit(assignments, before) if before else []


def due_figures(assignments: QuerySet, span: Span) -> dict[tuple, Tally]:
    """(month, path of the unit) → what fell due in the twelve months until the end of the period. One query."""
    return by_due_month(assignments, span.as_of, months_of(span), "unit__path")


def finished_figures(assignments: QuerySet, span: Span) -> dict[tuple, Tally]:
    """(month,) → what was finished in the twelve months until the end of the period. One query."""
    return by_done_month(assignments, span.as_of, months_of(span))


def longest_overdue(assignments: QuerySet, span: Span) -> dict[str, date]:
    """Path of the unit → the earliest deadline of what is overdue. One query."""
    overdue = standing_on(assignments, span).filter(stands__in=Tally.overdue.standings)
    found = overdue.order_by().annotate(due_then=F(f"{THEN}due_on")).values_list("unit__path")
    return dict(found.annotate(oldest=Min("due_then")))


def months_of(span: Span):
    """The months of a trend: they end with the period, or with the day."""
    return months_until(min(span.last or span.as_of, span.as_of), MONTHS)


def compared(
    rows: Iterable[UnitFigures],
    level: Level,
    *,
    before: Iterable[UnitFigures],
    due: Mapping[tuple, Tally],
    oldest: Mapping[str, date],
    months,
) -> list[UnitFigures]:
    """The rows of a table (`by_child`), each with its rate before, its last months and its oldest overdue work."""
    earlier = folded({(one.path,): one.tally for one in before}, level)
    monthly, first_due = folded(due, level), earliest(oldest, level)
    lately = [one.first for one in months[-SPARK_MONTHS:]]
    return [
        replace(
            one,
            rate_before=earlier.get((one.path,), Tally()).rate_headline,
            rates=tuple(monthly.get((month, one.path), Tally()).rate_headline for month in lately),
            oldest=first_due.get(one.path),
        )
        for one in rows
    ]
