"""What stands on a page and is not of the document: page numbers, seals of digital signatures; footnotes apart."""

import re
from collections.abc import Sequence

from .glyphs import Rule
from .lines import RAISED, Line, Segment

_PAGE_NUMBER = re.compile(r"\W{0,3}(?:(?:trang|page)\s)?\d{1,3}(?:\s?/\s?\d{1,3})?\W{0,3}", re.IGNORECASE)
_SEAL = re.compile(
    r"(?:Người ký|Ký bởi|Ký số bởi|Được ký bởi|Signed by|Digitally signed|Signature Not Verified|Thời gian ký|Ngày ký|Date:|DN:|Email\s?:\s?\S+@|Foxit|Reason:|Location:)",
    re.IGNORECASE,
)
_SEAL_OFFICE = re.compile(r"Cơ quan\s?:|Tổ chức\s?:|Chức vụ\s?:|Phiên bản\s?:", re.IGNORECASE)
_NOTE = re.compile(rf"(?:\[?(?:{RAISED}?\d){{1,2}}\]?|\*)\s?\S")
# In heights of the page, and in letters' sizes.
_NEAR_EDGE = 0.13
_NEAR = 5.0
# The stroke above footnotes, in points.
_STROKE = (90.0, 200.0)


def without_seals(lines: Sequence[Line]) -> list[Line]:
    """The lines without what programs for signing print. A name of an office goes only beside other such words."""
    seals = [one.y for line in lines for one in line.segments if _SEAL.match(one.text)]
    if not seals:
        return list(lines)
    kept = (tuple(one for one in line.segments if not _is_sealed(one, seals)) for line in lines)
    return [Line(segments) for segments in kept if segments]


def _is_sealed(one: Segment, seals: Sequence[float]) -> bool:
    if _SEAL.match(one.text):
        return True
    return bool(_SEAL_OFFICE.match(one.text)) and any(abs(one.y - y) < _NEAR * one.size for y in seals)


def without_page_number(lines: list[Line], height: float) -> list[Line]:
    """The lines without a bare number at the edge of the page."""
    first, last = 0, len(lines)
    if lines and lines[0].y < height * _NEAR_EDGE and _PAGE_NUMBER.fullmatch(lines[0].text):
        first = 1
    if last > first and lines[-1].y > height * (1 - _NEAR_EDGE) and _PAGE_NUMBER.fullmatch(lines[-1].text):
        last -= 1
    return lines[first:last]


def footnotes_from(lines: Sequence[Line], rules: Sequence[Rule], height: float) -> int:
    """Where the footnotes begin: below a short stroke in the lower part of the page, in smaller letters."""
    strokes = [one.top for one in rules if one.is_flat and _STROKE[0] < one.right - one.left < _STROKE[1]]
    sizes = sorted(line.size for line in lines)
    for at, line in enumerate(lines):
        above = lines[at - 1].y if at else 0.0
        stroke = any(above < y <= line.y for y in strokes)
        if (
            stroke
            and line.y > height / 2
            and _NOTE.match(line.text)
            and line.size < sizes[len(sizes) // 2] - 0.5
        ):
            return at
    return len(lines)
