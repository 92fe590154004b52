"""Numbered items: which lines open one, and which item each hangs under.

Levels follow the printed hierarchy (phần, chương, mục, Điều, khoản "1.", "1.1.", điểm "a)", dash, plus), so that
labels may restart under each parent. A wrapped line that merely begins like a label is refused by its sequence.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from .text import Line

_SPACE_OR_WORD = r"(?=[ \t]|[^\W\d_]|$|\*|\")"
_LABELS = (
    ("part", 0, re.compile(r"(?P<label>(?:Phần|PHẦN)\s(?:thứ\s\S{1,6}|[IVX]{1,5}|\d{1,2}))\b[ \t.:-]{0,5}")),
    ("chapter", 1, re.compile(r"(?P<label>(?:Chương|CHƯƠNG)\s(?:[IVX]{1,5}|\d{1,2}))\b[ \t.:-]{0,5}")),
    ("article", 4, re.compile(r"(?P<label>(?:Điều|ĐIỀU)\s\d{1,3}[a-zđ]?)\s?[.:][ \t]{0,9}")),
    ("roman", 3, re.compile(r"(?P<label>[IVX]{1,6})\s?[.)/\-–][ \t]{0,9}(?=[^\W\d_]|$)")),
    ("capital", 2, re.compile(r"(?P<label>[A-HĐ])\s?[.)/\-–][ \t]{1,9}(?=[^\W\d_])")),
    (
        "dotted",
        6,
        re.compile(rf"(?P<label>\d{{1,2}}(?:\.\d{{1,2}}){{1,4}})(?!\d)[.)\-/]?[ \t]{{0,9}}{_SPACE_OR_WORD}"),
    ),
    (
        "number",
        5,
        re.compile(rf"(?P<label>\d{{1,3}})(?:\s?[.)]|[-–/](?=[ \t]))(?!\d)[ \t]{{0,9}}{_SPACE_OR_WORD}"),
    ),
    ("bracket", 9, re.compile(r"\((?P<label>\d{1,2})\)[ \t]{0,9}(?=\S)")),
    ("letter", 11, re.compile(r"(?P<label>[a-zđ])(?:\s?\)|\.(?=[ \t]))[ \t]{0,9}(?=\S)")),
    ("dash", 12, re.compile(r"(?P<label>[-–—•*])(?![-–—*])[ \t]{0,9}(?=[^\W_]|\")")),
    ("plus", 13, re.compile(r"(?P<label>\+)[ \t]{0,9}(?=[^\W_])")),
)
SECTIONS = ("part", "chapter", "capital", "roman")
_LETTERS = "abcdđefghijklmnopqrstuvwxyz"
_ROMANS = {"I": 1, "V": 5, "X": 10}
_SENTENCE_END = (".", ";", ":", "!", "?", "…", "/", ")", "”", '"', "]")


@dataclass(slots=True)
class Item:
    """A line that opens an item. `text` is where its words begin; `end` comes before the next item of any level."""

    style: str
    label: str
    rank: int
    start: int
    text: int
    end: int
    parent: int | None
    line: Line


def find_items(lines: Iterable[Line], end: int) -> list[Item]:
    """The items among these lines in order; `parent` indexes the same list. Linear."""
    items: list[Item] = []
    stack: list[int] = []
    above: Line | None = None
    for line in lines:
        found = _read_label(line)
        if found and _belongs(items, stack, found, line, above):
            _push(items, stack, found, line, end)
        above = line
    return items


def _read_label(line: Line) -> tuple[str, str, int, int] | None:
    """(style, label, rank, offset of the words) if the line opens like an item."""
    head = line.text[:80]
    for style, rank, pattern in _LABELS:
        if found := pattern.match(head):
            label = found["label"]
            depth = label.count(".") if style == "dotted" else 0
            return style, "-" if style == "dash" else label, rank + depth, line.start + found.end()
    return None


def _belongs(items: list[Item], stack: list[int], found: tuple, line: Line, above: Line | None) -> bool:
    """Refuses a wrapped line: in mid-sentence only the next label of a running sequence opens an item."""
    style, label, rank, _ = found
    if style in ("dash", "plus", "part", "chapter", "article", "dotted"):
        return style != "dash" or not _mid_word(above)
    if style in ("roman", "capital") and line.source.text[found[3] : line.end].isupper():
        return True
    before = next((items[at] for at in reversed(stack) if items[at].rank == rank), None)
    ordinal = _ordinal(style, label)
    follows = ordinal == 1 or (before is not None and 0 < ordinal - _ordinal(before.style, before.label) <= 2)
    if above is None or above.text.endswith(_SENTENCE_END) or is_heading_line(above):
        return follows or style in ("number", "letter", "bracket") and ordinal < 40
    return follows and (ordinal != 1 or not above.text.endswith(","))


def _mid_word(above: Line | None) -> bool:
    """The dash of a range broken over a line: "giai đoạn 2020" / "- 2025" has a figure, not a word, after it."""
    return above is not None and above.text.endswith((" -", " –"))


def is_heading_line(line: Line) -> bool:
    """A short line that opens an item or stands in capitals: it needs no full stop."""
    return len(line) < 200 and (_read_label(line) is not None or line.text.isupper())


def _ordinal(style: str, label: str) -> int:
    if style == "roman":
        values = [_ROMANS[c] for c in label]
        return sum(-v if v < after else v for v, after in zip(values, [*values[1:], 0], strict=True))
    if style in ("letter", "capital"):
        return _LETTERS.find(label.lower()) + 1
    return int(label)


def _push(items: list[Item], stack: list[int], found: tuple, line: Line, end: int) -> None:
    style, label, rank, text = found
    while stack and items[stack[-1]].rank >= rank:
        stack.pop()
    if items:
        items[-1].end = line.start
    items.append(Item(style, label, rank, line.start, text, end, stack[-1] if stack else None, line))
    stack.append(len(items) - 1)
