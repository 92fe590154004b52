"""The matrix of one directive: units by rows, tasks by columns, a standing in each cell."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from django.db.models import F, FilteredRelation, Q
from django.db.models.functions import Coalesce

from directives.enums import Standing
from directives.models import Directive, Task

from .figures import standing_on, visible
from .packing import FIELD, ROW, Pack, cell, read_key
from .tally import Key, Line, Tally

UNITS_PER_PAGE = 100
DENSE_FROM = 9
# What is finished is equally finished: of it the newest period is shown.
FINISHED = {Standing.DONE_EARLY, Standing.DONE_ON_TIME, Standing.DONE_LATE, Standing.DONE_UNDATED}
_ENDED = {**dict.fromkeys(FINISHED, len(Standing)), Standing.DROPPED: len(Standing) + 1}
URGENCY = {standing: _ENDED.get(standing, place) for place, standing in enumerate(Standing)}


class Cell(NamedTuple):
    """What one unit owes of one task, as it stands."""

    key: Key
    due_on: date | None
    reported_on: date | None
    period: str = ""

    @property
    def standing(self) -> Standing:
        return Standing(self.key.standing)


class Change(NamedTuple):
    """When a unit was added to the document after its issue, or let off, and why."""

    added_at: datetime | None
    removed_at: datetime | None
    reason: str
    code: str
    dated_on: date | None


@dataclass(frozen=True)
class Row:
    """A unit's cells, and what they add up to (all periods of a recurring task, of which a cell shows one)."""

    unit_id: int
    name: str
    group: str
    place: int
    cells: dict[int, Cell]
    owed: tuple[tuple[int, Cell], ...]
    change: Change | None = None

    @cached_property
    def tally(self) -> Tally:
        return Tally.of(cell.key for _, cell in self.owed)


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
        return Tally.sum(row.tally for row in self.rows)

    @cached_property
    def by_task(self) -> dict[int, Tally]:
        counts: dict[int, Counter[Key]] = defaultdict(Counter)
        for row in self.rows:
            for task_id, cell_ in row.owed:
                counts[task_id][cell_.key] += 1
        return {task.pk: Tally(counts[task.pk]) for task in self.tasks}

    @cached_property
    def group_sizes(self) -> Counter[str]:
        return Counter(row.group for row in self.rows)

    @property
    def changed(self) -> list[Row]:
        """The units added or let off after the issue, the last change first."""
        return sorted((row for row in self.rows if row.change), key=_changed_at, reverse=True)

    @property
    def dense(self) -> bool:
        """Too many columns for words: symbols and days, with the words in the cell's name."""
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
        return replace(self, rows=[row for row in narrowed if row.owed], line=line)


def matrix(directive: Directive, user, as_of: date) -> Matrix:
    """The rows of the directive that the person may see. Two queries: tasks, and a packed row for each unit.

    The cost grows with the cells alone: 20,000 of them take about a tenth of a second.
    """
    tasks = list(directive.tasks.filter(is_heading=False).order_by("position", "id"))
    read = _CellReader()
    found = [_row(read, *unit) for unit in _packed(directive, user, as_of)] if tasks else []
    return Matrix(directive, as_of, tasks, _arranged(found))


def _packed(directive, user, as_of):
    """Unit, name and group of the day it received the document, and all its cells in one text."""
    owed = standing_on(visible(user).filter(directive=directive), as_of).annotate(
        recipient=FilteredRelation("unit__received", condition=Q(unit__received__directive=directive.pk)),
        name=Coalesce("recipient__unit_name", "unit_name"),
        group_name=F("recipient__group_name"),
        place=F("recipient__position"),
        **{f"recipient_{name}": F(f"recipient__{name}") for name in Change._fields},
    )
    changes = [f"recipient_{name}" for name in Change._fields]
    return (
        owed.order_by()
        .values_list("unit_id", "name", "group_name", "place", *changes)
        .annotate(cells=Pack(cell()))
    )


class _CellReader(dict):
    """Cells by their text; the thousands of a large matrix are mostly the same few."""

    def __missing__(self, text: str) -> Cell:
        key, due_on, reported_on, period = text.rsplit(FIELD, 3)
        self[text] = read = Cell(read_key(key), _date(due_on), _date(reported_on), period)
        return read


def _date(text):
    return date.fromisoformat(text) if text else None


def _row(read, unit_id, name, group, place, *changed):
    *changes, packed = changed
    split = (one.split(FIELD, 1) for one in packed.split(ROW))
    owed = tuple((int(task), read[text]) for task, text in split)
    change = Change(*changes) if changes[0] or changes[1] else None
    return Row(unit_id, name, group or "", place or 0, _most_urgent(owed), owed, change)


def _most_urgent(owed):
    """One cell for each task: of several periods the foremost."""
    cells = dict(owed)
    if len(cells) < len(owed):
        cells = dict(sorted(owed, key=lambda one: foremost(one[1]), reverse=True))
    return cells


def foremost(work) -> tuple:
    """By what one period is shown for all of a unit's task, the least first: the one that needs somebody soonest, of
    equally urgent ones the one due first; when nothing is open, the newest. `work` has standing, due_on and period."""
    standing = Standing(work.standing)
    day = (work.due_on or date.max).toordinal()
    return URGENCY[standing], -day if standing in _ENDED else day, work.period


def _arranged(rows):
    """Groups in the order of the paper; within a group the late units first."""
    places: dict[str, int] = {}
    for row in rows:
        places[row.group] = min(row.place, places.get(row.group, row.place))
    return sorted(
        rows, key=lambda row: (places[row.group], -row.tally.open_overdue_box, -row.tally.returned, row.place)
    )


def _changed_at(row):
    return row.change.removed_at or row.change.added_at


def _narrow(row, line):
    owed = tuple((task, cell_) for task, cell_ in row.owed if line.holds(cell_.key))
    return replace(row, cells=_most_urgent(owed), owed=owed)
