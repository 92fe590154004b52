"""The official table on paper: its columns under two heads, its checks and its formulas below it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from .table import Column, Heading, Kind, PrintedTable, Signer, Value

WIDE = 32  # characters of a column that takes a whole share of the page


class Official(Protocol):
    """A column of the official table, as it is counted now or as it was frozen."""

    @property
    def number(self) -> str: ...
    @property
    def heading(self) -> str | Promise: ...
    @property
    def over(self) -> str | Promise: ...
    @property
    def is_count(self) -> bool: ...
    @property
    def is_rate(self) -> bool: ...


@dataclass(frozen=True)
class Told:
    """What stands around a table: whose it is, of which days and scope, and what is said below."""

    heading: Heading
    title: str
    subtitles: Sequence[str] = ()
    notes: Sequence[str] = ()
    foot: str = ""


def official_paper(
    columns: Sequence[Official],
    first: str,
    rows: Iterable[Sequence[Value]],
    total: Sequence[Value],
    told: Told,
) -> PrintedTable:
    """The table with its total; each row begins with its name, which `first` is the heading of."""
    return PrintedTable(
        told.heading,
        told.title,
        [Column(_("STT"), Kind.ORDER, number="1"), Column(first, number="2"), *map(_column, columns)],
        [[n, *row] for n, row in enumerate(rows, start=1)],
        told.subtitles,
        [None, *total],
        told.notes,
        signers=signers(),
        foot=told.foot,
    )


def list_paper(
    headings: Sequence[str], widths: Sequence[int], rows: Sequence[Sequence[Value]], told: Told
) -> PrintedTable:
    """The detail list: its first column is the place in the list, the others as `widths` in characters says."""
    columns = [Column(headings[0], Kind.ORDER)]
    for at, (heading, width) in enumerate(zip(headings[1:], widths, strict=True), start=1):
        kind = next((_kind_of(row[at]) for row in rows if row[at] not in (None, "")), Kind.TEXT)
        columns.append(Column(heading, kind, width=width / WIDE if kind == Kind.TEXT else 0))
    return PrintedTable(
        told.heading,
        told.title,
        columns,
        rows,
        told.subtitles,
        notes=told.notes,
        signers=signers(),
        foot=told.foot,
    )


def _kind_of(value):
    return Kind.DAY if isinstance(value, date) else Kind.COUNT if isinstance(value, int) else Kind.TEXT


def signers() -> list[Signer]:
    """Who made the table and who answers for it."""
    sign = _("(Ký, ghi rõ họ tên)")
    return [Signer([_("NGƯỜI LẬP BIỂU")], sign), Signer([_("THỦ TRƯỞNG ĐƠN VỊ")], _("(Ký tên, đóng dấu)"))]


def _column(column):
    kind = Kind.PERCENT if column.is_rate else Kind.COUNT if column.is_count else Kind.TEXT
    number = f"({column.number})" if column.number else ""
    return Column(str(column.heading), kind, str(column.over), column.number or number)
