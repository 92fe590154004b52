"""How the official table is shown: every number a link to its rows, every rate with what it is made of."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from django import template
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directives.compliance import GROUP, SECTOR, Acceptance, OfficialTable, Rate, Receipt, TableRow, half_up

from .figures import rows_url
from .wording import day, number, percent, truncatewords

register = template.Library()

# By what the rows of a grouping are narrowed in an address; what belongs to none of them by `ngoai`.
NARROWED = {
    "don-vi": "don-vi",
    GROUP: "thuoc-nhom",
    "van-ban": "van-ban",
    "co-quan": "co-quan",
    SECTOR: "linh-vuc",
}


class Shown(NamedTuple):
    """One cell: its text, where its rows are, and how it is set. Of a number of times the rows are said beside it."""

    text: str
    url: str
    css: str
    rows: str = ""


class ShownRow(NamedTuple):
    name: str
    under: str
    cells: list[Shown]


@register.simple_tag
def official_rows(table: OfficialTable, query: str) -> list[ShownRow]:
    """{% official_rows table query as rows %}: each row of the table with the links of its numbers."""
    return [_shown(row, _narrowed(table.by, row, query), table.by) for row in table.rows]


@register.simple_tag
def official_total(table: OfficialTable, query: str) -> ShownRow:
    """{% official_total table query as total %}: the last row, of everything."""
    return _shown(table.total, query, "")


def _narrowed(by, row, query):
    key = row.of.key
    own = {"ngoai": by} if key is None else {NARROWED[by]: key}
    return f"{query}&{urlencode(own | ({'rieng': 1} if by == 'don-vi' else {}))}"


def _shown(row: TableRow, query, by):
    name, under = (row.of.code, _about(row.of)) if by == "van-ban" else (row.of.name, "")
    return ShownRow(name, under, [_cell(cell, query) for cell in row.cells])


def _about(document):
    """Its day, for numbers begin again each year, and what it is about."""
    issued_on = document.order if isinstance(document.order, date) else None
    return " · ".join(filter(None, [day(issued_on), truncatewords(document.name, 14)]))


def _cell(cell, query):
    if cell.column.key == "note":
        return Shown(cell.value, "", "t txt")
    if not cell.column.is_count:
        return Shown(percent(cell.value), "", "r num")
    url = rows_url(cell.column.slug, query) if cell.value else ""
    if url and cell.rows is not None:
        said = ngettext("%(n)s việc", "%(n)s việc", cell.rows) % {"n": number(cell.rows)}
        return Shown(number(cell.value), url, "c num", said)
    return Shown(number(cell.value), url, "c num over-t" if url and "overdue" in cell.column.key else "c num")


@register.simple_tag
def opened(n: int, url: str) -> str:
    """{% opened n url %}: a number that opens its rows; behind none there are none to open."""
    return format_html('<a href="{}">{}</a>', url, number(n)) if n else number(n)


@register.filter
def plain_value(value) -> str:
    """A value of the detail list in words: a day, a number, a text; nothing for what is unknown."""
    if isinstance(value, date):
        return day(value)
    return number(value) if isinstance(value, int) else value or ""


@register.filter
def rate_said(rate: Rate) -> str:
    """Đúng hạn trên số đến hạn = 1.310 / 1.485 = 88,2 % (chỉ tính nhiệm vụ chủ trì có thời hạn)."""
    words = (
        rate.column.heading,
        rate.part_of.label,
        number(rate.part),
        rate.whole_of.label,
        number(rate.whole),
    )
    said = "{} = {} {} / {} {} = {}".format(*words, percent(rate.value))
    return f"{said} ({_('chỉ tính nhiệm vụ chủ trì có thời hạn')})" if rate.is_lead else said


@register.filter
def acceptance_said(found: Acceptance) -> str:
    """How long reports waited for a decision, and what waits now."""
    decided = _(
        "%(n)s báo cáo được xác nhận hoặc trả lại, trung bình sau %(mean)s ngày làm việc, lâu nhất %(longest)s"
    )
    waiting = _("%(n)s báo cáo đang chờ, trung bình %(mean)s ngày làm việc, lâu nhất %(longest)s")
    parts = [
        (decided, found.decided, found.mean, found.longest),
        (waiting, found.waiting, found.waiting_mean, found.waiting_longest),
    ]
    said = [
        words % {"n": number(n), "mean": number(half_up(mean or 0), 1), "longest": number(longest)}
        for words, n, mean, longest in parts
        if n
    ]
    return "; ".join(said) or _("chưa có báo cáo nào trong kỳ")


@register.filter
def receipt_said(found: Receipt) -> str:
    """How much of what was received was acknowledged, and how soon."""
    told = {
        "acknowledged": number(found.acknowledged),
        "received": number(found.received),
        "rate": percent(found.rate),
        "prompt": number(found.prompt),
        "same_day": percent(found.rate_prompt),
    }
    return (
        _(
            "%(acknowledged)s / %(received)s việc nhận trong kỳ đã tiếp nhận (%(rate)s), %(prompt)s ngay trong ngày nhận (%(same_day)s)"
        )
        % told
    )


def said_of(table: OfficialTable, acceptance: Acceptance, receipt: Receipt) -> Iterator[str]:
    """What stands under the table, line by line, for files."""
    yield from (rate_said(rate) for rate in table.total.rates)
    yield f"{_('Thời gian xác nhận:')} {acceptance_said(acceptance)}."
    yield f"{_('Tiếp nhận:')} {receipt_said(receipt)}."
    yield from read_by(table)
    yield checks_said(table)


@register.filter
def read_by(table: OfficialTable) -> list[str]:
    """What whoever adds up the rows has to know, a sentence each."""
    said = [
        _(
            "Một nhiệm vụ giao nhiều đơn vị tính một lần cho mỗi đơn vị; ở biểu theo văn bản, một dòng cộng tất cả đơn vị của văn bản ấy."
        )
    ]
    if table.is_overlapping:
        said.append(_("Đơn vị thuộc nhiều nhóm được tính ở mỗi nhóm, nên cộng các dòng lớn hơn tổng số."))
    return [
        *said,
        _(
            "Chưa cập nhật quá 30 ngày: việc đang thực hiện đã nhận quá 30 ngày mà 30 ngày qua đơn vị không tiếp nhận, không ghi tiến độ, không báo cáo."
        ),
    ]


@register.filter
def checks_said(table: OfficialTable) -> str:
    """Kiểm tra: khớp; or what does not add up."""
    if not table.broken:
        return _("Kiểm tra: khớp (%(all)s).") % {"all": "; ".join(str(one.said) for one in table.invariants)}
    return _("Kiểm tra: KHÔNG khớp ở %(broken)s.") % {
        "broken": "; ".join(str(one.said) for one in table.broken)
    }
