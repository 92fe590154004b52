"""Two columns side by side: the heading of a document, and Nơi nhận beside the signature.

They are read column after column. A block is found by its words and goes on while a strip of white runs down
between what stands left and right.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from units.naming import plain_letters

from ..layout import AUTHORITY, CLOSING, DATED, GREETING, NATION
from .lines import Line, Segment

_HEADING_LINES, _CLOSING_LINES, _LINES_ABOVE = 16, 70, 5
# In letters' sizes: how far apart the lines of a block stand, and the columns.
_APART, _APART_CLOSING, _STRIP = 3.5, 9.0, 0.5
# In widths of the page: the signature never begins left of this.
_RIGHT_HALF = 0.42
_CENTRED = 25.0
_SIGNED_LINES, _TITLES = 14, 5
_TITLE = re.compile(
    rf"{AUTHORITY.pattern}|\W*(?:quyen |pho )?(?:tong )?(?:giam doc|chu tich|bi thu|bo truong|thu truong|truong|chanh|cuc truong|chi cuc truong|vien truong|hieu truong|chu nhiem)\b"
)


@dataclass(slots=True)
class Block:
    """Lines `start` to `stop` of a page: the left column ends before `left_end`, the right begins at `right_start`."""

    start: int
    stop: int
    left_end: float
    right_start: float
    left: list[Line] = field(default_factory=list)
    right: list[Line] = field(default_factory=list)

    def take(self, line: Line, floor: float = 0.0) -> bool:
        """Puts a line's segments into their columns, or says that one of them crosses the strip between."""
        sides = [self._side(one, floor, line.size) for one in line.segments]
        if None in sides:
            return False
        for column, side in ((self.left, "left"), (self.right, "right")):
            own = tuple(one for one, its in zip(line.segments, sides, strict=True) if its == side)
            if own:
                column.append(Line(own))
        self.left_end = max([self.left_end, *(one.right for one in self._of(line, sides, "left"))])
        self.right_start = min([self.right_start, *(one.left for one in self._of(line, sides, "right"))])
        return True

    def _side(self, one: Segment, floor: float, size: float) -> str | None:
        """Which column a segment belongs to, None across both; in the strip itself the nearer one."""
        strip = _STRIP * size
        fits_left = one.right <= self.right_start - strip
        fits_right = one.left >= max(self.left_end + strip, floor) and self.left_end > 0
        if fits_left and fits_right:
            near = one.left >= (self.left_end + self.right_start) / 2
            return "right" if floor > 0 or near else "left"
        beyond = one.left >= self.right_start - strip
        return "right" if fits_right or beyond else "left" if fits_left else None

    def _of(self, line: Line, sides: list[str | None], side: str) -> Iterator[Segment]:
        return (one for one, its in zip(line.segments, sides, strict=True) if its == side)


def blocks_of(lines: list[Line], width: float) -> Iterator[Block]:
    """The two-column blocks of a page, in order. Linear: blocks are short."""
    at = 0
    while at < len(lines):
        block = _heading(lines, at, width) or _closing(lines, at, width) or _signatures(lines, at, width)
        if block is not None:
            yield block
        at = block.stop if block is not None else at + 1


# --- The heading -------------------------------------------------------------------------------


def _heading(lines: list[Line], at: int, width: float) -> Block | None:
    """From the line with the nation's or the Party's name down to the date; the subject goes on at the left."""
    name = next((one for one in lines[at].segments if NATION.search(plain_letters(one.text))), None)
    if name is None or (len(lines[at].segments) == 1 and abs(_centre(name) - width / 2) < _CENTRED):
        return None
    block = Block(at, at, 0.0, name.left)
    _take_above(block, lines, left=True)
    dated = False
    for line in lines[at : at + _HEADING_LINES]:
        words = plain_letters(line.text)
        if GREETING.search(words) or _is_far(block, lines, _APART) or (dated and not _is_left(block, line)):
            break
        if _is_title(block, line, width) or not block.take(line):
            break
        block.stop += 1
        dated = dated or DATED.search(words) is not None
    return block if block.left and block.right else None


def _is_left(block: Block, line: Line) -> bool:
    return line.right <= block.right_start


def _is_title(block: Block, line: Line, width: float) -> bool:
    """Alone in the middle of the page, not of a column: the name of the document."""
    if len(line.segments) > 1 or not (block.left and block.right):
        return False
    centre = _centre(line.segments[0])
    own = min(abs(centre - _centre(column[0].segments[0])) for column in (block.left, block.right))
    return abs(centre - _text_centre(block, width)) < own


def _text_centre(block: Block, width: float) -> float:
    """Margins are wider at the left: the text's middle lies right of the page's."""
    right = max(line.right for line in block.right)
    return max(width / 2, (right + 85) / 2) if right < width else width / 2


def _centre(one: Segment) -> float:
    return (one.left + one.right) / 2


# --- Nơi nhận and the signature ----------------------------------------------------------------


def _closing(lines: list[Line], at: int, width: float) -> Block | None:
    first = lines[at].segments[0]
    if not CLOSING.match(plain_letters(first.text)) or first.left > width * _RIGHT_HALF:
        return None
    block = Block(at, at, first.right, width)
    _take_above(block, lines, left=False, floor=width * _RIGHT_HALF)
    for line in lines[at : at + _CLOSING_LINES]:
        if _is_far(block, lines, _APART_CLOSING) or not block.take(line, width * _RIGHT_HALF):
            break
        block.stop += 1
    return block


# --- Two signatures ----------------------------------------------------------------------------


def _signatures(lines: list[Line], at: int, width: float) -> Block | None:
    """A joint paper is signed twice, side by side: the two offices or authorities, the titles, the names."""
    if not _is_signed_twice(lines, at, width):
        return None
    first, second = lines[at].segments
    block = Block(at, at, first.right, second.left)
    for line in lines[at : at + _SIGNED_LINES]:
        closed = CLOSING.match(plain_letters(line.segments[0].text))
        if closed or _is_far(block, lines, _APART_CLOSING) or not block.take(line, width * _RIGHT_HALF):
            break
        block.stop += 1
        if block.stop > at + 1 and all(_is_name(one) for one in line.segments):
            break
    return block if block.stop > at + 1 else None


def _is_signed_twice(lines: list[Line], at: int, width: float) -> bool:
    """Two groups of capitals in the halves of the page, and a title in each right below."""
    segments = lines[at].segments
    if len(segments) != 2 or segments[1].left < width * _RIGHT_HALF or segments[0].left > width * _RIGHT_HALF:
        return False
    below = [one for line in lines[at : at + _TITLES] for one in line.segments]
    left = [one for one in below if one.right < segments[1].left]
    return all(one.text.isupper() for one in segments) and all(
        any(_TITLE.match(plain_letters(one.text)) for one in side)
        for side in (left, [one for one in below if one not in left])
    )


def _is_name(one: Segment) -> bool:
    return one.text.istitle() and len(one.text.split()) > 1


def _take_above(block: Block, lines: list[Line], *, left: bool, floor: float = 0.0) -> None:
    """Lines of one column that stand a little higher than the other: the issuer's, or the signer's office."""
    above = block.start
    while above > 0 and block.start - above < _LINES_ABOVE:
        line, below = lines[above - 1], lines[above]
        near = below.y - line.y < 2 * line.size
        inside = line.right < block.right_start if left else line.left > max(block.left_end, floor)
        if not (near and inside and line.text.upper() == line.text):
            break
        above -= 1
    for line in lines[above : block.start]:
        block.take(line, floor)
    block.start = above


def _is_far(block: Block, lines: list[Line], apart: float) -> bool:
    at = block.stop
    return at > block.start and lines[at].y - lines[at - 1].y > apart * lines[at].size
