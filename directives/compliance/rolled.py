"""The figures of today from the counters (`directives.rollup`): the same tallies as `grouped` gives, whatever the history.

They serve what one person sees, of some units, in a period that is still running and begins with a month or its 15th, or
without a beginning. Any other question (issuer, kind, a document, a past day) is counted live.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import compress
from typing import Any

from django.db.models import Q, QuerySet

from directives import rollup, rules
from directives.models import Assignment
from units import clock
from units.models import Unit

from .figures import UnitFigures, grouped, worst_first
from .levels import Level
from .spans import Span
from .tally import Key, Tally, added_up

EVERY = Q()
# Where a sum says its unit and its duty.
UNIT, DUTY = 0, 2
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
    sparks_of: Collection[str] = tuple(rollup.COLUMNS)
    # The counters are asked where there are assignments with keys as high as this.
    from_key: int = 0

    @property
    def is_kept(self) -> bool:
        """Whether the counters can say it: nothing else may be asked where they cannot. Two queries, then none."""
        return self._told is not None

    @cached_property
    def tallies(self) -> dict[int, Tally]:
        """Unit → what `grouped(visible(user), when, "unit_id")` says of it."""
        told = _tallies(self._sums["owed"], lambda unit, _month: unit)
        if self._elsewhere is not None:
            told |= {unit: one for (unit,), one in grouped(self._elsewhere, self.when, "unit_id").items()}
        return told

    @cached_property
    def figures(self) -> list[UnitFigures]:
        """The same by unit, in no order. One query for the names."""
        return [
            UnitFigures(pk, *self._named[pk], one) for pk, one in self.tallies.items() if pk in self._named
        ]

    @property
    def units(self) -> list[UnitFigures]:
        """The same as `by_unit` tells it, the worst rate first."""
        return worst_first(self.figures)

    def due(self, duty: str = "") -> dict[date, Tally]:
        """First day of a month → what falls due in it, as it stands today."""
        return self._by_month("due", "due_on", duty)

    def reported(self, duty: str = "") -> dict[date, Tally]:
        """First day of a month → what was last reported in it, as it stands today."""
        return self._by_month("reported", "reported_on", duty)

    def due_by_row(self, level: Level, rows: Collection[str]) -> dict[tuple[date, str], Tally]:
        """(first day of a month, path of a row of the level, one of `rows`) → what of `sparks_duty` falls due in it, of
        the standings `sparks_of`; of some alone nothing came back."""
        found = ((unit, level.row_of(path)) for unit, (_name, path) in self._named.items())
        # A unit may be made and given work between two questions: it has no row.
        row_of = {unit: row for unit, row in found if row in rows}
        return self._tallied("sparks", "due_on", self.sparks_duty, self.sparks, row_of.get)

    def _by_month(self, asked, date_of, duty):
        told = self._tallied(asked, date_of, duty, self.trend, lambda _unit: "")
        return {month: one for (month, _every), one in told.items()}

    def _tallied(self, asked, date_of, duty, days, row_of: Callable[[int], str | None]):
        """What has no row is left out."""
        months = _Months()
        sums = (one for one in self._sums[asked] if duty in ("", one[DUTY]) and row_of(one[UNIT]) is not None)
        booked = _tallies(sums, lambda unit, bucket: (months[bucket], row_of(unit)))
        if self._elsewhere is None:
            return booked
        return added_up([*booked.items(), *self._of_elsewhere(date_of, duty, days, row_of)])

    def _of_elsewhere(self, date_of, duty, days, row_of) -> Iterator[tuple]:
        rows = self._elsewhere.filter(**{f"{date_of}__range": rollup.months(*days)})
        rows = rows.filter(duty=duty) if duty else rows
        for (unit, day), one in grouped(rows, clock.today(), "unit_id", date_of).items():
            if (row := row_of(unit)) is not None:
                yield (day.replace(day=1), row), one

    @property
    def _sums(self) -> dict[str, list[rollup.Sum]]:
        return self._told or {}

    @cached_property
    def _told(self) -> dict[str, list[rollup.Sum]] | None:
        if not serves(self.when):
            return None
        asked = self._questions
        told = rollup.read(
            Unit.objects.filter(self._whole, self.under), *asked.values(), from_key=self.from_key
        )
        return None if told is None else dict(zip(asked, told, strict=True))

    @property
    def _questions(self) -> dict[str, rollup.Question]:
        asked = {"owed": rollup.owed(since=Span.of(self.when).first)}
        if self.trend:
            asked |= {"due": rollup.falling_due(*self.trend), "reported": rollup.reported(*self.trend)}
        if self.sparks:
            columns = tuple(one for one in rollup.COLUMNS if one in self.sparks_of)
            asked["sparks"] = rollup.falling_due(
                *self.sparks, apart=True, duty=self.sparks_duty, columns=columns
            )
        return asked

    @property
    def told_of(self) -> Q:
        """Said of units: those told of, and others without any work."""
        return self._whole & self.under if self.is_whole else Q(pk__in=self.tallies)

    @property
    def is_whole(self) -> bool:
        """Whether the counters answer for every unit told of."""
        return self._elsewhere is None

    @cached_property
    def _whole(self) -> Q:
        return rules.units_seen_whole(self.user)

    @cached_property
    def _elsewhere(self) -> QuerySet[Assignment] | None:
        """What the offices below the person gave to units that the counters do not answer for; None where such units owe
        nothing, as those do that only issued a paper recorded here. One query, two where they owe something."""
        units = Unit.objects.filter(self.under).exclude(self._whole)
        if not Assignment.objects.filter(unit__in=units).exists():
            return None
        offices = list(Unit.objects.filter(rules.overseen_offices(self.user)).values_list("pk", flat=True))
        return Assignment.objects.filter(issuer__in=offices, unit__in=units) if offices else None

    @cached_property
    def _named(self) -> dict[int, tuple[str, str]]:
        """Name and path of every unit that may be told of."""
        rows = Unit.objects.filter(self.under).order_by().values_list("pk", "name", "path")
        return {pk: (name, path) for pk, name, path in rows}


class _Months(dict):
    """Bucket → the first day of its month."""

    def __missing__(self, bucket):
        return self.setdefault(bucket, rollup.month_of(bucket))


def _tallies(sums: Iterable[rollup.Sum], group_of: Callable[[int, int], Hashable]) -> dict[Any, Tally]:
    """The sums added up by what is said of their unit and bucket."""
    alike: dict[tuple, list[list[int]]] = defaultdict(list)
    for unit, bucket, duty, returned, *numbers in sums:
        alike[group_of(unit, bucket), duty, bool(returned)].append(numbers)
    counts: dict[Any, Counter[Key]] = defaultdict(Counter)
    for (group, duty, returned), several in alike.items():
        numbers = several[0] if len(several) == 1 else list(map(sum, zip(*several, strict=True)))
        # Of keys that differ nothing is added up, which a Counter's own update would do.
        dict.update(counts[group], _counted(_KEYS[duty, returned], numbers))
    return {group: Tally(one) for group, one in counts.items() if one}


def _counted(keys, numbers) -> dict[Key, int]:
    return dict(zip(compress(keys, numbers), filter(None, numbers), strict=True))
