"""How a cell of the matrix is shown, and the matrix itself as ready HTML.

Twenty thousand cells through template nodes cost seconds; joined here they cost a tenth of one.
"""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django import template
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from directives.compliance import Cell, Key, Matrix, Row
from directives.enums import Duty, Standing

from .wording import MARKS, day, number, period_name

register = template.Library()

RETURNED = "↩"
NOT_GIVEN = gettext_lazy("Không giao")


@dataclass(frozen=True)
class CellWords:
    """Colour, symbol and words of a cell; `short` is what the dense form has room for."""

    css: str
    glyph: str
    words: str
    short: str


def cell_words(cell: Cell | None, as_of: date) -> CellWords:
    """The words of a cell; None is a task the unit was not given."""
    if cell is None:
        return CellWords("na", "–", str(NOT_GIVEN), "")
    mark = MARKS[cell.standing]
    css, glyph, words = mark.css, mark.glyph, _words(cell, as_of)
    if cell.key.returned:
        css, glyph = (css if css == "over" else "back"), RETURNED
        words = _("Trả lại, %(words)s") % {"words": words[0].lower() + words[1:]}
    if cell.key.duty == Duty.SUPPORT:
        css, words = f"{css} ph", _("%(words)s · phối hợp") % {"words": words}
    if cell.period:
        words = f"{period_name(cell.period)}: {words[0].lower() + words[1:]}"
    return CellWords(css, glyph, words, f"{glyph}{_days(cell, as_of)}")


@register.filter
def change_words(change) -> str:
    """What happened to a recipient after the issue: "bổ sung ngày 05/3/2024"; of both, what holds now."""
    if change.removed_at:
        return _("thôi giao ngày %(day)s") % {"day": day(change.removed_at)}
    return _("bổ sung ngày %(day)s") % {"day": day(change.added_at)}


def _words(cell, as_of):
    standing, late = cell.standing, _late(cell)
    if standing == Standing.OVERDUE:
        days = (as_of - cell.due_on).days
        return ngettext("Quá hạn %(days)d ngày", "Quá hạn %(days)d ngày", days) % {"days": days}
    if standing in {Standing.DUE_SOON, Standing.IN_TIME}:
        days = (cell.due_on - as_of).days
        return ngettext("Còn %(days)d ngày", "Còn %(days)d ngày", days) % {"days": days}
    if standing == Standing.AWAITING_LATE:
        return ngettext("Chờ, nộp trễ %(days)d ngày", "Chờ, nộp trễ %(days)d ngày", late) % {"days": late}
    if standing == Standing.DONE_LATE:
        return ngettext("Xong, trễ %(days)d ngày", "Xong, trễ %(days)d ngày", late) % {"days": late}
    return str(MARKS[standing].short)


def _days(cell, as_of):
    if cell.standing == Standing.OVERDUE:
        return str((as_of - cell.due_on).days)
    if cell.standing in {Standing.DONE_LATE, Standing.AWAITING_LATE}:
        return f"+{_late(cell)}"
    return str((cell.due_on - as_of).days) if cell.standing == Standing.DUE_SOON else ""


def _late(cell):
    return (cell.reported_on - cell.due_on).days if cell.reported_on and cell.due_on else 0


@register.simple_tag
def matrix_body(matrix: Matrix, links: bool = True) -> SafeString:
    """{% matrix_body matrix links %}: the rows, grouped; without links for paper and for the whole at once."""
    draw = _Drawing(matrix, links)
    groups = groupby(matrix.rows, key=lambda row: row.group)
    return ready_html("".join(draw.group(name, list(rows)) for name, rows in groups))


def ready_html(html: str) -> SafeString:
    """The matrix is joined from our own tags and numbers; every name and every word in it was escaped."""
    return mark_safe(html)  # noqa: S308


class _Drawing:
    """Draws one matrix; equal cells are drawn once."""

    def __init__(self, matrix, links):
        self.matrix = matrix
        self.tasks = [task.pk for task in matrix.tasks]
        self.cell_url = reverse("cell", args=[matrix.directive.pk, 0, 0]).removesuffix("0/0/")
        self.unit_url = f"{reverse('figures-rows')}?van-ban={matrix.directive.pk}&amp;rieng=1&amp;don-vi="
        self.draw = (self._dense if matrix.dense else self._wide) if links else self._bare
        self.drawn = {}
        self.empty = self._empty()

    def group(self, name, rows):
        return f"<tbody>{self._heading(name)}{''.join(self._row(row) for row in rows)}</tbody>"

    def _heading(self, name):
        if not name:
            return ""
        size = number(self.matrix.group_sizes[name])
        return (
            f'<tr class="grp"><th scope="rowgroup">{escape(name)} · {size}</th>'
            f'<td colspan="{len(self.tasks)}"></td></tr>'
        )

    def _row(self, row: Row):
        tally, unit = row.tally, row.unit_id
        url, drawn = f"{self.cell_url}{unit}/", self.drawn
        cells = []
        for task in self.tasks:
            cell = row.cells.get(task)
            if cell is None:
                cells.append(self.empty)
                continue
            if cell not in drawn:
                drawn[cell] = self.draw(cell_words(cell, self.matrix.as_of))
            before, after = drawn[cell]
            cells.append(f"{before}{url}{task}/{after}" if after else before)
        name = (
            f'<tr><th scope="row"><a href="{self.unit_url}{unit}"><span>{escape(row.name)}{self._change(row)}</span>'
            f' <span class="n">{tally.done}/{tally.total}</span></a></th>'
        )
        return f"{name}{''.join(cells)}</tr>\n"

    def _change(self, row):
        return f'<br><small class="muted">{escape(change_words(row.change))}</small>' if row.change else ""

    def _wide(self, shown):
        after = f'" data-g="{shown.glyph}">{escape(shown.words)}</a></td>'
        return f'<td class="c-{shown.css}"><a href="', after

    def _dense(self, shown):
        after = f'" aria-label="{escape(shown.words)}">{shown.short}</a></td>'
        return f'<td class="c-{shown.css}"><a href="', after

    def _bare(self, shown):
        if self.matrix.dense:
            return f'<td class="c-{shown.css}" title="{escape(shown.words)}">{shown.short}</td>', ""
        return f'<td class="c-{shown.css}"><span data-g="{shown.glyph}">{escape(shown.words)}</span></td>', ""

    def _empty(self):
        """Not given is hatched; what a filter leaves out is blank."""
        if self.matrix.line:
            return "<td></td>"
        if self.matrix.dense:
            return '<td class="c-na"></td>'
        return self._bare(cell_words(None, self.matrix.as_of))[0]


@register.inclusion_tag("components/chip.html")
def period_chip(assignment, as_of):
    """{% period_chip row today %}: the words of its cell without the name of the period, which stands above."""
    key = Key(assignment.standing, Duty.LEAD, assignment.is_returned)
    shown = cell_words(Cell(key, assignment.due_on, assignment.reported_on), as_of)
    return {"css": shown.css, "glyph": shown.glyph, "words": shown.words}


@register.inclusion_tag("components/chip.html")
def row_chip(assignment, as_of):
    """{% row_chip assignment today %}: the words of its cell in the matrix, as a chip."""
    key = Key(assignment.stands, Duty.LEAD, assignment.came_back)
    shown = cell_words(Cell(key, assignment.due_then, assignment.reported_then), as_of)
    return {"css": shown.css, "glyph": shown.glyph, "words": shown.words}
