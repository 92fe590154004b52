"""Lines that go on with the line above are put together again, as the writer typed them."""

import re
from collections.abc import Iterable, Iterator, Sequence

from .lines import Line

# In letters' sizes: how far the first line of a paragraph is set in, and how far lines stand apart.
_SET_IN, _APART = 0.8, 1.8
# A word that would have fitted this well was put on a new line on purpose.
_ROOM = 1.08
OPENS = re.compile(
    r"[-–•+*]\s?\S|\(?\d{1,3}(?:\.\d{1,3}){0,4}[.)]\s|[IVX]{1,6}[.\-]\s?\S|[a-zđ]{1,2}\)\s|(?:Điều|Chương|Mục|Phần)\s[\dIVX]"
)
# A code broken over lines: "254-" and "KH/TU", "30-QĐ/" and "TU".
_CODE_ENDS, _CODE_BEGINS = re.compile(r"[A-ZĐ\d][-/]$"), re.compile(r"[A-ZĐ\d]")
# A line of a paragraph begins at the margin or, the first one, is set in this far at most (sizes).
_DEEPEST = 5.0


# A line with the left and the right margin of its page.
Placed = tuple[Line, float, float]


def paragraphs(lines: Sequence[Line], left: float, right: float) -> list[str]:
    """The lines between two margins as paragraphs. Linear."""
    return list(joined_up((line, left, right) for line in lines))


def joined_up(placed: Iterable[Placed]) -> Iterator[str]:
    """The same for lines of several pages, each with its page's margins."""
    text = ""
    first: Placed | None = None
    last: Placed | None = None
    for one in placed:
        if first is not None and last is not None and (last[0].soft or _goes_on(first, last, one)):
            text += ("" if last[0].soft or _is_one_code(text, one[0].text) else " ") + one[0].text
        else:
            if last is not None:
                yield text
            text, first = one[0].text, one
        last = one
    if last is not None:
        yield text


def _is_one_code(above: str, below: str) -> bool:
    return _CODE_ENDS.search(above[-2:]) is not None and _CODE_BEGINS.match(below) is not None


def margins(lines: Sequence[Line]) -> tuple[float, float]:
    """Where lines begin and end, but for a few that stick out. Cost: sorting the lines."""
    if not lines:
        return 0.0, 0.0
    lefts, rights = sorted(one.left for one in lines), sorted(one.right for one in lines)
    return lefts[len(lefts) // 20], rights[-1 - len(rights) // 20]


def _goes_on(first: Placed, above: Placed, one: Placed) -> bool:
    """A line whose first word found no room above it, that is not set in and opens no item.

    Below a first line that is set in, what begins at the margin opens nothing: "… tại⏎Điều 19 Nghị định".
    """
    (last, last_left, last_right), (line, left, _) = above, one
    size = max(last.size, line.size)
    sure = first[0].left > first[1] + _SET_IN * size
    at_margin = line.left < left + _SET_IN * size and last.left < last_left + _DEEPEST * size
    return (
        last.right + first_word(line) * _ROOM > last_right
        and (at_margin or line.left < last.left - size)
        and (line.y <= last.y or line.y - last.y < _APART * size)
        and abs(last.size - line.size) < 1.5
        and (sure or not OPENS.match(line.text))
    )


def first_word(line: Line) -> float:
    """How wide a space and the first word are, by the line's own letters."""
    text = line.segments[0].text
    wide = line.segments[0].right - line.segments[0].left
    return wide * (len(text.split(" ", 1)[0]) + 1) / max(1, len(text))
