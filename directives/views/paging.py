"""Turning over a long list by key: a page costs the same wherever it lies in the list."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import BooleanField, F, Func, Q, Subquery
from django.db.models.lookups import IsNull

from units import statements
from units.numerals import natural

PAGE = 20
SEPARATOR = "_"


@dataclass(frozen=True)
class Page:
    """The rows of one page, and the key after which the next begins (empty on the last)."""

    rows: list
    after: str


Part = tuple[Q, tuple[str, ...]]


def page(
    rows,
    key: tuple[str, ...],
    after: str,
    *,
    newest_first: bool = False,
    size: int = PAGE,
    parts: tuple[Part, Part] | None = None,
) -> Page:
    """The rows that follow `after` in the order of `key`, whose last part is unique. One query.

    No index keeps an order that is reckoned from the day. `parts` says of two halves of the rows, each by its filter, how
    an index keeps them; every row of the former stands before those of the latter. PostgreSQL then takes the first of
    the former, looks at the latter only where those are too few, and reads and sorts no more than it has taken; of a page
    that lies in the latter it looks through the former in vain. The newest first, it sorts all rows.
    """
    following = _following(rows, key, after, "lt" if newest_first else "gt")
    return _page(list(_first(rows, following, key, size, parts, newest_first=newest_first)), key, size)


def first_page(told: Hashable, rows: Callable[[], Any], key: tuple[str, ...], parts=None) -> Page:
    """The first page, in the order of `key`, of the rows that `rows` asks for; its SQL is kept where `told` says all that
    they depend on; `parts` as for `page`. One query."""

    def ask():
        every = rows()
        return _first(every, every, key, PAGE, parts)

    return _page(statements.objects(told, ask), key, PAGE)


def _first(rows, following, key, size, parts, *, newest_first=False):
    """One row more than the page has."""
    if parts and not newest_first and connection.vendor == "postgresql":
        following = rows.filter(_taken(following, parts, size))
    return following.order_by(*(f"-{name}" if newest_first else name for name in key))[: size + 1]


def _taken(following, parts, size):
    """The keys are found before anything else is asked of their rows."""
    former, latter = (following.filter(part).order_by(*by).values("pk") for part, by in parts)
    are_few = IsNull(Subquery(former[size : size + 1]), True)
    keys = former[: size + 1].union(latter.filter(are_few)[: size + 1], all=True)
    return _IsAnyOf(F("pk"), ArraySubquery(keys))


class _IsAnyOf(Func):
    """`IN` as PostgreSQL does not join it: beside six tables to join, a seventh costs its planner ten milliseconds, and it
    takes the keys for one."""

    template = "%(expressions)s)"
    arg_joiner = " = ANY("
    output_field = BooleanField()


def _page(found, key, size):
    last = found[size - 1] if len(found) > size else None
    return Page(found[:size], SEPARATOR.join(_written(getattr(last, name)) for name in key) if last else "")


def _following(rows, key, after, side):
    """The rows beyond `after`; a key that somebody changed by hand starts from the beginning."""
    values = after.split(SEPARATOR)
    if len(values) != len(key):
        return rows
    try:
        return rows.filter(_beyond(key, [_read(value) for value in values], side))
    except (OverflowError, TypeError, ValueError, ValidationError):
        return rows


def _beyond(key, read, side) -> Q:
    """Row values compared part by part, which every database understands."""
    beyond = Q(pk__in=[])
    for n, name in enumerate(key):
        same = dict(zip(key[:n], read[:n], strict=True))
        beyond |= Q(**same, **{f"{name}__{side}": read[n]})
    return beyond


def _written(value) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def _read(value: str):
    number = natural(value)
    if number is not None:
        return number
    return datetime.fromisoformat(value).astimezone(UTC) if "T" in value else date.fromisoformat(value)
