"""One button for a name that is not known: the unit it means stands in every field that says that name."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from directives.drafting import SEPARATOR, Candidates, names_in
from directives.enums import Purpose
from units.naming import fold

from .rows import count_of

PICK = re.compile(
    r"pick-(?P<kind>[ug])(?P<key>\d{1,9})-(?P<field>[a-z]{1,12}-\d{1,4}-[a-z]{1,12})-(?P<at>\d{1,3})"
)
ACTING = (Purpose.ACT, Purpose.COORDINATE)
_LISTS = ("leads", "supports")


@dataclass(frozen=True)
class Choice:
    """A button: what it sends, the unit's name, and the office above it."""

    act: str
    name: str
    superior: str


@dataclass(frozen=True)
class Question:
    """A name at a field that nobody goes by, and whom it may mean."""

    name: str
    choices: tuple[Choice, ...]


def questions(forms) -> dict[str, list[Question]]:
    """The id of a field → the unknown names in it that may mean somebody. No queries beyond the directory's."""
    candidates = Candidates(forms.directory)
    found: dict[str, list[Question]] = {}
    for bound, names in _fields(forms):
        for at, name in enumerate(names):
            choices = tuple(_choices(candidates, name, bound.html_name, at))
            if choices:
                found.setdefault(bound.auto_id, []).append(Question(name, choices))
    return found


def picked(data, act: str, directory):
    """The data after one of the buttons; what is no such button, or names what is gone, changes nothing."""
    asked = PICK.fullmatch(act)
    if not asked:
        return data
    name = _name_at(data, asked["field"], int(asked["at"]))
    target = Candidates(directory).target(asked["kind"], int(asked["key"]))
    if not name or not target or directory.find(name).is_known:
        return data
    filled = data.copy()
    for field, value in _with_target(data, fold(name), directory.name(target)):
        filled[field] = value
    return filled


# --- Steps -------------------------------------------------------------------------------------


def _fields(forms) -> Iterator[tuple]:
    """Each field that names units, with the names in it; a recipient's is asked for where it gets work."""
    for form in forms.tasks:
        for name in _LISTS:
            yield form[name], names_in(_shown(form[name]))
    for form in forms.addressees:
        if form["purpose"].value() in ACTING:
            yield form["target"], [_shown(form["target"]).strip() or form["text"].value() or ""]


def _shown(bound):
    return bound.field.prepare_value(bound.value()) or ""


def _choices(candidates, name, field, at):
    for target in candidates.of(name):
        kind, one = ("u", target.unit) if target.unit else ("g", target.group)
        act = f"pick-{kind}{one.pk}-{field}-{at}"
        yield Choice(act, candidates.directory.name(target), candidates.superior(target))


def _name_at(data, field, at):
    """The name that was asked about: of a recipient, what was typed for it or the words on the paper."""
    row, _, part = field.rpartition("-")
    names = [_named(data, row)] if part == "target" else names_in(data.get(field, ""))
    return names[at] if at < len(names) else ""


def _named(data, row):
    return data.get(f"{row}-target", "").strip() or data.get(f"{row}-text", "")


def _with_target(data, key, name):
    """Field → its value with the chosen name: the same words on one paper mean the same unit."""
    for at in range(count_of(data, "task")):
        for part in _LISTS:
            field = f"task-{at}-{part}"
            names = names_in(data.get(field, ""))
            if any(fold(one) == key for one in names):
                chosen = dict.fromkeys(name if fold(one) == key else one for one in names)
                yield field, f"{SEPARATOR} ".join(chosen)
    for at in range(count_of(data, "addressee")):
        row = f"addressee-{at}"
        if fold(_named(data, row)) == key:
            yield f"{row}-target", name
