"""The official table and its detail list as they are printed: headings, and rows of plain values."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from directives import periods
from directives.compliance import BY, COLUMNS, DIRECTIVE, DetailRow, OfficialTable
from directives.enums import Duty
from units.clock import printed_day

# Words of what a document is about, as on the screen.
ABOUT = 14


@dataclass(frozen=True)
class Heading:
    """One cell of a head of two rows: what stands in it, and how many columns and rows it takes."""

    text: str
    across: int = 1
    down: int = 1


def headings(by: str) -> tuple[list[Heading], list[Heading]]:
    """The two rows of the head of the official table."""
    upper, lower = [Heading(_("STT"), down=2), Heading(str(BY[by]), down=2)], []
    for over, columns in groupby(COLUMNS, key=lambda column: str(column.over)):
        below = [Heading(str(column.heading)) for column in columns]
        upper += [Heading(over, across=len(below))] if over else [Heading(one.text, down=2) for one in below]
        lower += below if over else []
    return upper, lower


def flat(upper: list[Heading], lower: list[Heading]) -> list[tuple[str, str]]:
    """What stands over each column: the upper word, and the lower where there is one."""
    below = iter(lower)
    return [(one.text, "" if one.down > 1 else next(below).text) for one in upper for _n in range(one.across)]


def numbers() -> list[str]:
    """The official numbers under the head."""
    return ["1", "2", *(column.number for column in COLUMNS)]


def table_rows(table: OfficialTable) -> Iterator[list]:
    """Each row, and the total, as values: texts, numbers, shares between 0 and 1, None for what is unknown."""
    for n, row in enumerate(table.rows, start=1):
        yield [n, called(table.by, row.of.code, row.of.name, row.of.order), *row.values.values()]
    yield ["", table.total.of.name, *table.total.values.values()]


def called(by: str, code: str, name: str, issued_on: object) -> str:
    """What a row is of. Of a document its number, its day and what it is about: numbers begin again each year."""
    if by != DIRECTIVE:
        return name
    told = {"code": code, "day": printed_day(issued_on)} if isinstance(issued_on, date) else None
    about = Truncator(name).words(ABOUT, truncate="%(truncated_text)s…")
    return ": ".join(filter(None, [_("%(code)s ngày %(day)s") % told if told else code, about]))


WIDE = 28  # characters: a column of running text


@dataclass(frozen=True)
class ListColumn:
    """One column of the detail list; `width` in characters."""

    key: str
    heading: Promise
    width: int
    value: Callable[[DetailRow], object]

    @property
    def is_wide(self) -> bool:
        return self.width >= WIDE


def _task(row):
    period = periods.name_of(row.work.period)
    return f"{row.work.task.text} ({period})" if period else row.work.task.text


def _signer(row):
    directive = row.work.directive
    return ", ".join(filter(None, [directive.signer_title, directive.signer_name]))


def _result(row):
    if row.report:
        return row.report.text
    if row.note is None:
        return ""
    percent = f"{row.note.percent}%" if row.note.percent is not None else ""
    return ". ".join(filter(None, [percent, row.note.text]))


def _proof(row):
    if row.report is None:
        return ""
    return "; ".join(_document(one) for one in row.report.evidence.all())


def _document(evidence):
    name = evidence.code or evidence.file_name
    if evidence.dated_on is None:
        return name
    return _("%(code)s ngày %(day)s") % {"code": name, "day": printed_day(evidence.dated_on)}


LIST_COLUMNS: tuple[ListColumn, ...] = (
    ListColumn("code", gettext_lazy("Số, ký hiệu"), 16, lambda row: row.work.directive.code),
    ListColumn("issued_on", gettext_lazy("Ngày ban hành"), 12, lambda row: row.work.directive.issued_on),
    ListColumn("title", gettext_lazy("Trích yếu"), 32, lambda row: row.work.directive.title),
    ListColumn("label", gettext_lazy("Số mục"), 7, lambda row: row.work.task.label),
    ListColumn("task", gettext_lazy("Nội dung nhiệm vụ"), 48, _task),
    ListColumn("signer", gettext_lazy("Lãnh đạo giao"), 18, _signer),
    ListColumn("unit", pgettext_lazy("một", "Đơn vị"), 24, lambda row: row.work.unit_name),
    ListColumn("duty", gettext_lazy("Vai trò"), 9, lambda row: str(Duty(row.work.duty_then).label)),
    ListColumn("support", gettext_lazy("Đơn vị phối hợp"), 22, lambda row: "; ".join(row.supporters)),
    ListColumn("first_due_on", gettext_lazy("Thời hạn ban đầu"), 12, lambda row: row.first_due_on),
    ListColumn("moved_due_on", gettext_lazy("Thời hạn sau gia hạn"), 12, lambda row: row.moved_due_on),
    ListColumn("deliverable", gettext_lazy("Sản phẩm"), 20, lambda row: row.work.task.deliverable),
    ListColumn("result", gettext_lazy("Tình hình, kết quả"), 40, _result),
    ListColumn("proof", gettext_lazy("Văn bản, minh chứng"), 22, _proof),
    ListColumn("standing", gettext_lazy("Trạng thái"), 14, lambda row: str(row.standing.label)),
    ListColumn("days_late", gettext_lazy("Số ngày quá hạn"), 9, lambda row: row.days_late),
    ListColumn("obstacle", gettext_lazy("Vướng mắc, kiến nghị"), 28, lambda row: row.obstacle),
    ListColumn("issuer", gettext_lazy("Cơ quan giao, theo dõi"), 20, lambda row: row.work.issuer.name),
)  # fmt: skip


def list_headings() -> list[str]:
    return [_("STT"), *(str(column.heading) for column in LIST_COLUMNS)]


def list_rows(rows: Iterator[DetailRow]) -> Iterator[list]:
    """Each row as values: texts, numbers, days, None. Reads them once, keeps none."""
    for n, row in enumerate(rows, start=1):
        yield [n, *(column.value(row) for column in LIST_COLUMNS)]
