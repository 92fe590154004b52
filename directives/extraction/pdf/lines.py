"""From letters to lines: what stands on one baseline, cut where a gap is wider than a space between words."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from .glyphs import SOFT_HYPHEN, Glyph

# In letters' sizes: on one baseline (a raised figure too), a space between words, a gap that may part columns and
# one that does.
_SAME_LINE, _SPACE, _GAP, _COLUMN = 0.4, 0.2, 0.9, 2.0
_TWICE = 0.6
# The mark of a footnote stands raised and small; until the footnotes are known it is kept behind this sign.
RAISED = "\x03"
_RAISED, _SMALL = 0.2, 0.8


@dataclass(frozen=True, slots=True)
class Segment:
    """Words that stand together. `soft`: it ends with a hyphen that holds it to the next line's first word."""

    text: str
    left: float
    right: float
    y: float
    size: float
    soft: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """The segments of a baseline from left to right; never empty."""

    segments: tuple[Segment, ...]

    @property
    def text(self) -> str:
        return joined(self.segments)

    @property
    def left(self) -> float:
        return self.segments[0].left

    @property
    def right(self) -> float:
        return self.segments[-1].right

    @property
    def y(self) -> float:
        return self.segments[0].y

    @property
    def size(self) -> float:
        return max(one.size for one in self.segments)

    @property
    def soft(self) -> bool:
        return self.segments[-1].soft


def lines_of(glyphs: Iterable[Glyph]) -> list[Line]:
    """The lines from top to bottom. Cost: sorting the letters."""
    return [Line(tuple(_segments(sorted(row, key=lambda one: one.left)))) for row in _rows(glyphs)]


def _rows(glyphs: Iterable[Glyph]) -> Iterator[list[Glyph]]:
    """Letters by baseline; a row is as far from its tallest letter as a raised figure is."""
    row: list[Glyph] = []
    for glyph in sorted(glyphs, key=lambda one: one.y):
        if row and glyph.y - row[0].y > _SAME_LINE * max(glyph.size, row[0].size, 6.0):
            yield row
            row = []
        row.append(glyph)
    if row:
        yield row


def _segments(row: list[Glyph]) -> Iterator[Segment]:
    part: list[Glyph] = []
    for glyph in row:
        if part and _is_same(part[-1], glyph):
            continue
        if part and glyph.left - part[-1].right > _GAP * max(glyph.size, part[-1].size):
            yield _segment(part)
            part = []
        part.append(glyph)
    if part:
        yield _segment(part)


def _is_same(last: Glyph, glyph: Glyph) -> bool:
    """Bold made by printing a letter twice."""
    return last.text == glyph.text and abs(glyph.left - last.left) < _TWICE and abs(glyph.y - last.y) < _TWICE


def joined(segments: Sequence[Segment]) -> str:
    """Segments in a row as text: wide gaps stay visible, as the parser knows columns by them."""
    text = segments[0].text if segments else ""
    for last, one in zip(segments, segments[1:], strict=False):
        wide = one.left - last.right > _COLUMN * max(last.size, one.size)
        text += ("   " if wide else " ") + one.text
    return text


def _segment(part: list[Glyph]) -> Segment:
    y, size = _middle([one.y for one in part]), _middle([one.size for one in part])
    words = []
    for last, glyph in zip([None, *part], part, strict=False):
        if last is not None and (
            glyph.spaced or glyph.left - last.right > _SPACE * min(glyph.size, last.size)
        ):
            words.append(" ")
        raised = glyph.text.isdigit() and y - glyph.y > _RAISED * size and glyph.size < _SMALL * size
        words.append(RAISED + glyph.text if raised else glyph.text)
    text = "".join(words)
    return Segment(
        text=text.replace(SOFT_HYPHEN, "-"),
        left=part[0].left,
        right=max(one.right for one in part),
        y=y,
        size=size,
        soft=text.endswith(SOFT_HYPHEN),
    )


def _middle(numbers: list[float]) -> float:
    return sorted(numbers)[len(numbers) // 2]
