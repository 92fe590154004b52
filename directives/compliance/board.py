"""What the dashboard asks for: the one place that decides whether a question over all visible rows is answered by
counting them, or from the counters where they say the same."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, partial
from typing import Any

from django.conf import settings
from django.db.models import F, Min, OuterRef, Q, QuerySet, Subquery
from django.utils.dateparse import parse_date

from directives import phases
from directives.enums import Duty
from directives.periods import Period
from directives.standing import overdue
from units import statements
from units.models import Unit
from units.rules import reach

from .figures import (
    DirectiveFigures,
    UnitFigures,
    by_directive,
    by_unit,
    comparable,
    newest_seen,
    standing_on,
)
from .levels import Level, earliest, folded
from .months import MONTHS, Month, by_done_month, by_due_month, months_until, trend
from .rolled import EVERY, Rolled, serves
from .spans import THEN, Span
from .tally import Tally

SPARK_MONTHS = 6


@dataclass(frozen=True)
class Board:
    """Of which rows the dashboard tells, in which period. Among many rows the counters answer what they can.

    `under` says the same of units, where the rows are narrowed by nothing else; else None, and all is counted live.
    """

    user: Any
    rows: QuerySet
    span: Span
    under: Q | None = None

    @cached_property
    def units(self) -> list[UnitFigures]:
        """Each unit's tally in the period, in no order. One query; three from the counters, which then have answered the
        months too, and more where the person does not see all units."""
        return self._rolled.figures if self._rolled else by_unit(self.rows, self.span)

    @cached_property
    def units_before(self) -> list[UnitFigures]:
        """The same of the period before, as it stood at its end. One query, none where no period is named."""
        before = self.span.before()
        return by_unit(self.rows, before) if before else []

    def trend(self, duty: str) -> list[Month]:
        """The twelve months until the end of the period: the lead duties falling due in each, and what of this duty (""
        is both) was finished in it. One query; none from the counters."""
        if self._rolled:
            due, finished = (
                {(month,): one for month, one in told.items()}
                for told in (self._rolled.due(Duty.LEAD), self._rolled.reported(duty))
            )
        else:
            due, finished = self._due_by_unit, by_done_month(self._of(duty), self.span, self.months)
        return trend(self.months, due, finished)

    def due(self, level: Level, rows: Collection[str]) -> dict[tuple, Tally]:
        """(first day of a month, path of a row of the level, one of `rows`) → what fell due of its lead duties in the
        last months. One query, with that of `trend`; none from the counters."""
        if self._rolled:
            return self._rolled.due_by_row(level, rows)
        among = {key: one for key, one in self._due_by_unit.items() if level.row_of(key[-1]) in rows}
        return folded(among, level)

    @cached_property
    def _due_by_unit(self):
        return by_due_month(self._of(Duty.LEAD), self.span, self.months, "unit__path")

    def oldest(self, duty: str) -> dict[str, date]:
        """Path of the unit → the earliest deadline of what is overdue; of both duties for "". One query."""
        if self._rolled:
            return self._oldest_of_each(duty)
        overdue = standing_on(self._of(duty), self.span).filter(stands__in=Tally.overdue.standings)
        found = overdue.order_by().annotate(due_then=F(f"{THEN}due_on")).values_list("unit__path")
        return dict(found.annotate(oldest=Min("due_then")))

    def documents(self, duty: str, *, limit: int) -> list[DirectiveFigures]:
        """The newest documents with unfinished work, the most overdue first. One query."""
        among = partial(newest_seen, self.user) if self._rolled and not self.under else None
        key = ("documents", *self._asked(duty), limit) if self._rolled else None
        return by_directive(self._of(duty), self.span, limit=limit, among=among, key=key)

    @cached_property
    def months(self) -> list[Period]:
        """The months of a trend: they end with the period, or with the day."""
        return months_until(min(self.span.last or self.span.as_of, self.span.as_of), MONTHS)

    def _of(self, duty):
        return phases.in_duty(self.rows, duty, self.span.as_of) if duty else self.rows

    @cached_property
    def _rolled(self) -> Rolled | None:
        """The counters, where they are asked: few rows are counted as fast, and by fewer questions."""
        if self.under is None or not serves(self.span):
            return None
        first, last = self.months[0].first, self.months[-1].last
        sparks = (self.months[-SPARK_MONTHS].first, last)
        whose = (self.user, self.span, self.under or EVERY)
        of_rates = Tally.fallen_due.standings
        told = Rolled(*whose, (first, last), sparks, Duty.LEAD, of_rates, settings.COUNTERS_FROM)
        return told if told.is_kept else None

    def _oldest_of_each(self, duty):
        """By the index of each unit's open work: the first late row of each, and no other is read."""
        rolled = self._rolled

        def ask():
            late = self._of(duty).filter(overdue(self.span.as_of), unit=OuterRef("pk"))
            first = Subquery(late.order_by("due_on", "pk").values("due_on")[:1])
            units = Unit.objects.filter(rolled.told_of)
            return units.order_by().annotate(oldest=first).values_list("path", "oldest")

        found = statements.rows(("oldest", *self._asked(duty)), ask) if rolled.is_whole else ask()
        return {path: parse_date(str(day)) for path, day in found if day}

    def _asked(self, duty):
        """What a question of the board depends on, where the counters alone answer for its units."""
        return reach(self.user), self.span, self.under, duty


def compared(
    rows: Iterable[UnitFigures],
    level: Level,
    *,
    before: Iterable[UnitFigures],
    due: Mapping[tuple, Tally],
    oldest: Mapping[str, date],
    months,
) -> list[UnitFigures]:
    """The rows of a table (`by_child`), each with its rate before, its last months and its oldest overdue work.

    `before` and `oldest` are of units, `due` is of the rows already.
    """
    earlier = folded({(one.path,): one.tally for one in before}, level)
    first_due = earliest(oldest, level)
    lately = [one.first for one in months[-SPARK_MONTHS:]]
    return [
        replace(
            one,
            rate_before=comparable(earlier.get((one.path,), Tally())),
            rates=tuple(due.get((month, one.path), Tally()).rate_headline for month in lately),
            oldest=first_due.get(one.path),
        )
        for one in rows
    ]
