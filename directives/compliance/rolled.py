"""The figures of today from the counters (`directives.rollup`): the same tallies as `grouped` gives, whatever the history.

They serve what one person sees, of some units, in a period that is still running and begins with a month or its 15th, or
without a beginning. Any other question (issuer, kind, a document, a past day) is counted live.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Q, QuerySet

from directives import rollup, rules
from directives.models import Assignment
from units import clock
from units.models import Unit

from .figures import UnitFigures, grouped, worst_first
from .spans import Span
from .tally import Key, Tally, added_up

EVERY = Q()
# One object for each key: a dashboard counts by tens of thousands of them.
_KEYS = {
    (duty, returned): [Key(one, duty, returned) for one in rollup.COLUMNS]
    for duty in ("lead", "support")
    for returned in (False, True)
}


def serves(when: date | Span) -> bool:
    """Whether the counters know this period."""
    span, today = Span.of(when), clock.today()
    running = span.as_of == today and (span.last is None or span.last >= today)
    return running and (span.first is None or rollup.begins_bucket(span.first))


@dataclass(frozen=True)
class Rolled:
    """What the counters say of the units that are `under` (said of units), as far as one person sees their work.

    All that a page asks of them is asked at once. What a person sees that an office below gave to units elsewhere no
    counter tells: it is counted live, each question by one query that grows with that work; most people see none.
    """

    user: Any
    when: date | Span
    under: Q = EVERY
    # First and last day of the months that are told in a row, and of those that are told of each unit.
    trend: tuple[date, date] | None = None
    sparks: tuple[date, date] | None = None
    sparks_duty: str = ""

    @property
    def is_kept(self) -> bool:
        """Whether the counters can say it: nothing else may be asked where they cannot. Two queries, then none."""
        return self._told is not None

    @cached_property
    def tallies(self) -> dict[int, Tally]:
        """Unit → what `grouped(visible(user), when, "unit_id")` says of it."""
        told = _tallies((unit, sum_) for unit, _month, *sum_ in self._sums["owed"])
        if self._elsewhere is not None:
            told |= {unit: one for (unit,), one in grouped(self._elsewhere, self.when, "unit_id").items()}
        return told

    @cached_property
    def units(self) -> list[UnitFigures]:
        """The same as `by_unit` tells it, the worst rate first. One query for the names."""
        named = (self._named[pk] for pk in self.tallies)
        return worst_first(UnitFigures(pk, name, path, self.tallies[pk]) for pk, name, path in named)

    def due(self, duty: str = "") -> dict[date, Tally]:
        """First day of a month → what falls due in it, as it stands today."""
        return self._by_month("due", "due_on", duty)

    def reported(self, duty: str = "") -> dict[date, Tally]:
        """First day of a month → what was last reported in it, as it stands today."""
        return self._by_month("reported", "reported_on", duty)

    def due_by_unit(self) -> dict[tuple[date, str], Tally]:
        """(first day of a month, path of the unit) → what of `sparks_duty` falls due in it."""
        return {(month, self._named[unit][2]): one for (unit, month), one in self._sparks.items()}

    def _by_month(self, asked, date_of, duty):
        return {month: one for (_all, month), one in self._tallied(asked, date_of, duty, self.trend).items()}

    def _tallied(self, asked, date_of, duty, days):
        told = _tallies(
            ((unit, month), sum_) for unit, month, *sum_ in self._sums[asked] if duty in ("", sum_[0])
        )
        booked = {(unit, rollup.month_of(month)): one for (unit, month), one in told.items()}
        if self._elsewhere is None:
            return booked
        return added_up([*booked.items(), *self._of_elsewhere(date_of, duty, days, apart=asked == "sparks")])

    def _of_elsewhere(self, date_of, duty, days, *, apart) -> Iterator[tuple]:
        rows = self._elsewhere.filter(**{f"{date_of}__range": rollup.months(*days)})
        rows = rows.filter(duty=duty) if duty else rows
        for (unit, day), one in grouped(rows, clock.today(), "unit_id", date_of).items():
            yield (unit if apart else 0, day.replace(day=1)), one

    @cached_property
    def _sparks(self):
        return self._tallied("sparks", "due_on", self.sparks_duty, self.sparks) if self.sparks else {}

    @property
    def _sums(self) -> dict[str, list[rollup.Sum]]:
        return self._told or {}

    @cached_property
    def _told(self) -> dict[str, list[rollup.Sum]] | None:
        if not serves(self.when):
            return None
        asked = self._questions
        told = rollup.read(Unit.objects.filter(self._whole, self.under), *asked.values())
        return None if told is None else dict(zip(asked, told, strict=True))

    @property
    def _questions(self) -> dict[str, rollup.Question]:
        asked = {"owed": rollup.owed(since=Span.of(self.when).first)}
        if self.trend:
            asked |= {"due": rollup.falling_due(*self.trend), "reported": rollup.reported(*self.trend)}
        if self.sparks:
            asked["sparks"] = rollup.falling_due(*self.sparks, apart=True, duty=self.sparks_duty)
        return asked

    @cached_property
    def _whole(self) -> Q:
        return rules.units_seen_whole(self.user)

    @cached_property
    def _elsewhere(self) -> QuerySet[Assignment] | None:
        """What the offices below the person gave to units that the counters do not answer for; None where there are no
        such units. One query, two where there are."""
        units = Unit.objects.filter(self.under).exclude(self._whole)
        if not units.exists():
            return None
        offices = list(Unit.objects.filter(rules.overseen_offices(self.user)).values_list("pk", flat=True))
        return Assignment.objects.filter(issuer__in=offices, unit__in=units) if offices else None

    @cached_property
    def _named(self) -> dict[int, Sequence]:
        """Key, name and path of every unit told of."""
        known = {*self.tallies, *(unit for unit, _month in self._sparks)}
        rows = Unit.objects.filter(self.under, pk__in=known).order_by().values_list("pk", "name", "path")
        return {row[0]: row for row in rows}


def _tallies(sums) -> dict[Any, Tally]:
    """(group, sum), …; of each group every duty, came back or not, is one sum."""
    counts: dict[Any, dict[Key, int]] = defaultdict(dict)
    for group, (duty, returned, *numbers) in sums:
        keys = _KEYS[duty, bool(returned)]
        counts[group].update({key: n for key, n in zip(keys, numbers, strict=True) if n})
    return {group: Tally(Counter(one)) for group, one in counts.items() if one}
