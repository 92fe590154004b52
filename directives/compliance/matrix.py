"""The matrix of one directive: units by rows, tasks by columns, a standing in each cell."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache, cached_property
from itertools import chain, islice
from operator import attrgetter
from typing import NamedTuple

from django.db.models import OuterRef, Subquery

from directives import periods
from directives.enums import Duty, Standing
from directives.models import Assignment, Directive, Task

from .coming import Ahead, Coming, coming_of, packed_ahead, read_ahead
from .figures import standing_on, visible_of
from .packing import FIELD, ROW, read_cells
from .packing import cells as cells_of
from .tally import Key, Line, Tally

UNITS_PER_PAGE = 100
DENSE_FROM = 9
# What is finished is equally finished: of it the newest period is shown.
FINISHED = {Standing.DONE_EARLY, Standing.DONE_ON_TIME, Standing.DONE_LATE, Standing.DONE_UNDATED}
_ENDED = {**dict.fromkeys(FINISHED, len(Standing)), Standing.DROPPED: len(Standing) + 1}
URGENCY = {standing: _ENDED.get(standing, place) for place, standing in enumerate(Standing)}


@dataclass(frozen=True, eq=False, slots=True)
class Cell:
    """What a unit owes of one task, as it stands. Of the cells of one matrix those that say the same are one object.

    `late_by` is told in days (`standing.late_by`); a period has its deadline, by which one is chosen of several.
    """

    key: Key
    late_by: int | None = None
    period: str = ""
    due_on: date | None = None

    @property
    def standing(self) -> Standing:
        return Standing(self.key.standing)


_key_of = attrgetter("key")


class Change(NamedTuple):
    """When a unit was added to the document after its issue, or let off, and why."""

    added_at: datetime | None
    removed_at: datetime | None
    reason: str
    code: str
    dated_on: date | None


class Place(NamedTuple):
    """A unit's name on the day it received the document, and where it stands on the paper."""

    name: str
    group: str
    position: int
    change: Change | None


@dataclass(frozen=True)
class Row:
    """A unit's cells, by task the one that is shown, and what they add up to.

    Of a recurring task the foremost period is shown; the others stand beside it, each with the place of its task. Where
    none has begun, the one ahead is told by the place of its task, and counted nowhere.
    """

    unit_id: int
    name: str
    group: str
    place: int
    shown: Sequence[Cell | None]
    beside: Sequence[tuple[int, Cell]] = ()
    change: Change | None = None
    ahead: Mapping[int, Ahead] = field(default_factory=dict)

    @property
    def told(self) -> Sequence[Cell | Ahead | None]:
        """What the row says of each task."""
        if not self.ahead:
            return self.shown
        return [one or self.ahead.get(place) for place, one in enumerate(self.shown)]

    @cached_property
    def tally(self) -> Tally:
        shown = Tally.of(map(_key_of, filter(None, self.shown)))
        return shown + Tally.of(one.key for _, one in self.beside) if self.beside else shown


@dataclass(frozen=True)
class Matrix:
    """Tasks and the visible units' rows, in the order they are shown. Its numbers are those of its cells."""

    directive: Directive
    as_of: date
    tasks: Sequence[Task]
    rows: Sequence[Row]
    line: Line | None = None

    @cached_property
    def tally(self) -> Tally:
        return Tally.sum(self.by_task.values())

    @cached_property
    def by_task(self) -> dict[int, Tally]:
        counts: list[Counter[Key]] = [Counter() for _ in self.tasks]
        for counted, column in zip(counts, zip(*(row.shown for row in self.rows), strict=True), strict=False):
            for one, n in Counter(filter(None, column)).items():
                counted[one.key] += n
        for place, one in chain.from_iterable(row.beside for row in self.rows):
            counts[place][one.key] += 1
        return {task.pk: Tally(counted) for task, counted in zip(self.tasks, counts, strict=True)}

    @cached_property
    def group_sizes(self) -> Counter[str]:
        return Counter(row.group for row in self.rows)

    @cached_property
    def coming(self) -> Mapping[int, Coming]:
        """By task how many units have nothing of it but a period that has not begun."""
        return coming_of(self.rows, [task.pk for task in self.tasks])

    @property
    def changed(self) -> list[Row]:
        """The units added or let off after the issue, the last change first."""
        return sorted((row for row in self.rows if row.change), key=_changed_at, reverse=True)

    @property
    def dense(self) -> bool:
        """Too many columns for words: symbols and days, with the words in the name of a cell's link."""
        return len(self.tasks) >= DENSE_FROM

    @property
    def pages(self) -> int:
        return max(1, -(-len(self.rows) // UNITS_PER_PAGE))

    def page(self, number: int) -> "Matrix":
        """One page of units, from 1; its tallies are then the page's."""
        start = (number - 1) * UNITS_PER_PAGE
        return replace(self, rows=list(islice(self.rows, start, start + UNITS_PER_PAGE)))

    def showing(self, line: Line) -> "Matrix":
        """Only the cells that one number counts, and the units that have such a cell."""
        narrowed = (_narrow(row, line) for row in self.rows)
        return replace(self, rows=[row for row in narrowed if any(row.shown)], line=line)


def matrix(directive: Directive, user, as_of: date) -> Matrix:
    """The rows of the directive that the person may see. Two queries: the tasks, each with its cells in one text, and the
    recipients; one more where work was handed to a unit that received no document.

    The cost grows with the cells alone: of 50,000 it is about what it costs to fetch them.
    """
    orders = directive.tasks.filter(is_heading=False).order_by("position", "id")
    ahead = packed_ahead(visible_of(directive, user), as_of)
    tasks = list(orders.annotate(cells=_packed(directive, user, as_of), ahead=ahead))
    owed = _owed([task.cells for task in tasks])
    coming = read_ahead(task.ahead for task in tasks)
    nothing = _Chosen([None] * len(tasks))
    owed |= {unit: nothing for unit in coming if unit not in owed}
    places = _places(directive, owed) if owed else {}
    rows = [_row(int(unit), places, cells, coming.get(unit)) for unit, cells in owed.items()]
    return Matrix(directive, as_of, tasks, _arranged(rows))


def _packed(directive, user, as_of):
    owed = standing_on(visible_of(directive, user).filter(task=OuterRef("pk")), as_of)
    packed = owed.order_by().values("task").annotate(cells=cells_of(as_of))
    return Subquery(packed.values("cells"))


def _owed(packed: list[str | None]) -> dict[str, "_Chosen"]:
    """Unit → its cells. Columns are read and turned whole: a loop over fifty thousand cells costs more than all the rest."""
    read = _CellReader().__getitem__
    columns = [(units, list(map(read, texts))) for units, texts in map(read_cells, packed)]
    units = _split(columns[0][0]) if columns else []
    if len({units for units, _ in columns}) == 1 and len(set(units)) == len(units):
        return dict(zip(units, map(_Chosen, zip(*(cells for _, cells in columns), strict=True)), strict=True))
    return _fitted([(_split(units), cells) for units, cells in columns])


def _fitted(columns):
    """Where each task has units of its own, or a unit several periods of one."""
    first = [dict(zip(*column, strict=True)) for column in columns]
    units = dict.fromkeys(chain.from_iterable(first))
    turned = zip(*(map(column.get, units) for column in first), strict=True)
    owed = {unit: _Chosen(cells) for unit, cells in zip(units, turned, strict=True)}
    several = defaultdict(list)
    for place, (column, one) in enumerate(zip(columns, first, strict=True)):
        if len(one) < len(column[0]):
            for unit, cell in zip(*column, strict=True):
                several[unit].append((place, cell))
    return owed | {unit: _chosen(owed[unit].shown, periods) for unit, periods in several.items()}


def _split(units):
    return units.split(ROW) if units else []


class _Chosen(NamedTuple):
    """Of each task the cell that is shown, and the other periods, each with the place of its task."""

    shown: Sequence[Cell | None]
    beside: Sequence[tuple[int, Cell]] = ()


def _chosen(shown, periods) -> _Chosen:
    """The foremost of the periods at the place of their task, the others beside."""
    chosen: dict[int, Cell] = {}
    beside = []
    for place, one in sorted(periods, key=lambda owed: foremost(owed[1])):
        if chosen.setdefault(place, one) is not one:
            beside.append((place, one))
    return _Chosen([chosen.get(place, one) for place, one in enumerate(shown)], beside)


class _CellReader(dict):
    """Cells by their text; the thousands of a large matrix are but some hundred different ones."""

    def __missing__(self, text: str) -> Cell:
        standing, late_by, *seldom = text.split(FIELD)
        duty, returned, period, due_on = seldom or (Duty.LEAD, "", "", "")
        key = Key(standing, str(duty), returned == "1")
        self[text] = read = Cell(key, int(late_by) if late_by else None, period, _date(due_on))
        return read


def _date(text):
    return date.fromisoformat(text) if text else None


def _places(directive, owed):
    """Unit → its place among the recipients; who received no document comes first, by the name its work bears."""
    listed = directive.recipients.values_list(
        "unit_id", "unit_name", "group_name", "position", *Change._fields
    )
    places = {unit: Place(name, group, place, _change(*told)) for unit, name, group, place, *told in listed}
    if others := [int(unit) for unit in owed if int(unit) not in places]:
        handed = Assignment.objects.filter(directive=directive, unit__in=others).order_by("pk")
        names = handed.values_list("unit_id", "unit_name")
        places |= {unit: Place(name, "", 0, None) for unit, name in names}
    return places


def _change(*told):
    change = Change(*told)
    return change if change.added_at or change.removed_at else None


def _row(unit_id, places, owed, coming):
    name, group, place, change = places[unit_id]
    ahead = {at: one for at, one in coming.items() if owed.shown[at] is None} if coming else {}
    return Row(unit_id, name, group, place, owed.shown, owed.beside, change, ahead)


def foremost(work) -> tuple:
    """By what one period is shown for all of a unit's task, the least first: the one that needs somebody soonest, of
    equally urgent ones the one due first; when nothing is open, the newest period, whatever its deadline became. `work` has
    standing, due_on and period."""
    standing = Standing(work.standing)
    if standing in _ENDED:
        return URGENCY[standing], -_last_of(work.period).toordinal(), work.period
    return URGENCY[standing], (work.due_on or date.max).toordinal(), work.period


@cache
def _last_of(period):
    """The last day of a period; of work that is done once no day is later than another."""
    return periods.read(period).last if period else date.min


def _arranged(rows):
    """Groups in the order of the paper; within a group the late units first."""
    places: dict[str, int] = {}
    for row in rows:
        places[row.group] = min(row.place, places.get(row.group, row.place))
    return sorted(rows, key=lambda row: (places[row.group], *_late_first(row)))


def _late_first(row):
    """Units that came after the issue have one place: by their keys, or the next page might show one of them again."""
    return -row.tally.open_overdue_box, -row.tally.returned, row.place, row.unit_id


def _changed_at(row):
    return row.change.removed_at or row.change.added_at


def _narrow(row, line):
    shown = [one if one and line.holds(one.key) else None for one in row.shown]
    several = [(place, shown[place]) for place in {place for place, _ in row.beside} if shown[place]]
    several += [(place, one) for place, one in row.beside if line.holds(one.key)]
    return replace(row, ahead={}, **_chosen(shown, several)._asdict())
