"""What is printed: a heading, a table with a head of two rows, notes, and those who sign."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

Value = str | int | float | date | None


class Kind(StrEnum):
    """What a column holds: it decides how values are written and where they stand."""

    TEXT = "text"
    ORDER = "order"
    COUNT = "count"
    PERCENT = "percent"
    DAY = "day"


@dataclass(frozen=True)
class Column:
    """One column. Neighbours of the same `group` share a head above their own; `number` is the official one.

    `width` is a column of text's share of what the others leave, 1 where it is 0.
    """

    label: str
    kind: Kind = Kind.TEXT
    group: str = ""
    number: str = ""
    width: float = 0


@dataclass(frozen=True)
class Heading:
    """Whose paper it is. `number` is the line as printed ("Số:      /BC-SGTVT"); a day unknown is a blank to fill in."""

    superior: str
    issuer: str
    number: str = ""
    place: str = ""
    dated_on: date | None = None


@dataclass(frozen=True)
class Signer:
    """Who signs: the lines of the post, what stands below them in brackets, and the name."""

    titles: Sequence[str]
    note: str = ""
    name: str = ""


@dataclass(frozen=True)
class PrintedTable:
    """A table as it goes to paper. `rows` and `total` have a value for each column; `total` may be missing.

    `foot` stands on every page, beside its number: where a reader finds the same figures again.
    """

    heading: Heading
    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Value]]
    subtitles: Sequence[str] = ()
    total: Sequence[Value] | None = None
    notes: Sequence[str] = ()
    recipients: Sequence[str] = ()
    signers: Sequence[Signer] = ()
    foot: str = ""
