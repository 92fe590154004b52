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
# A column of text has room for so many letters of middle width, or for all it ever says; one of long texts for so many
# times the root of their length, so that they stand as blocks and not as towers.
_FEWEST, _BLOCK = 16, 2


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
    lengths = [[len(row[at]) for row in texts] for at in range(len(columns))]
    shares = [_share(column, own) for column, own in zip(columns, lengths, strict=True)]
    letters = [_letters(column, own) for column, own in zip(columns, lengths, strict=True)]
    for paper, room in ROOM.items():
        for size in SIZES:
            needed = [one * size * _POINT for one in _needed(columns, longest, letters, size)]
            if sum(needed) <= room:
                return Fitted(paper, size, round(size * _INSET, 2), _spread(shares, needed, room))
    return Fitted("a3", SIZES[-1], 0.8, _spread(shares, needed, ROOM["a3"]))


def _longest(column, texts):
    """How wide the widest value is that may not be broken, in heights of a letter; text may be broken anywhere."""
    if column.kind == Kind.TEXT:
        return 0.0
    return max((wide(text) for text in texts), default=0.0)


def _letters(column, lengths):
    """How many letters of text at least stand beside each other."""
    said = [length for length in lengths if length]
    if column.kind != Kind.TEXT or not said:
        return 0.0
    block = _BLOCK * (sum(said) / len(said)) ** 0.5
    return min(max(said), max(_FEWEST * min(column.width or 1, 1), block))


def _needed(columns, longest, letters, size):
    """In heights of a letter, with the room beside the words."""
    head = max(6, size - 1) / size
    for column, value, text in zip(columns, longest, letters, strict=True):
        words = max((wide(word) for word in column.label.split()), default=0) * head
        yield max(words, value, text * 0.5) + 2 * _INSET + 0.02


def _share(column, lengths):
    """How much of what is left a column of text takes: the more it has to say, the more, by the root of it."""
    if column.kind != Kind.TEXT:
        return 0.0
    return (column.width or 1) * (4 + sum(lengths) / max(1, len(lengths))) ** 0.5


def _spread(shares, needed, room):
    """What is left goes to the columns of text; without any to all alike."""
    shares = shares if sum(shares) else needed
    part = (room - sum(needed)) / sum(shares)
    return [round(own + part * share, 2) for own, share in zip(needed, shares, strict=True)]


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
