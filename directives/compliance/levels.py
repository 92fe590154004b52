"""Units by the level of the tree: a unit's direct children, each with all that lies below it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from .figures import UnitFigures, worst_first
from .tally import Tally, added_up

# Of each unit in a path: "000012/000345/".
END = "/"


@dataclass(frozen=True)
class Level:
    """Which row of a table a unit belongs to: that of the child of `parent` it lies below, or its own.

    `parent` None is a flat table, in which each unit is alone. The work of the parent itself is a row of its own, and so
    is what lies elsewhere: a unit without work in a period may have had some before it.
    """

    parent: str | None = None

    def row_of(self, path: str) -> str:
        above = self.parent or ""
        if self.parent in (None, path) or not path.startswith(above):
            return path
        return path[: path.index(END, len(above)) + 1]

    def is_alone(self, row: str) -> bool:
        return self.parent in (None, row)


def level(figures: Iterable[UnitFigures], *, overseen: Iterable[str]) -> Level:
    """The level at which the units part, where the person oversees all that lies below it; else each unit alone."""
    paths = [one.path for one in figures if one.tally.total]
    common = _common(paths)
    if len(set(paths)) > 1 and any(common.startswith(path) for path in overseen):
        return Level(common)
    return Level()


def by_child(figures: Iterable[UnitFigures], level: Level, *, names: Mapping[int, str]) -> list[UnitFigures]:
    """One row for each child, the worst rate first. `names` has every unit that lies on the way, by key."""
    figures = list(figures)
    tallies = folded({(one.path,): one.tally for one in figures}, level)
    own = {one.path: one for one in figures}
    return worst_first(_row(path, tally, level, own, names) for (path,), tally in tallies.items())


def folded(tallies: Mapping[tuple, Tally], level: Level) -> dict[tuple, Tally]:
    """Tallies by (…, path of a unit) added up to the rows of the level: (…, path of the row)."""
    return added_up(((*group, level.row_of(path)), tally) for (*group, path), tally in tallies.items())


def earliest(days: Mapping[str, date], level: Level) -> dict[str, date]:
    """Of days by the path of a unit the earliest of each row."""
    rows: dict[str, date] = {}
    for path, day in days.items():
        row = level.row_of(path)
        rows[row] = min(day, rows.get(row, day))
    return rows


def _row(path, tally, level, own, names):
    pk = int(path.split(END)[-2])
    name = own[path].name if path in own else names.get(pk, "")
    return UnitFigures(pk, name, path, tally, alone=level.is_alone(path))


def _common(paths) -> str:
    """The longest path that all paths begin with."""
    if not paths:
        return ""
    low, high = min(paths), max(paths)
    same = next((n for n, (a, b) in enumerate(zip(low, high, strict=False)) if a != b), len(low))
    return low[: low.rfind(END, 0, same) + 1]
