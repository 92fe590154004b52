"""From a table to its paper: every value in words, every word free of what no paper takes."""

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from directives.errors import Refused
from directives.extraction.tidy import UNPRINTABLE
from directives.typesetting import typeset
from units import clock

from .fitting import fitted
from .table import Column, Kind, PrintedTable, Value

LONGEST = 4_000  # characters of one cell: more than a page of it, and no table any more
# 1,600 units by 37 columns are 200 pages and take 750 MB of the child's memory.
MOST_CELLS = 60_000
BLANK = "\N{NO-BREAK SPACE}" * 6
# Besides, what a font draws nothing for, and what turns the direction of writing.
_UNPRINTABLE = re.compile(rf"[{UNPRINTABLE}\x80-\x9f\u202a-\u202e\u2066-\u2069]")
_ALIGNED = {
    Kind.TEXT: "left",
    Kind.ORDER: "center",
    Kind.COUNT: "right",
    Kind.PERCENT: "right",
    Kind.DAY: "center",
}


@dataclass(frozen=True)
class Say:
    """How numbers, shares and days are written: the same functions as on the screen."""

    number: Callable[[float], str]
    percent: Callable[[float | None], str]
    day: Callable[[date | None], str]


def printed(table: PrintedTable, form: str, *, say: Say) -> bytes:
    """The table as "pdf" or "docx", in Vietnamese whatever language its reader chose.

    Linear in the cells; set in a child process (see `typesetting`). Raises `Refused` where there are too many, or
    where it failed.
    """
    content = None
    if len(table.rows) * len(table.columns) <= MOST_CELLS:
        with translation.override("vi"):
            content = typeset("table", form, _data(table, say))
    if content is None:
        raise Refused(_("Bảng này quá lớn để in. Hãy chọn phạm vi nhỏ hơn, hoặc tải tệp Excel (.xlsx)."))
    return content


# --- Steps -------------------------------------------------------------------------------------


def _data(table, say):
    """The table as its forms take it: nothing but words, numbers and lists of them."""
    rows = [_texts(row, table.columns, say) for row in table.rows]
    total = _texts(table.total, table.columns, say) if table.total else []
    fit = fitted(table.columns, [*rows, total] if total else rows)
    return {
        "words": national_words(),
        "heading": _heading(table.heading),
        "title": plain(table.title),
        "subtitles": [plain(line) for line in table.subtitles],
        "paper": fit.paper,
        "size": fit.size,
        "inset": fit.inset,
        "columns": [
            {"width": width, "align": _ALIGNED[column.kind]}
            for column, width in zip(table.columns, fit.widths, strict=True)
        ],
        "head": _head(table.columns),
        "numbers": _numbers(table.columns),
        "rows": rows,
        "total": total,
        "notes": [plain(note) for note in table.notes],
        "recipients": [plain(line) for line in table.recipients],
        "signers": [_signer(signer) for signer in table.signers],
        "foot": plain(table.foot),
    }


def _texts(values, columns, say):
    return [_said(value, column.kind, say) for value, column in zip(values, columns, strict=True)]


def national_words() -> dict[str, str]:
    """What every State paper carries."""
    return {
        "country": _("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        "motto": _("Độc lập - Tự do - Hạnh phúc"),
        "recipients": _("Nơi nhận:"),
        "page": _("Trang"),
    }


def plain(text: str | Promise) -> str:
    """What a cell prints: what is too long is cut with a mark."""
    text = str(text)
    composed = clean(text[: LONGEST + 1])
    if len(composed) <= LONGEST and len(text) <= LONGEST:
        return composed
    return f"{composed[:LONGEST]}… {_('[lược bớt]')}"


def clean(text: str) -> str:
    """Composed letters alone: what no paper takes is left out."""
    return unicodedata.normalize("NFC", _UNPRINTABLE.sub("", text))


def _heading(heading):
    lines = {name: plain(getattr(heading, name)) for name in ("superior", "issuer", "number")}
    return lines | {"dated": dated(plain(heading.place), heading.dated_on)}


def dated(place: str, day: date | None) -> str:
    """Quảng Ngãi, ngày 05 tháng 01 năm 2026; without a day with blanks to be filled in."""
    month = f"{day.month:02d}" if day and day.month < 3 else day.month if day else BLANK
    told = {"day": f"{day.day:02d}" if day else BLANK, "month": month, "year": (day or clock.today()).year}
    said = _("ngày %(day)s tháng %(month)s năm %(year)s") % told
    return f"{place}, {said}" if place else said


def _head(columns: Sequence[Column]):
    """The rows of the head, each cell with how many columns and rows it spans; one row where there are no groups."""
    above: list[dict] = []
    below: list[dict] = []
    grouped = any(column.group for column in columns)
    for group, members in groupby(columns, key=lambda column: column.group):
        labels = [plain(column.label) for column in members]
        if group:
            above.append({"text": plain(group), "columns": len(labels), "rows": 1})
            below += [{"text": label, "columns": 1, "rows": 1} for label in labels]
        else:
            above += [{"text": label, "columns": 1, "rows": 1 + grouped} for label in labels]
    return [above, below] if grouped else [above]


def _numbers(columns):
    """The row of official numbers, where any column has one."""
    return [plain(column.number) for column in columns] if any(column.number for column in columns) else []


def _signer(signer):
    return {
        "titles": [plain(line) for line in signer.titles],
        "note": plain(signer.note),
        "name": plain(signer.name),
    }


def _said(value: Value, kind: Kind, say: Say) -> str:
    """Nothing for None, but a share of nothing is a dash."""
    if kind == Kind.PERCENT and (value is None or isinstance(value, float)):
        return say.percent(value)
    match value:
        case None:
            return ""
        case date():
            return say.day(value)
        case int() | float():
            return say.number(value)
    return plain(value)
