"""Two clerks on one draft: what this one changed goes on top of what the other saved, and nothing else does.

The page carries a mark of every part as it was shown (`marks_of`). A part whose typed words still bear that
mark was not touched: the other's is kept.
"""

from collections.abc import Mapping
from dataclasses import fields, replace
from hashlib import blake2s
from typing import Any

from .draft import Draft
from .matching import Target

_PARTS = ("addressees", "citations", "opening", "closing")


def marks_of(draft: Draft) -> dict[str, Any]:
    """Part → eight letters that change with its content; tasks and columns one by one. Ready for JSON."""
    marks: dict[str, Any] = {name: _mark(getattr(draft, name)) for name in _PARTS}
    marks["columns"] = {name: _mark(value) for name, value in draft.columns.items()}
    marks["tasks"] = {str(row.pk): _mark(row) for row in draft.tasks or ()}
    return marks


def merged(current: Draft, typed: Draft, seen: Mapping) -> Draft:
    """`typed` without what was not touched since the page showed `seen`: there the draft stays `current`."""
    columns, parts = _at(seen, "columns"), marks_of(typed)
    kept = {
        name: current.columns.get(name, value) if columns.get(name) == _mark(value) else value
        for name, value in typed.columns.items()
    }
    untouched = {name: getattr(current, name) for name in _PARTS if seen.get(name) == parts[name]}
    return replace(typed, columns=kept, tasks=_tasks(current, typed, _at(seen, "tasks")), **untouched)


def _tasks(current, typed, seen):
    """In the order typed; what the other added comes after the task it follows there."""
    theirs = {row.pk: row for row in current.tasks or ()}
    rows = []
    for row in typed.tasks or ():
        untouched = row.pk and seen.get(str(row.pk)) == _mark(row)
        if not untouched:
            rows.append(row)
        elif row.pk in theirs:
            rows.append(theirs[row.pk])
    return _with_added(rows, list(theirs.values()), seen)


def _with_added(rows, theirs, seen):
    above = None
    for row in theirs:
        if row.pk not in {one.pk for one in rows} and str(row.pk) not in seen:
            at = next((at + 1 for at, one in enumerate(rows) if one.pk == above), 0)
            rows.insert(at if above else len(rows), row)
        above = row.pk
    return rows


def _at(seen, name) -> Mapping:
    """What arrives with a form may be anything."""
    part = seen.get(name)
    return part if isinstance(part, Mapping) else {}


def _mark(value) -> str:
    return blake2s(repr(_plain(value)).encode(), digest_size=4).hexdigest()


def _plain(value):
    """Content without identity: rows as their fields, units and groups as their keys."""
    if isinstance(value, Target):
        return value.meaning
    if hasattr(value, "__dataclass_fields__"):
        return [(field.name, _plain(getattr(value, field.name))) for field in fields(value)]
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return str(getattr(value, "pk", value)) if value is not None else ""
