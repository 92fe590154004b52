"""Orders without a number: sentences that tell a unit to do something."""

import re
from collections.abc import Iterator

from .leads import ASSIGNS, Units
from .text import Line, Source, is_capitals

_FAREWELL = re.compile(
    r"(?:thong bao (?:de|den|cho)|xin thong bao|tran trong|de (?:cac )?[\w, ]{0,60}(?:biet|duoc biet)|tren day la|nhan duoc (?:cong van|van ban|ke hoach|chi thi))"
)
_DESCRIBES = re.compile(
    r"\W{0,40}(?:can cu|thuc hien|xet|tiep theo|theo de nghi|nham|de (?:tang|nang|thuc|dam|bao|phuc)|qua |thoi gian qua|trong thoi gian qua|nhan dip)"
)
_SENTENCE = re.compile(r"(?<=[.;])\s+(?=[A-ZĐÀ-Ỹ])")
_GIVEN = re.compile(r"(?<![^\s])(?<![\w,;:] )(?=Giao )")
_CLAUSE = re.compile(r"[,;]\s{1,60}(?=[A-ZĐÀ-Ỹ])")
_DUTY = re.compile(r"\b(?:co|chiu) trach nhiem\b|\bkip thoi (?:phan anh|bao cao)\b")


def find_orders(
    source: Source, units: Units, start: int, end: int, after: int | None
) -> Iterator[tuple[int, int]]:
    """Offsets of the ordering sentences between two offsets.

    Beside numbered tasks, the last of which ends at `after`, only a closing "Giao …" is an order of its own. Linear.
    """
    for first, stop in _paragraphs(source, start, end):
        if after is None:
            yield from _sentences(source, units, first, stop)
        elif first >= after and (given := _GIVEN.search(source.text, first, stop)):
            yield from _sentences(source, units, given.end(), stop)


def find_paragraphs(source: Source, units: Units, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Offsets of the paragraphs under a heading that order somebody: each is an order of its own. Linear."""
    for first, stop in _paragraphs(source, start, end):
        if source.text[first].isupper() and not _FAREWELL.search(source.plain, first, min(stop, first + 300)):
            told = units.opens(source.text[first : first + 200]) or _ordered(source, units, first, stop)
            if told and units.leads(source, first, stop):
                yield first, stop


def _paragraphs(source: Source, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Stretches of text that end with a full stop at the end of a line or before a dash."""
    rows: list[Line] = []
    for line in source.lines_between(start, end):
        if line.is_noise or "|" in line.text:
            continue
        if rows and (rows[-1].text.endswith((".", ":", "/.")) or line.text[0] in "-+"):
            yield rows[0].start, rows[-1].end
            rows = []
        rows.append(line)
    if rows:
        yield rows[0].start, rows[-1].end


def _sentences(source: Source, units: Units, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The ordering sentences of a paragraph; one that orders nobody goes on with the one before it."""
    text = source.text
    if text[start] in "-+" or is_capitals(text[start : min(end, start + 80)]):
        return
    if _FAREWELL.search(source.plain, start, min(end, start + 300)):
        return
    edges = [start, *(m.end() for m in _SENTENCE.finditer(text, start, end)), end]
    held: tuple[int, int] | None = None
    for at, to in zip(edges, edges[1:], strict=False):
        at = _subject(source, units, at, to)
        if not _orders(source, units, at, to):
            held = (held[0], to) if held else None
            continue
        if held:
            yield held
        held = (at, to)
    if held:
        yield held


def _subject(source: Source, units: Units, start: int, end: int) -> int:
    """Where an order begins behind its grounds: "Để nâng cao …, Sở Tài chính đề nghị các đơn vị …"."""
    order = ASSIGNS.search(source.text, start, end)
    if order is None or not _DESCRIBES.match(source.plain, start):
        return start
    clauses = [
        gap.end() for gap in _CLAUSE.finditer(source.text, max(start, order.start() - 200), order.start())
    ]
    return next((at for at in reversed(clauses) if units.opens(source.text[at : at + 200])), start)


def _orders(source: Source, units: Units, start: int, end: int) -> bool:
    if ASSIGNS.search(source.text, start, end):
        return _ordered(source, units, start, end)
    return not _DESCRIBES.match(source.plain, start) and _DUTY.search(source.plain, start, end) is not None


def _ordered(source: Source, units: Units, start: int, end: int) -> bool:
    """Whether the first "giao", "yêu cầu", "đề nghị" of a sentence speaks to a unit."""
    given = ASSIGNS.search(source.text, start, end)
    proposed = source.plain.startswith("theo de nghi", start)
    return given is not None and not proposed and units.opens(source.text[given.end() : given.end() + 200])
