"""What stands on a page and is not of the document: page numbers, seals, the stamp ĐẾN; footnotes apart."""

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
# The stamp of the office that received the paper: "ĐẾN Số: 1998 Ngày: 15/9/2026".
_ARRIVED = re.compile(r"(?:CÔNG VĂN |VĂN BẢN )?ĐẾN(?:\W{0,3}$|\W{1,3}(?:Số|Giờ|Ngày)\b)")
_ARRIVAL = re.compile(
    r"(?:(?:Số|Ngày|Giờ)(?: đến)?\b\s?:?[\d\s./…:-]{0,30}(?:(?:Ngày|Giờ)\b\s?:?[\d\s./…:-]{0,30})?|(?:Chuyển|Lưu hồ sơ(?: số)?|Ký hiệu HS|Số và ký hiệu HS)\b.{0,60})",
    re.IGNORECASE,
)
_NOTE = re.compile(rf"(?:\[?(?:{RAISED}?\d){{1,2}}\]?|\*)\s?\S")
# In heights of the page, and in letters' sizes.
_NEAR_EDGE = 0.13
_NEAR = 5.0
_SMALLER, _NEXT_LINE = 1.5, 1.8
# The stamp: in the upper part of the page (its share), so many letters high, its words this near to its middle (points).
_UPPER, _STAMP, _WIDE, _MOST = 0.5, 4.5, 60.0, 20
# The stroke above footnotes, in points.
_STROKE = (90.0, 200.0)


def without_seals(lines: Sequence[Line]) -> list[Line]:
    """The lines without what programs for signing print, a name of an office only beside other such words; the words
    of a seal run on in its small letters. Linear in the lines.
    """
    seals = [one for line in lines for one in line.segments if _SEAL.match(one.text)]
    if not seals:
        return list(lines)
    usual, sealed = _usual_size(_without(lines, seals)), list(seals)
    for line in lines if len(seals) <= _MOST else ():
        sealed += [one for one in line.segments if _is_sealed(one, sealed[-2 * _MOST :], usual)]
    return _without(lines, sealed)


def _is_sealed(one: Segment, sealed: Sequence[Segment], usual: float) -> bool:
    if _SEAL_OFFICE.match(one.text):
        return any(abs(one.y - seal.y) < _NEAR * one.size for seal in sealed)
    small = one.size < usual - _SMALLER
    return small and any(_runs_on(seal, one) for seal in sealed)


def _runs_on(seal: Segment, one: Segment) -> bool:
    """The next line in the same letters, under the words of the seal."""
    below = 0 <= one.y - seal.y < _NEXT_LINE * seal.size
    return below and abs(one.size - seal.size) < _SMALLER / 2 and _is_over(seal, one)


def without_arrivals(lines: Sequence[Line], height: float) -> list[Line]:
    """The lines of a page without the stamp of the office it came to. Linear in the lines."""
    upper = [one for line in lines for one in line.segments if one.y < height * _UPPER]
    stamped = [one for one in upper if _ARRIVED.match(one.text)]
    if not stamped:
        return list(lines)
    for one in upper:
        beside = any(abs(one.y - mark.y) < _STAMP * max(mark.size, one.size) for mark in stamped[:_MOST])
        near = any(
            one.left < mark.right + _WIDE and mark.left - _WIDE < one.right for mark in stamped[:_MOST]
        )
        if beside and near and _ARRIVAL.fullmatch(one.text):
            stamped.append(one)
    return _without(lines, [*stamped, *_receivers(upper, stamped, _usual_size(lines))])


def _receivers(upper: Sequence[Segment], stamped: Sequence[Segment], usual: float) -> list[Segment]:
    """The name of the receiving office stands in the stamp's first line, smaller than the paper's own words."""
    top = min(stamped, key=lambda one: one.y)
    return [
        one
        for one in upper
        if 0 < top.y - one.y < 2 * top.size
        and one.size < usual - _SMALLER
        and one.text.isupper()
        and _is_over(one, top)
    ]


def _is_over(one: Segment, other: Segment) -> bool:
    return one.left < other.right and other.left < one.right


def _usual_size(lines: Sequence[Line]) -> float:
    sizes = sorted(one.size for line in lines for one in line.segments for _ in one.text[:40])
    return sizes[len(sizes) // 2] if sizes else 0.0


def _without(lines: Sequence[Line], gone: Sequence[Segment]) -> list[Line]:
    away = {id(one) for one in gone}
    kept = (tuple(one for one in line.segments if id(one) not in away) for line in lines)
    return [Line(segments) for segments in kept if segments]


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
