"""How wide each column is, how large the letters are, and whether A4 is enough: reckoned from the words themselves."""

from collections.abc import Sequence
from dataclasses import dataclass

from .table import Column, Kind

# Millimetres inside the margins of A4 and A3 across, as the forms have them.
ROOM = {"a4": 272.0, "a3": 395.0}
# The letters of the rows in points, the largest that fits is taken; the head's are a point smaller, six at least.
SIZES = (11, 10, 9, 8, 7.5, 7, 6.5)
_INSET = 0.14  # the room beside the words, of the size of the letters
_POINT = 25.4 / 72
# Of the height of the letter, for the faces of Times: enough for words to fit, measured with all of Vietnamese.
_NARROW, _WIDE = frozenset("ijltfrI.,:;'|()[]/- \N{NO-BREAK SPACE}"), frozenset("mwMW%@")
# A column of text never becomes narrower than so many letters of middle width.
_FEWEST = 16


@dataclass(frozen=True)
class Fitted:
    """The paper, the size of the letters and the room beside them in points, the width of each column in millimetres."""

    paper: str
    size: float
    inset: float
    widths: list[float]


def fitted(columns: Sequence[Column], texts: Sequence[Sequence[str]]) -> Fitted:
    """The largest letters with which all columns fit on A4, else on A3. Linear in the texts."""
    longest = [_longest(column, (row[at] for row in texts)) for at, column in enumerate(columns)]
    for paper, room in ROOM.items():
        for size in SIZES:
            needed = [one * size * _POINT for one in _needed(columns, longest, size)]
            if sum(needed) <= room:
                return Fitted(paper, size, round(size * _INSET, 2), _spread(columns, needed, room))
    return Fitted("a3", SIZES[-1], 0.8, _spread(columns, needed, ROOM["a3"]))


def _longest(column, texts):
    """How wide the widest value is that may not be broken, in heights of a letter; text may be broken anywhere."""
    if column.kind == Kind.TEXT:
        return 0.0
    return max((wide(text) for text in texts), default=0.0)


def _needed(columns, longest, size):
    """In heights of a letter, with the room beside the words."""
    head = max(6, size - 1) / size
    for column, value in zip(columns, longest, strict=True):
        words = max((wide(word) for word in column.label.split()), default=0) * head
        text = _FEWEST * 0.5 * min(column.width or 1, 1) if column.kind == Kind.TEXT else 0
        yield max(words, value, text) + 2 * _INSET + 0.02


def _spread(columns, needed, room):
    """What is left goes to the columns of text, by their shares; without any to all alike."""
    left = room - sum(needed)
    shares = [(column.width or 1) if column.kind == Kind.TEXT else 0.0 for column in columns]
    if not sum(shares):
        shares = needed
    whole = sum(shares)
    return [round(own + left * share / whole, 2) for own, share in zip(needed, shares, strict=True)]


def wide(word: str) -> float:
    """The width of a word in bold, in heights of its letters: rather too much than too little."""
    return sum(
        0.5
        if sign.isdigit()
        else 0.36
        if sign in _NARROW
        else 0.95
        if sign in _WIDE
        else 0.78
        if sign.isupper()
        else 0.57
        for sign in word
    )
