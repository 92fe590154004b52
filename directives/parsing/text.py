"""The text as the rules see it, and the way back to the text as it was given.

`Source.text` is composed (NFC), has plain newlines and no pasted markup; `Source.plain` is the same text without
marks and case, character for character. Rules search either and answer with `Source.span`.
"""

import re
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from units.naming import plain_letters

from .legacy import is_legacy, unicode_of
from .result import Span

_REWRITTEN = re.compile(
    r"(?P<newline>\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]|<br ?/?>)"
    r"|(?P<space>[\u00a0\u2000-\u200a\u202f\u3000])"
    r"|(?P<dropped>[\u200b-\u200f\u2060\ufeff\u00ad]|\*{2,}|`{3,}|\*(?=[^\s*])|(?<=[^\s*])\*|\\(?=[^\w\s])"
    r"|^[ \t]{0,8}\#{1,6}(?=[ ]))"
    r"|(?P<cluster>[^\n][\u0300-\u036f]+)",
    re.MULTILINE,
)
_PUNCTUATION = str.maketrans("–—‒‑−“”‘’…", "-----\"\"''.")
_RULE = re.compile(r"[\s\-_=*~.·•+|:–—]*")
_PAGE_MARK = re.compile(
    r"\W{0,40}(?:\d{1,3}|(?:trang|page)\s?\d{1,4}(?:/\d{1,4})?|page break|\[\.{1,3}\])\W{0,40}"
)
_BULLETS = frozenset("-–—•*+")
_LONGEST_GAP = 20
_COLUMN_GAP = re.compile(r"[ ]{3,}|[ ]*[\t|][ \t|]*")


class Source:
    """The given text, its cleaned form and the map between them. Building it is linear in the text."""

    def __init__(self, given: str):
        self.given = given
        self.is_legacy = is_legacy(given)
        self.text, self._starts, self._ends = _clean(unicode_of(given) if self.is_legacy else given)
        self.plain = plain_letters(self.text).translate(_PUNCTUATION)
        self.lines = tuple(_lines(self))
        self._line_starts = [line.start for line in self.lines]

    def span(self, start: int, end: int) -> Span:
        """Where `text[start:end]` stands in the given text."""
        if self._starts is None or self._ends is None:
            return Span(start, end)
        if start >= end:
            at = self._starts[start] if start < len(self._starts) else len(self.given)
            return Span(at, at)
        return Span(self._starts[start], self._ends[end - 1])

    def lines_between(self, start: int, end: int) -> "tuple[Line, ...]":
        """The lines that begin between two offsets. Cost: as many as they are."""
        return self.lines[bisect_left(self._line_starts, start) : bisect_left(self._line_starts, end)]

    def value(self, start: int, end: int) -> str:
        """`text[start:end]` with its white space collapsed."""
        return squeeze(self.text[start:end])


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line, without the space around it. Offsets are into `Source.text`."""

    source: Source
    start: int
    end: int

    @property
    def text(self) -> str:
        return self.source.text[self.start : self.end]

    @property
    def plain(self) -> str:
        return self.source.plain[self.start : self.end]

    def __len__(self) -> int:
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Line(Piece):
    """A line of the text. `indent` counts the columns before its first character."""

    indent: int

    @property
    def is_blank(self) -> bool:
        return self.start == self.end

    @property
    def is_rule(self) -> bool:
        """Only strokes: the line under a heading, the asterisk of a Party document."""
        return not self.is_blank and len(self) < 200 and _RULE.fullmatch(self.text) is not None

    @property
    def is_noise(self) -> bool:
        """Nothing of the document: blank, a stroke, a page number."""
        return self.is_blank or self.is_rule or (len(self) < 40 and bool(_PAGE_MARK.fullmatch(self.plain)))

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The columns of the line: parts kept apart by a tab, a bar or three spaces."""
        return tuple(columns(self))


def columns(part: Piece) -> list[Piece]:
    """The parts of a stretch of a line that wide gaps, tabs or bars keep apart."""
    edges = [part.start]
    for gap in _COLUMN_GAP.finditer(part.source.text, part.start, part.end):
        if part.source.text[edges[-1] : gap.start()] not in _BULLETS:
            edges += gap.span()
    edges.append(part.end)
    pairs = zip(edges[::2], edges[1::2], strict=True)
    return [Piece(part.source, start, end) for start, end in pairs if start < end]


def squeeze(text: str) -> str:
    """White space collapsed to single spaces."""
    return " ".join(text.split())


def is_capitals(text: str) -> bool:
    """Set in capitals: at least three letters, and no more than one in ten small (OCR)."""
    letters = [c for c in text if c.isalpha()]
    small = sum(1 for c in letters if c.islower())
    return len(letters) >= 3 and small * 10 <= len(letters)


def _clean(given: str) -> tuple[str, Sequence[int] | None, Sequence[int] | None]:
    if _REWRITTEN.search(given) is None:
        return given, None, None
    parts: list[str] = []
    starts, ends = array("Q"), array("Q")
    at = 0
    for found in _REWRITTEN.finditer(given):
        _keep(given, at, found.start(), parts, starts, ends)
        for character in _replacement(found):
            parts.append(character)
            starts.append(found.start())
            ends.append(found.end())
        at = found.end()
    _keep(given, at, len(given), parts, starts, ends)
    return "".join(parts), starts, ends


def _keep(given: str, start: int, end: int, parts: list[str], starts: array, ends: array) -> None:
    parts.append(given[start:end])
    starts.extend(range(start, end))
    ends.extend(range(start + 1, end + 1))


def _replacement(found: re.Match[str]) -> str:
    match found.lastgroup:
        case "newline":
            return "\n"
        case "space":
            return " "
        case "cluster":
            return unicodedata.normalize("NFC", found.group())
    return ""


def _lines(source: Source):
    """The lines; of a long gap only the first blank ones, since a million of them say no more."""
    at = blank = 0
    for row in source.text.split("\n"):
        body = row.strip()
        blank = 0 if body else blank + 1
        if blank > _LONGEST_GAP:
            at += len(row) + 1
            continue
        start = at + (len(row) - len(row.lstrip()) if body else 0)
        yield Line(source, start, start + len(body), len(row[: start - at].expandtabs(8)))
        at += len(row) + 1
