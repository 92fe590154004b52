"""The numbers that Word counts by itself: "I.", "1.2.", "a)", "Điều 3.", bullets.

A list (`num`) counts along a pattern (`abstractNum`) of nine levels; lists on one pattern go on with one another
unless a list says where it starts.
"""

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from .styles import ListPlace, Styles, value, whole

LEVELS = 9
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
    (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_LONGEST_ROMAN = 4000
_LONGEST_TEXT = 60
_DASHES = frozenset("-–—−‐‑\uf02d\uf0be")


@dataclass(frozen=True, slots=True)
class Level:
    start: int = 1
    form: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False
    style: str | None = None


@dataclass(slots=True)
class Pattern:
    """The levels, and how far each has counted (None: not begun)."""

    levels: dict[int, Level]
    counts: list[int | None]


@dataclass(slots=True)
class List:
    pattern: Pattern
    starts: dict[int, int]
    levels: dict[int, Level]
    begun: bool = False


class Numbering:
    """Counts as the paragraphs are read, in their order."""

    def __init__(self, root: Element | None, styles: Styles):
        elements = root.findall("abstractNum") if root is not None else []
        patterns = {one.get("abstractNumId", ""): one for one in elements}
        made = {id_: Pattern(_levels(one), [None] * LEVELS) for id_, one in patterns.items()}
        self.lists: dict[str, List] = {}
        for one in root.findall("num") if root is not None else []:
            pattern = made.get(value(one, "abstractNumId") or "")
            if pattern is not None:
                starts, levels = _overrides(one)
                self.lists[one.get("numId", "")] = List(pattern, starts, levels)
        self._link(patterns, made, styles)

    def label(self, place: ListPlace, style: str | None = None) -> str:
        """The number of the next paragraph of a list, "" where the list is unknown or shows none."""
        found = self.lists.get(place.list_id)
        if found is None:
            return ""
        at = place.level if place.level is not None else _level_of(found, style)
        if not 0 <= at < LEVELS:
            return ""
        _begin(found)
        _count(found, at)
        return _written(found, at)

    def _link(self, patterns: dict[str, Element], made: dict[str, Pattern], styles: Styles) -> None:
        """A pattern may only say that it is the one of a list style."""
        for id_, element in patterns.items():
            linked = value(element, "numStyleLink")
            place = styles.get(linked).place if linked else None
            other = self.lists.get(place.list_id) if place else None
            if other is not None and not made[id_].levels:
                made[id_].levels = other.pattern.levels


def _levels(element: Element) -> dict[int, Level]:
    found = ((whole(one.get("ilvl")), one) for one in element.findall("lvl"))
    return {at: _level(one) for at, one in found if at is not None and at < LEVELS}


def _level(element: Element) -> Level:
    start = whole(value(element, "start"))
    return Level(
        start=1 if start is None else start,
        form=value(element, "numFmt") or "decimal",
        text=(value(element, "lvlText") or "")[:_LONGEST_TEXT],
        restart=whole(value(element, "lvlRestart")),
        legal=element.find("isLgl") is not None,
        style=value(element, "pStyle"),
    )


def _overrides(element: Element) -> tuple[dict[int, int], dict[int, Level]]:
    starts: dict[int, int] = {}
    levels: dict[int, Level] = {}
    for one in element.findall("lvlOverride"):
        at, start, level = whole(one.get("ilvl")), whole(value(one, "startOverride")), one.find("lvl")
        if at is None or at >= LEVELS:
            continue
        if start is not None:
            starts[at] = start
        if level is not None:
            levels[at] = _level(level)
    return starts, levels


def _level_of(one: List, style: str | None) -> int:
    """A style names its list, and the list the level that carries the style."""
    levels = one.pattern.levels | one.levels
    return next((at for at, level in levels.items() if style and level.style == style), 0)


def _begin(one: List) -> None:
    if not one.begun:
        one.begun = True
        for at in one.starts:
            one.pattern.counts[at] = None


def _count(one: List, at: int) -> None:
    counts = one.pattern.counts
    seen = counts[at]
    counts[at] = _start(one, at) if seen is None else seen + 1
    for below in range(at + 1, LEVELS):
        restart = _level_at(one, below).restart
        if restart is None or at < restart:
            counts[below] = None


def _start(one: List, at: int) -> int:
    return one.starts.get(at, _level_at(one, at).start)


def _level_at(one: List, at: int) -> Level:
    return one.levels.get(at) or one.pattern.levels.get(at) or Level()


def _written(one: List, at: int) -> str:
    level = _level_at(one, at)
    if level.form == "bullet":
        return _bullet(level.text)
    text = level.text
    for upper in range(LEVELS):
        if f"%{upper + 1}" in text:
            count = one.pattern.counts[upper]
            form = "decimal" if level.legal else _level_at(one, upper).form
            text = text.replace(f"%{upper + 1}", number(_start(one, upper) if count is None else count, form))
    return text.strip()


def _bullet(text: str) -> str:
    """Symbols of Word's own fonts stand for bullets of every shape; dashes and plus signs mean levels here."""
    mark = text.strip()
    if not mark or mark in _DASHES:
        return "-"
    return "+" if mark in {"+", "\uf02b"} else "•"


def number(count: int, form: str) -> str:
    """A count in one of Word's forms; forms without letters of ours are written in digits."""
    match form:
        case "lowerRoman":
            return _roman(count).lower()
        case "upperRoman":
            return _roman(count)
        case "lowerLetter":
            return _letters(count)
        case "upperLetter":
            return _letters(count).upper()
        case "decimalZero":
            return f"{count:02}"
        case "none":
            return ""
    return str(count)


def _roman(count: int) -> str:
    if not 0 < count < _LONGEST_ROMAN:
        return str(count)
    written = ""
    for size, letters in _ROMAN:
        written += letters * (count // size)
        count %= size
    return written


def _letters(count: int) -> str:
    """a … z, aa, bb …: Word knows no đ, whatever the language of the text."""
    if not 0 < count <= 26 * 20:
        return str(count)
    return chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
