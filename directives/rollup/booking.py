"""Adding to the books what an act changes in the sums."""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date

from django.db import connection
from django.db.models import QuerySet

from directives.models import Assignment, Axis, Mark, Rollup

from .sums import BOOKS, BUCKETS, COLUMNS, COUNTED, KEY, MARK, Key, Part, by_standing, counted, union

BATCH = 2_000


@contextmanager
def moving(keys: Iterable[int]) -> Iterator[None]:
    """Book what the block changes of these assignments, or that it deletes them.

    They must be locked, and the transaction must be the change's own. Four queries for every 2,000 of them at most,
    three where nothing changed that is counted. Holds the mark in share until the transaction ends: only `advance` and
    `rebuild` wait for it.
    """
    keys, mark = list(keys), held_mark()
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
    if mark := held_mark():
        book([by_axis(assignments, mark)])


def held_mark() -> date | None:
    """The day for which to book, held in share; None where no counters are kept. One query.

    FOR KEY SHARE goes past an `advance` that waits, so whoever holds rows never stands behind it.
    """
    share = " FOR KEY SHARE" if connection.vendor == "postgresql" else ""
    return next((mark.as_of for mark in Mark.objects.raw(f"SELECT id, as_of FROM {MARK}{share}")), None)


def by_axis(assignments: QuerySet[Assignment], day: date, sign: int = 1) -> Part:
    """Rows of the books for these assignments."""
    groups, told = counted(assignments, day).query.sql_with_params()
    axes = " UNION ALL ".join(
        f"SELECT '{axis}' AS axis, {one} AS bucket, unit_id, duty, is_returned, stands, n FROM counted"
        f" WHERE {one} IS NOT NULL"
        for axis, one in BUCKETS.items()
    )
    return (
        f"SELECT {KEY}, {by_standing(sign)} FROM (WITH counted AS ({groups}) {axes}) AS by_axis GROUP BY {KEY}",
        told,
    )


def book(parts: list[Part]) -> None:
    """Insert rows of the books; those that are read together stand together."""
    rows, told = union(parts)
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {BOOKS} ({KEY}, {', '.join(COLUMNS)}) {rows} ORDER BY 1, 2, 3", told)


def _entries(keys, mark) -> Counter[tuple[Key, str]]:
    entries: Counter[tuple[Key, str]] = Counter()
    for start in range(0, len(keys), BATCH):
        rows = counted(Assignment.objects.filter(pk__in=keys[start : start + BATCH]), mark)
        for unit_id, duty, is_returned, stands, *buckets, n in rows.values_list(*COUNTED, "n"):
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
