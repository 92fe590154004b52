"""Tables of a PDF: ruled lines that stand and lie make bands and columns; letters fall into their cells."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from ..cells import COLUMNS, Cell, Row, carry_down
from .glyphs import Glyph, Rule
from .lines import lines_of
from .paragraphs import OPENS, first_word

# In points: rules nearer than this are one; a row is at least so high; words stand off rules.
_SAME, _TOUCH, _ROW, _PADDING = 2.5, 4.0, 5.0, 4.0
_RULES = 6_000


@dataclass(slots=True)
class Grid:
    """A table between `top` and `bottom`: the rules that stand at each of `xs` and lie at each of `ys`."""

    top: float
    bottom: float
    xs: list[float]
    ys: list[float]
    standing: list[list[Rule]]
    lying: list[list[Rule]]

    def holds(self, glyph: Glyph) -> bool:
        across = (glyph.left + glyph.right) / 2
        return self.top <= glyph.y <= self.bottom and self.xs[0] <= across <= self.xs[-1]


def grids_of(rules: Sequence[Rule]) -> list[Grid]:
    """The tables of a page from top to bottom; drawings with very many strokes have none. Cost: sorting the rules."""
    if len(rules) > _RULES:
        return []
    standing = sorted((one for one in rules if not one.is_flat), key=lambda one: one.top)
    lying = [one for one in rules if one.is_flat]
    found = (_grid(group, lying) for group in _groups(standing))
    return [grid for grid in found if grid is not None]


def rows_in(grid: Grid, glyphs: Iterable[Glyph]) -> list[Row]:
    """The rows of a table with their merged cells written out. Cost: the letters, and the rules of each column."""
    bands = _bands(grid)
    for glyph in glyphs:
        _drop_in(grid, bands, glyph)
    rows = [_row(grid, band) for band in bands if band]
    carry_down(rows)
    return [row for row in rows if any(cell.lines for cell in row)]


# --- The lines of a table ----------------------------------------------------------------------


def _groups(standing: list[Rule]) -> Iterator[list[Rule]]:
    """Rules that stand beside or below one another without a gap."""
    group: list[Rule] = []
    bottom = 0.0
    for rule in standing:
        if group and rule.top > bottom + _TOUCH:
            yield group
            group = []
        bottom = max(bottom, rule.bottom) if group else rule.bottom
        group.append(rule)
    if group:
        yield group


def _grid(standing: list[Rule], lying: list[Rule]) -> Grid | None:
    top, bottom = standing[0].top, max(one.bottom for one in standing)
    xs = _places(_across(one) for one in standing)
    left, right = xs[0] - _TOUCH, xs[-1] + _TOUCH
    own = [
        one
        for one in lying
        if top - _TOUCH <= one.top <= bottom + _TOUCH and one.left < right and one.right > left
    ]
    ys = _places(_along(one) for one in own)
    if not 3 <= len(xs) <= COLUMNS + 1 or len(ys) < 2:
        return None
    by_x, by_y = _sorted_in(standing, xs, _across), _sorted_in(own, ys, _along)
    return Grid(min(top, ys[0]), max(bottom, ys[-1]), xs, ys, by_x, by_y)


def _across(rule: Rule) -> float:
    return (rule.left + rule.right) / 2


def _along(rule: Rule) -> float:
    return (rule.top + rule.bottom) / 2


def _sorted_in(
    rules: Iterable[Rule], places: list[float], place: Callable[[Rule], float]
) -> list[list[Rule]]:
    kept: list[list[Rule]] = [[] for _ in places]
    for rule in rules:
        kept[max(0, bisect_right(places, place(rule)) - 1)].append(rule)
    return kept


def _places(numbers: Iterable[float]) -> list[float]:
    """Numbers that differ by less than a rule's width, as one."""
    kept: list[float] = []
    for number in sorted(numbers):
        if not kept or number - kept[-1] > _SAME:
            kept.append(number)
    return kept


# --- Cells -------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Slot:
    """A cell of a band from one column to another; `upper` is the cell above whose lower part it is."""

    first: int
    last: int
    upper: "_Slot | None" = None
    glyphs: list[Glyph] = field(default_factory=list)

    @property
    def whole(self) -> "_Slot":
        return self.upper.whole if self.upper is not None else self


_Band = list[_Slot]


def _bands(grid: Grid) -> list[_Band]:
    """One band between each two lying rules; those between the strokes of a double rule stay empty."""
    bands: list[_Band] = []
    above: _Band = []
    for at, (top, bottom) in enumerate(zip(grid.ys, grid.ys[1:], strict=False)):
        band = _band(grid, (top + bottom) / 2) if bottom - top >= _ROW else []
        for slot in band if above else []:
            if not _is_ruled(grid, at, slot):
                slot.upper = next((one.whole for one in above if one.first == slot.first), None)
        above = band or above
        bands.append(band)
    return bands


def _band(grid: Grid, y: float) -> _Band:
    edges = [at for at, rules in enumerate(grid.standing) if any(one.top <= y <= one.bottom for one in rules)]
    return [_Slot(a, b) for a, b in zip(edges, edges[1:], strict=False)]


def _is_ruled(grid: Grid, at: int, slot: _Slot) -> bool:
    """Whether a rule lies over a cell: without one it goes on the cell above."""
    middle = (grid.xs[slot.first] + grid.xs[slot.last]) / 2
    return any(one.left <= middle <= one.right for one in grid.lying[at])


def _drop_in(grid: Grid, bands: list[_Band], glyph: Glyph) -> None:
    at = bisect_right(grid.ys, glyph.y) - 1
    column = bisect_right(grid.xs, (glyph.left + glyph.right) / 2) - 1
    band = bands[min(max(at, 0), len(bands) - 1)]
    slot = next((one for one in band if one.first <= column < one.last), None)
    if slot is not None:
        slot.whole.glyphs.append(glyph)


def _row(grid: Grid, band: _Band) -> Row:
    cells = [Cell() for _ in grid.xs[1:]]
    for slot in band:
        cells[slot.first] = Cell(_words(grid, slot), below=slot.upper is not None)
    return cells


def _words(grid: Grid, slot: _Slot) -> list[str]:
    """The lines of a cell. A break is the writer's where the next word would still have had room."""
    room = grid.xs[slot.last] - grid.xs[slot.first] - 2 * _PADDING
    texts: list[str] = []
    last = 0.0
    for line in lines_of(slot.glyphs):
        if texts and last + first_word(line) > room and not OPENS.match(line.text):
            texts[-1] += f" {line.text}"
        else:
            texts.append(line.text)
        last = line.right - line.left
    return texts
