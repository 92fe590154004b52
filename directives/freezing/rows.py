"""The rows of a snapshot: packed as they are frozen, and read again chunk by chunk."""

import json
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from django.utils.translation import gettext as _

from directives.compliance import COLUMNS, Fact
from directives.errors import Stale
from directives.models import FrozenRows, Snapshot

from .seal import canonical, digest

CHUNK = 1000


class FrozenRow(NamedTuple):
    """One piece of work as it was known on the day. `counted` are the columns of the table that count it.

    `of` are the table's rows that it is of: one, but for units that stand in several groups.
    """

    assignment_id: int
    directive_id: int
    code: str
    label: str
    text: str
    unit_id: int
    unit_name: str
    duty: str
    period: str
    issued_on: date
    first_due_on: date | None
    due_on: date | None
    reported_on: date | None
    state: str
    stands: str
    came_back: bool
    of: list[int | None]
    counted: list[int]

    @property
    def due_then(self) -> date | None:
        return self.due_on

    @property
    def reported_then(self) -> date | None:
        return self.reported_on


@lru_cache(4096)
def columns_of(fact: Fact) -> list[int]:
    """Which columns of the official table count a row with these facts, by their places."""
    return [at for at, column in enumerate(COLUMNS) if column.counted(fact)]


def keep(snapshot: Snapshot, rows: Iterable[FrozenRow]) -> list[str]:
    """Store the rows, a thousand at a time; their digests in order. One query for each thousand, in the memory of one."""
    return [_keep_chunk(snapshot, *chunk) for chunk in enumerate(_chunks(rows))]


def _chunks(rows):
    rows = iter(rows)
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


def _keep_chunk(snapshot, position, rows):
    content = canonical([list(row) for row in rows])
    kept = FrozenRows(
        snapshot=snapshot, position=position, packed=zlib.compress(content), digest=digest(content)
    )
    kept.save(force_insert=True)
    return kept.digest


def chunks(snapshot: Snapshot, *, first: int = 0) -> Iterator[list[FrozenRow]]:
    """The rows in their order, from one chunk on. One query, in the memory of some chunks.

    Raises `Stale` at rows that are not those that were frozen.
    """
    kept = FrozenRows.objects.filter(snapshot=snapshot, position__gte=first).order_by("position")
    for chunk in kept.iterator(chunk_size=4):
        yield [_row(values) for values in json.loads(_unpacked(chunk))]


def _unpacked(chunk) -> bytes:
    with suppress(zlib.error):
        content = zlib.decompress(bytes(chunk.packed))
        if digest(content) == chunk.digest:
            return content
    raise Stale(_("Phần việc đã chốt không còn nguyên vẹn: dấu niêm phong không khớp."))


_AT = [FrozenRow._fields.index(name) for name in ("issued_on", "first_due_on", "due_on", "reported_on")]


def _row(values):
    """JSON has no days: they come back from their texts."""
    for at in _AT:
        values[at] = date.fromisoformat(values[at]) if values[at] else None
    return FrozenRow(*values)


def rows_behind(
    snapshot: Snapshot, column: int, of: int | None = None, *, whole: bool
) -> Iterator[FrozenRow]:
    """The rows that one number counts: of one row of the table, or of the `whole`. Reads all rows, holds a thousand."""
    for rows in chunks(snapshot):
        yield from (row for row in rows if column in row.counted and (whole or of in row.of))
