"""What is summed, and the words of SQL that the books are written and read in."""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Case, Count, Q, QuerySet, When

from directives.enums import ENDED, OPEN, Standing
from directives.models import Assignment, Axis, Mark, Rollup
from directives.standing import DUE_SOON_DAYS, standing

from .buckets import bucket_of

COLUMNS = [one.value for one in Standing]
BOOKS, MARK = Rollup._meta.db_table, Mark._meta.db_table
MONTHLY = {Axis.DUE: "due_on", Axis.REPORTED: "reported_on"}
# The last are the buckets of the axes, in their order.
COUNTED = ("unit_id", "duty", "is_returned", "stands", "closed", "due", "reported")
BUCKETS = {Axis.ALL: "0"} | dict(zip(list(Axis)[1:], COUNTED[4:], strict=True))

# A statement, and what its placeholders stand for.
Part = tuple[str, Sequence[Any]]


class Key(NamedTuple):
    """What is summed together."""

    axis: str
    bucket: int
    unit_id: int
    duty: str
    is_returned: bool


KEY = ", ".join(Key._fields)


def counted(assignments: QuerySet[Assignment], day: date) -> QuerySet[Any]:
    """The assignments by everything that is summed, as they stand on the day, each group with its `n`."""
    ended = When(state__in=ENDED, then=bucket_of("since_on", halves=True))
    monthly = {axis.value: bucket_of(date_of, halves=False) for axis, date_of in MONTHLY.items()}
    told = {"stands": standing(day), "closed": Case(ended), **monthly}
    return assignments.order_by().annotate(**told).values(*COUNTED).annotate(n=Count("pk"))


def stands_otherwise(one: date, other: date) -> Q:
    """Open work that stands otherwise on one day than on the other: only its deadline says so."""
    early, late, soon = min(one, other), max(one, other), timedelta(days=DUE_SOON_DAYS)
    near = Q(due_on__range=(early, late)) | Q(due_on__gt=early + soon, due_on__lte=late + soon)
    return Q(state__in=OPEN) & near


def by_standing(sign: int | str = 1, columns: Collection[str] = COLUMNS) -> str:
    """The sums of the columns out of counted groups."""
    return _some(
        columns, lambda name: column(name, f"{sign} * CASE WHEN stands = '{name}' THEN n ELSE 0 END")
    )


def booked(columns: Collection[str]) -> str:
    """The sums of the columns out of the books."""
    return _some(columns, column)


def _some(columns, sum_of):
    """All columns in their order; those that are not asked for are 0."""
    return ", ".join(sum_of(name) if name in columns else f"0 AS {name}" for name in COLUMNS)


def column(name: str, of: str = "") -> str:
    return f"CAST(SUM({of or name}) AS integer) AS {name}"


def union(parts: list[Part]) -> Part:
    return " UNION ALL ".join(sql for sql, _told in parts), [one for _sql, told in parts for one in told]


def adapted(day: date):
    return connection.ops.adapt_datefield_value(day)
