"""Lines that go on with the line above are put together again, as the writer typed them."""

import re
from collections.abc import Sequence

from .lines import Line

# In letters' sizes: how near the margin a full line ends, how far a first line is set in, how far lines stand apart.
_FULL, _SET_IN, _APART = 2.0, 0.8, 1.75
_OPENS = re.compile(
    r"(?:[-–•+*]\s|\(?\d{1,3}(?:\.\d{1,3}){0,4}[.)/]\s|[IVX]{1,6}[.\-]\s?\S|[a-zđ]{1,2}\)\s|(?:Điều|Chương|Mục|Phần|Phụ lục|Căn cứ|Kính gửi|Nơi nhận)\b)"
)


def paragraphs(lines: Sequence[Line], left: float, right: float) -> list[str]:
    """The lines between two margins as paragraphs. Linear."""
    built: list[str] = []
    last: Line | None = None
    for line in lines:
        if last is not None and (last.soft or _goes_on(last, line, left, right)):
            built[-1] += ("" if last.soft else " ") + line.text
        else:
            built.append(line.text)
        last = line
    return built


def margins(lines: Sequence[Line]) -> tuple[float, float]:
    """Where most lines begin and end, told by the long ones. Cost: sorting the lines."""
    if not lines:
        return 0.0, 0.0
    lefts, rights = sorted(one.left for one in lines), sorted(one.right for one in lines)
    return lefts[len(lefts) // 20], rights[-1 - len(rights) // 20]


def _goes_on(last: Line, line: Line, left: float, right: float) -> bool:
    """A full line, and below it one that is not set in and does not open an item."""
    size = max(last.size, line.size)
    return (
        last.right > right - _FULL * size
        and line.left < left + _SET_IN * size
        and last.left < left + 6 * size
        and line.y - last.y < _APART * size
        and abs(last.size - line.size) < 1.5
        and len(last.segments) == len(line.segments) == 1
        and not _OPENS.match(line.text)
    )
