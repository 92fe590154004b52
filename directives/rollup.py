"""Counters of where assignments stand, kept in the transaction of every verb: what makes the dashboard fast.

They are books: whoever changes assignments adds what that changes in the sums (`moving`, `added`), and no row of the
books is ever changed. So nobody waits for a counter and no order of locks has to be kept. The sums stand for the day of
the `Mark`. A reader asks for today and corrects, in the same statement, what the days since then have changed: open work
whose deadline has come nearer, found by the index of open deadlines. `advance` moves the mark and adds the books up; when
it fails, the figures stay exact and only cost more. What a row counts as is `standing`'s one expression.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Cast, ExtractMonth, ExtractYear

from directives.enums import ENDED, OPEN, Standing
from directives.models import Assignment, Axis, Mark, Rollup
from directives.standing import DUE_SOON_DAYS, standing
from units import clock
from units.models import Unit

COLUMNS = [one.value for one in Standing]
ENDED_COLUMNS = [
    one
    for one in COLUMNS
    if one
    in {
        Standing.DONE_EARLY,
        Standing.DONE_ON_TIME,
        Standing.DONE_LATE,
        Standing.DONE_UNDATED,
        Standing.DROPPED,
    }
]
MID_MONTH = 15
BATCH = 2_000
MOST = 10_000 * 24
_R, _M = Rollup._meta.db_table, Mark._meta.db_table
_KEY = "axis, bucket, unit_id, duty, is_returned"


class Key(NamedTuple):
    """What is summed together."""

    axis: str
    bucket: int
    unit_id: int
    duty: str
    is_returned: bool


# --- Booking ------------------------------------------------------------------------------------


@contextmanager
def moving(keys: Iterable[int]) -> Iterator[None]:
    """Book what the block changes of these assignments, or that it deletes them.

    They must be locked, and the transaction must be the change's own. Four queries for every 2,000 of them at most,
    three where nothing changed that is counted. Holds the mark in share until the transaction ends: only `advance` and
    `rebuild` wait for it.
    """
    keys, mark = list(keys), _held_mark()
    if mark is None:
        yield
        return
    before = _entries(keys, mark)
    yield
    changed = _entries(keys, mark)
    changed.subtract(before)
    Rollup.objects.bulk_create(_rows(changed), batch_size=BATCH)


def added(assignments: QuerySet[Assignment]) -> None:
    """Book assignments that were just inserted. Two queries, set-based: 50,000 rows take a tenth of a second."""
    if mark := _held_mark():
        _book([_by_axis(assignments, mark)])


def bucket(day: date) -> int:
    """The half-month of the day, counted from the year 0: cut at the 1st and the 15th, so that calendar periods and those
    of NĐ 09/2019 are whole numbers of them."""
    return day.year * 24 + (day.month - 1) * 2 + (day.day >= MID_MONTH)


def begins_bucket(day: date) -> bool:
    return day.day in (1, MID_MONTH)


def month_of(number: int) -> date:
    """The first day of the month that a bucket lies in."""
    year, half = divmod(number, 24)
    return date(year, half // 2 + 1, 1)


def months(first: date, last: date) -> tuple[date, date]:
    """The whole months from that of one day to that of another."""
    following = (last.replace(day=1) + timedelta(days=31)).replace(day=1)
    return first.replace(day=1), following - timedelta(days=1)


def _held_mark() -> date | None:
    """The day for which to book, held in share; None where no counters are kept. One query.

    FOR KEY SHARE goes past an `advance` that waits, so whoever holds rows never stands behind it.
    """
    share = " FOR KEY SHARE" if connection.vendor == "postgresql" else ""
    return next((mark.as_of for mark in Mark.objects.raw(f"SELECT id, as_of FROM {_M}{share}")), None)


def _entries(keys, mark) -> Counter[tuple[Key, str]]:
    entries: Counter[tuple[Key, str]] = Counter()
    for start in range(0, len(keys), BATCH):
        rows = _counted(Assignment.objects.filter(pk__in=keys[start : start + BATCH]), mark)
        for unit_id, duty, is_returned, stands, *buckets, n in rows.values_list(*_COUNTED, "n"):
            for axis, one in zip(Axis, (0, *buckets), strict=True):
                if one is not None:
                    entries[Key(axis, one, unit_id, duty, is_returned), stands] += n
    return entries


def _rows(entries) -> list[Rollup]:
    changed: dict[Key, dict[str, int]] = {}
    for (key, stands), n in entries.items():
        if n:
            changed.setdefault(key, {})[stands] = n
    return [Rollup(**key._asdict(), **counts) for key, counts in changed.items()]


# The last are the buckets of the axes, in their order.
_COUNTED = ("unit_id", "duty", "is_returned", "stands", "closed", "due", "reported")
_MONTHLY = {Axis.DUE: "due_on", Axis.REPORTED: "reported_on"}


def _counted(assignments, day):
    """The assignments by everything that is summed, each group with its `n`."""
    ended = When(state__in=ENDED, then=_bucket("since_on", halves=True))
    monthly = {axis.value: _bucket(date_of, halves=False) for axis, date_of in _MONTHLY.items()}
    told = {"stands": standing(day), "closed": Case(ended), **monthly}
    return assignments.order_by().annotate(**told).values(*_COUNTED).annotate(n=Count("pk"))


def _bucket(field, *, halves):
    months = Cast(ExtractYear(field), IntegerField()) * 24 + Cast(ExtractMonth(field), IntegerField()) * 2 - 2
    if not halves:
        return months
    late = Case(When(**{f"{field}__day__gte": MID_MONTH}, then=Value(1)), default=Value(0))
    return months + late


# --- Reading ------------------------------------------------------------------------------------

# unit, first bucket of the month, duty, came back, and a count for each of `COLUMNS`.
Sum = tuple[Any, ...]
Part = tuple[str, Sequence[Any]]


def owed(units: QuerySet[Unit], *, since: date | None = None) -> list[Sum] | None:
    """What the units owe today, and what is ended of it: all, or what ended on or after `since`, the first day of a
    bucket. By unit; the month is 0.

    None where no counters are kept. Two queries; the cost grows with units × buckets since then, never with rows.
    """
    rows = Assignment.objects.filter(unit__in=units)
    with suppress(EmptyResultSet):
        if since is None:
            return _read([_books(units, Axis.ALL)], rows)
        unfinished = [one for one in COLUMNS if one not in ENDED_COLUMNS]
        ended = _books(units, Axis.CLOSED, first=bucket(since), columns=ENDED_COLUMNS)
        books = [_books(units, Axis.ALL, columns=unfinished), ended]
        return _read(books, rows.filter(~Q(state__in=ENDED) | Q(since_on__gte=since)))
    return []


def falling_due(units: QuerySet[Unit], first: date, last: date, *, apart: bool = False) -> list[Sum] | None:
    """What falls due in the months of these two days and between, as it stands today, by month; with `apart` by unit
    too, else the unit is 0.

    None where no counters are kept. Two queries; the cost grows with units × months.
    """
    return _by_month(Axis.DUE, units, first, last, apart)


def reported(units: QuerySet[Unit], first: date, last: date, *, apart: bool = False) -> list[Sum] | None:
    """The same of what was last reported in these months."""
    return _by_month(Axis.REPORTED, units, first, last, apart)


def _by_month(axis, units, first, last, apart):
    first, last = months(first, last)
    rows = Assignment.objects.filter(unit__in=units, **{f"{_MONTHLY[axis]}__range": (first, last)})
    with suppress(EmptyResultSet):
        books = [_books(units, axis, first=bucket(first), last=bucket(last), apart=apart)]
        return _read(books, rows, month=axis.value, apart=apart)
    return []


def _read(books, assignments, *, month="0", apart=True) -> list[Sum] | None:
    """The sums of the books, corrected from the mark to today. Asked again if the mark has moved in between."""
    while mark := Mark.objects.values_list("as_of", flat=True).first():
        found = _summed(books + _corrections(assignments, mark, month, apart), mark)
        if found or Mark.objects.filter(as_of=mark).exists():
            return found
    return None


def _summed(parts: list[Part], mark) -> list[Sum]:
    """One statement, so that all parts are of one moment; nothing when the mark is another at that moment."""
    sums = ", ".join(f"SUM({name})" for name in COLUMNS)
    union, told = _union(parts)
    return _fetch(
        f"SELECT unit_id, month, duty, is_returned, {sums} FROM ({union}) AS parts"
        f" WHERE (SELECT as_of FROM {_M}) = %s GROUP BY unit_id, month, duty, is_returned",
        [*told, _day(mark)],
    )


def _books(units, axis, *, first=0, last=MOST, columns=COLUMNS, apart=True) -> Part:
    """Sums of the books; the columns that are not asked for are 0."""
    which, told = units.order_by().values("pk").query.sql_with_params()
    sums = ", ".join(_sum(name) if name in columns else f"0 AS {name}" for name in COLUMNS)
    unit, month = "unit_id" if apart else "0", "bucket" if axis in _MONTHLY else "0"
    return (
        f"SELECT {unit} AS unit_id, {month} AS month, duty, is_returned, {sums} FROM {_R}"
        f" WHERE axis = %s AND bucket BETWEEN %s AND %s AND unit_id IN ({which}) GROUP BY 1, 2, duty, is_returned",
        [axis.value, first, last, *told],
    )


def _corrections(assignments, mark, month, apart) -> list[Part]:
    """What the books say otherwise than it is today: periods that have not begun, and deadlines that have come nearer."""
    today = clock.today()
    nearer, ahead = assignments.filter(_stands_otherwise(mark, today)), assignments.filter(_ahead(today))
    parts = [(ahead, today, -1)]
    if mark != today:
        parts += [(nearer, mark, -1), (nearer, today, 1)]
    return [_pivot(*part, month=month, apart=apart) for part in parts]


def _stands_otherwise(one: date, other: date) -> Q:
    """Open work that stands otherwise on one day than on the other: only its deadline says so."""
    early, late, soon = min(one, other), max(one, other), timedelta(days=DUE_SOON_DAYS)
    near = Q(due_on__range=(early, late)) | Q(due_on__gt=early + soon, due_on__lte=late + soon)
    return Q(state__in=OPEN) & near


def _ahead(today) -> Q:
    """What is not given yet; of periods alone there are such rows, and an index."""
    return Q(issued_on__gt=today) & Q(period__gt="")


def _pivot(assignments, day, sign, *, month, apart) -> Part:
    counted, told = _counted(assignments, day).query.sql_with_params()
    unit = "unit_id" if apart else "0"
    sums = ", ".join(
        _sum(name, f"{sign} * CASE WHEN stands = '{name}' THEN n ELSE 0 END") for name in COLUMNS
    )
    return (
        f"SELECT {unit} AS unit_id, {month} AS month, duty, is_returned, {sums} FROM ({counted}) AS counted"
        " GROUP BY 1, 2, duty, is_returned",
        told,
    )


# --- Keeping the books --------------------------------------------------------------------------


@transaction.atomic
def advance() -> int:
    """Move the mark to today, and add up what was booked since the last time; returns how many rows that saves.

    Waits for every act that books, and acts that begin to book wait for it: a fraction of a second among millions of
    assignments. It may run at any moment and as often as one likes. Where no counters were kept it begins them.
    """
    if not Mark.objects.exists():
        return rebuild()
    mark, today = _mark_alone(), clock.today()
    if mark.as_of != today:
        nearer = Assignment.objects.filter(_stands_otherwise(mark.as_of, today))
        _book([_by_axis(nearer, mark.as_of, sign=-1), _by_axis(nearer, today)])
        Mark.objects.filter(pk=mark.pk).update(as_of=today)
    before = Rollup.objects.count()
    _add_up()
    return before - Rollup.objects.count()


@transaction.atomic
def rebuild() -> int:
    """Throw the books away and count every assignment for today; returns how many rows the books have.

    Acts that book wait until it ends: a quarter of a minute among five million assignments.
    """
    mark = _mark_alone()
    Rollup.objects.all().delete()
    Mark.objects.filter(pk=mark.pk).update(as_of=clock.today())
    _book([_by_axis(Assignment.objects.all(), clock.today())])
    return Rollup.objects.count()


@transaction.atomic
def faults() -> list[str]:
    """Where the books say otherwise than a recount of all assignments. Two queries, of one moment; nobody waits for it
    but `advance` and `rebuild`."""
    mark = _held_mark()
    if mark is None:
        return ["no counters are kept"]
    booked = ", ".join(f"-{name} AS {name}" for name in COLUMNS)
    union, told = _union(
        [_by_axis(Assignment.objects.all(), mark), (f"SELECT {_KEY}, {booked} FROM {_R}", [])]
    )
    sums = ", ".join(f"SUM({name})" for name in COLUMNS)
    differing = " OR ".join(f"SUM({name}) <> 0" for name in COLUMNS)
    found = _fetch(
        f"SELECT {_KEY}, {sums} FROM ({union}) AS both_ways GROUP BY {_KEY} HAVING {differing}", told
    )
    return [_fault(Key(*row[:5]), row[5:]) for row in found]


def _fault(key, missing):
    told = ", ".join(f"{name} {n:+d}" for name, n in zip(COLUMNS, missing, strict=True) if n)
    return (
        f"{key.axis} {key.bucket}, unit {key.unit_id}, {key.duty}, returned {bool(key.is_returned)}: {told}"
    )


def _mark_alone() -> Mark:
    """The mark, when nobody books; held until the transaction ends."""
    Mark.objects.get_or_create(pk=1)
    return Mark.objects.select_for_update().get(pk=1)


def _add_up():
    """Of every key that has several rows one is left, and none where nothing is."""
    newest = Rollup.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    sums = ", ".join(_sum(name) for name in COLUMNS)
    _book([(f"SELECT {_KEY}, {sums} FROM {_R} GROUP BY {_KEY} HAVING COUNT(*) > 1", [])])
    same = {name: OuterRef(name) for name in Key._fields}
    Rollup.objects.filter(Exists(Rollup.objects.filter(**same, pk__gt=newest)), pk__lte=newest).delete()
    Rollup.objects.filter(**dict.fromkeys(COLUMNS, 0)).delete()


def _by_axis(assignments, day, sign=1) -> Part:
    """Rows of the books for these assignments."""
    counted, told = _counted(assignments, day).query.sql_with_params()
    axes = " UNION ALL ".join(
        f"SELECT '{axis}' AS axis, {one} AS bucket, unit_id, duty, is_returned, stands, n FROM counted"
        f" WHERE {one} IS NOT NULL"
        for axis, one in zip(Axis, ("0", *_COUNTED[4:]), strict=True)
    )
    sums = ", ".join(
        _sum(name, f"{sign} * CASE WHEN stands = '{name}' THEN n ELSE 0 END") for name in COLUMNS
    )
    return (
        f"SELECT {_KEY}, {sums} FROM (WITH counted AS ({counted}) {axes}) AS by_axis GROUP BY {_KEY}",
        told,
    )


# --- Words of SQL -------------------------------------------------------------------------------


def _book(parts: list[Part]) -> None:
    """Insert rows of the books; those that are read together stand together."""
    union, told = _union(parts)
    _execute(f"INSERT INTO {_R} ({_KEY}, {', '.join(COLUMNS)}) {union} ORDER BY 1, 2, 3", told)


def _union(parts: list[Part]) -> Part:
    return " UNION ALL ".join(sql for sql, _told in parts), [one for _sql, told in parts for one in told]


def _sum(name, of="") -> str:
    return f"CAST(SUM({of or name}) AS integer) AS {name}"


def _day(day):
    return connection.ops.adapt_datefield_value(day)


def _fetch(statement, told):
    with connection.cursor() as cursor:
        cursor.execute(statement, told)
        return cursor.fetchall()


def _execute(statement, told):
    with connection.cursor() as cursor:
        cursor.execute(statement, told)
