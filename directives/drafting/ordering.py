"""Item numbers of the tasks: which of them stand out of turn, and the same list counted anew.

Sisters (rows under one heading) are counted by themselves, as every part of a plan counts from 1 again. A
number left out is no fault: not every item of a paper gives work.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from units.naming import ALPHABET

from .draft import parents

# What stands before the counter ("Điều ", "2.") and the counter: a number, a Roman number, a letter.
_LABEL = re.compile(r"(?P<before>(?:\D* |(?:\d+\.)+)?)(?P<counter>\d{1,4}|[IVXL]{1,7}|[a-zđA-ZĐ])")
_ROMANS = ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


@dataclass(frozen=True)
class Label:
    """One item number read: what stands before, how it counts, and where it stands in its sequence (from 1)."""

    before: str
    style: str
    ordinal: int

    def __str__(self):
        return self.before + _WRITTEN[self.style](self.ordinal)


def out_of_turn(labels: Sequence[str], levels: Sequence[int]) -> dict[int, str]:
    """Row → why its number cannot stay: another sister has it, or a later one stands before it. Linear."""
    found = {}
    for rows in _sisters(levels).values():
        before: list[Label] = []
        for at in rows:
            label = read(labels[at], before[-1] if before else None)
            if label is None:
                continue
            if before and _starts_again(label, before):
                before = []
            if label in before:
                found[at] = _("số mục “%(label)s” bị trùng.") % {"label": labels[at]}
            elif before and _comes_before(label, before[-1]):
                said = {"label": labels[at], "last": before[-1]}
                found[at] = _("số mục “%(label)s” đứng sau “%(last)s”.") % said
            before.append(label)
    return found


def renumbered(labels: Sequence[str], levels: Sequence[int]) -> list[str]:
    """The labels counted anew, each list of sisters in the style of its first number; a list without any stays."""
    counted = list(labels)
    for rows in _sisters(levels).values():
        first = next(filter(None, (read(labels[at]) for at in rows)), None)
        if first:
            for ordinal, at in enumerate(rows, start=1):
                counted[at] = str(replace(first, ordinal=ordinal))
    return counted


def read(label: str, before: Label | None = None) -> Label | None:
    """None for a dash, a word, or nothing. After "h", "i" is a letter; anywhere else "I" is one in Rome."""
    found = _LABEL.fullmatch(label.strip())
    if not found:
        return None
    counter = found["counter"]
    if counter.isdigit():
        return Label(found["before"], "number", int(counter))
    style = "capital" if counter.isupper() else "letter"
    roman = _from_roman(counter) if counter.isupper() else None
    if roman and not (before and before.style == "capital"):
        return Label(found["before"], "roman", roman)
    ordinal = ALPHABET.find(counter.lower()) + 1 if len(counter) == 1 else 0
    return Label(found["before"], style, ordinal) if ordinal else None


def _sisters(levels):
    """Rows by the row they hang under, in their order."""
    under = defaultdict(list)
    for at, above in enumerate(parents(levels)):
        under[above].append(at)
    return under


def _comes_before(label, last):
    return (label.before, label.style) == (last.before, last.style) and label.ordinal < last.ordinal


def _starts_again(label, before):
    """A list of its own: the part of the paper it stands in has no row here."""
    return label.ordinal == 1 and len(before) > 1


def _from_roman(text) -> int | None:
    ordinal, rest = 0, text
    for value, sign in _ROMANS:
        while rest.startswith(sign):
            ordinal, rest = ordinal + value, rest.removeprefix(sign)
    return ordinal if ordinal and not rest and _to_roman(ordinal) == text else None


def _to_roman(ordinal: int) -> str:
    written = ""
    for value, sign in _ROMANS:
        count, ordinal = divmod(ordinal, value)
        written += sign * count
    return written


def _to_letter(ordinal: int) -> str:
    return ALPHABET[(ordinal - 1) % len(ALPHABET)]


_WRITTEN: dict[str, Callable[[int], str]] = {
    "number": str,
    "roman": _to_roman,
    "letter": _to_letter,
    "capital": lambda ordinal: _to_letter(ordinal).upper(),
}
