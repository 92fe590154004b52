"""Asking the books: any number of questions about the same units, in one statement and so of one moment."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import Exists, Q, QuerySet
from django.utils.dateparse import parse_date

from directives.enums import Standing
from directives.models import Assignment, Axis, Mark
from units import clock, statements
from units.models import Unit

from .buckets import MOST, bucket, months
from .sums import (
    BOOKS,
    BUCKETS,
    COLUMNS,
    MARK,
    MONTHLY,
    Part,
    adapted,
    booked,
    by_standing,
    counted,
    stands_otherwise,
    union,
)

_DONE = (Standing.DONE_EARLY, Standing.DONE_ON_TIME, Standing.DONE_LATE, Standing.DONE_UNDATED)
ENDED = [one for one in COLUMNS if one in {*_DONE, Standing.DROPPED}]
UNFINISHED = [one for one in COLUMNS if one not in ENDED]

# unit, first bucket of the month, duty, came back, and a count for each of `COLUMNS`.
Sum = tuple[Any, ...]


@dataclass(frozen=True)
class Question:
    """Which sums are asked for: of an axis, from one bucket to another, of one duty or of both.

    By unit where they are told `apart`, else the unit is 0; by month on the axes of months, else the month is 0. Of some
    columns alone nobody is told whether a report came back.
    """

    axis: Axis
    first: int = 0
    last: int = MOST
    apart: bool = True
    duty: str = ""
    columns: tuple[str, ...] = tuple(COLUMNS)

    @property
    def returned(self) -> str:
        return "is_returned" if len(self.columns) == len(COLUMNS) else "FALSE"

    @property
    def unit(self) -> str:
        return "unit_id" if self.apart else "0"

    @property
    def narrowed(self) -> str:
        return f" AND duty = '{self.duty}'" if self.duty else ""


def owed(*, since: date | None = None) -> Question:
    """What the units owe today, and what is ended of it: all, or what ended on or after `since`, the first day of a
    bucket. By unit."""
    return Question(Axis.CLOSED, bucket(since)) if since else Question(Axis.ALL)


def falling_due(first: date, last: date, **narrower: Any) -> Question:
    """What falls due in the months of these two days and between, as it stands today, by month; `apart` by unit too, of one
    `duty` or of some `columns`."""
    return _by_month(Axis.DUE, first, last, **narrower)


def reported(first: date, last: date, **narrower: Any) -> Question:
    """The same of what was last reported in these months."""
    return _by_month(Axis.REPORTED, first, last, **narrower)


def read(units: QuerySet[Unit], *questions: Question, from_key: int = 0) -> list[list[Sum]] | None:
    """The sums for each question, corrected from the mark to today; None where no counters are kept, or where no
    assignment has a key as high as `from_key`: few rows are counted as fast.

    Two queries, asked again if the mark has moved in between. The cost grows with units × buckets, never with rows.
    """
    while mark := _mark(from_key):
        found: list[list[Sum]] = [[] for _ in questions]
        with suppress(EmptyResultSet):
            for row in _summed(units, questions, mark):
                found[row[0]].append(row[1:])
        if any(found) or Mark.objects.filter(as_of=mark).exists():
            return found
    return None


def _mark(from_key):
    many = Exists(Assignment.objects.filter(pk__gte=from_key))
    found = statements.rows(("mark", from_key), lambda: Mark.objects.filter(many).values_list("as_of")[:1])
    return parse_date(str(found[0][0])) if found else None


def _by_month(axis, first, last, *, apart=False, **narrower):
    first, last = months(first, last)
    return Question(axis, bucket(first), bucket(last), apart, **narrower)


def _summed(units, questions, mark):
    """Nothing when the mark is another at that moment."""
    which, told = units.order_by().values("pk").query.sql_with_params()
    key = (which, tuple(told), questions, mark, clock.today())
    return statements.fetch(*statements.kept(key, lambda: _put_into_sql(units, which, told, questions, mark)))


def _put_into_sql(units, which, told, questions, mark) -> Part:
    corrections = _corrections(Assignment.objects.filter(unit__in=units), mark)
    named = [
        (f"asked (id) AS ({which})", told),
        *((f"{one.name} AS ({one.sql})", one.told) for one in corrections),
    ]
    parts = [
        part
        for n, one in enumerate(questions)
        for part in (*_books(n, one), *_corrected(n, one, corrections))
    ]
    sums, (rows, last) = ", ".join(f"SUM({name})" for name in COLUMNS), union(parts)
    return (
        f"WITH {', '.join(sql for sql, _ in named)}"
        f" SELECT question, unit_id, month, duty, is_returned, {sums} FROM ({rows}) AS parts"
        f" WHERE (SELECT as_of FROM {MARK}) = %s GROUP BY question, unit_id, month, duty, is_returned",
        [*(one for _, told in named for one in told), *last, adapted(mark)],
    )


def _books(number, asked) -> list[Part]:
    """What the books say; of work that ended since a day, and of all that has not ended, in two parts."""
    if asked.axis != Axis.CLOSED:
        return [_booked(number, asked, asked.axis, asked.columns, asked.first, asked.last)]
    return [
        _booked(number, asked, Axis.ALL, UNFINISHED, 0, MOST),
        _booked(number, asked, Axis.CLOSED, ENDED, asked.first, asked.last),
    ]


def _booked(number, asked, axis, columns, first, last) -> Part:
    month = "bucket" if axis in MONTHLY else "0"
    return (
        f"SELECT {number} AS question, {asked.unit} AS unit_id, {month} AS month, duty,"
        f" {asked.returned} AS is_returned, {booked(columns)} FROM {BOOKS}"
        f" WHERE axis = %s AND bucket BETWEEN %s AND %s{asked.narrowed} AND unit_id IN (SELECT id FROM asked)"
        " GROUP BY 2, 3, 4, 5",
        [axis.value, first, last],
    )


@dataclass(frozen=True)
class _Correction:
    """Assignments as they stand on a day, that are to be added to what the books say, or taken away."""

    name: str
    sign: int
    sql: str
    told: tuple


def _corrections(assignments, mark) -> list[_Correction]:
    """What the books say otherwise than it is today: periods that have not begun, and deadlines that have come nearer."""
    today = clock.today()
    parts = [("ahead", -1, _ahead(today), today)]
    if mark != today:
        nearer = stands_otherwise(mark, today)
        parts += [("farther", -1, nearer, mark), ("nearer", 1, nearer, today)]
    return [
        _Correction(name, sign, *counted(assignments.filter(which), day).query.sql_with_params())
        for name, sign, which, day in parts
    ]


def _ahead(today) -> Q:
    """What is not given yet; of periods alone there are such rows, and an index."""
    return Q(issued_on__gt=today) & Q(period__gt="")


def _corrected(number, asked, corrections) -> list[Part]:
    bucket_ = BUCKETS[asked.axis]
    month = bucket_ if asked.axis in MONTHLY else "0"
    unfinished = f" OR {bucket_} IS NULL" if asked.axis == Axis.CLOSED else ""
    return [
        (
            f"SELECT {number} AS question, {asked.unit} AS unit_id, {month} AS month, duty,"
            f" {asked.returned} AS is_returned, {by_standing(one.sign, asked.columns)} FROM {one.name} WHERE ({bucket_} BETWEEN %s AND %s{unfinished}){asked.narrowed}"
            " GROUP BY 2, 3, 4, 5",
            [asked.first, asked.last],
        )
        for one in corrections
    ]
