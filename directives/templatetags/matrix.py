"""How a cell of the matrix is shown, and the matrix itself as ready HTML.

Twenty thousand cells through template nodes cost seconds; joined here they cost a tenth of one.
"""

from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from django import template
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from directives.compliance import Ahead, Cell, Key, Matrix, Row
from directives.enums import Duty, Standing

from .wording import MARKS, day, in_sentence, number, period_name, short_day

register = template.Library()

RETURNED = "↩"
PLACE = "<!--ma-tran-->"
NOT_GIVEN = gettext_lazy("Không giao")
# Told by how late it was reported, and by how long there is still time.
LATE = frozenset({Standing.AWAITING_LATE, Standing.DONE_LATE})
AHEAD = frozenset({Standing.DUE_SOON, Standing.IN_TIME})


@dataclass(frozen=True)
class CellWords:
    """Colour, symbol and words of a cell; `short` is what the dense form has room for."""

    css: str
    glyph: str
    words: str
    short: str


def cell_words(cell: Cell | Ahead | None) -> CellWords:
    """The words of a cell; None is a task the unit was not given."""
    if cell is None:
        return CellWords("na", "–", str(NOT_GIVEN), "")
    if isinstance(cell, Ahead):
        words = _("Kỳ tới, từ %(day)s") % {"day": day(cell.begins)}
        return CellWords("none", "◌", words, short_day(cell.begins))
    return _said(cell.key, abs(cell.late_by or 0), cell.period, get_language())


@lru_cache(maxsize=4096)
def _said(key, days, period, _language):
    """`days` until the deadline, after it, or late, as the standing is told by one of them. Every matrix says the same."""
    mark = MARKS[Standing(key.standing)]
    css, glyph, words = mark.css, mark.glyph, _words(key.standing, days) or str(mark.short)
    short = f"{glyph}{_short(key.standing, days)}"
    if key.returned:
        # Of what came back the symbol says whether it is late too: a colour alone would not be seen on paper.
        short = f"{RETURNED}{short if css == 'over' else _short(key.standing, days)}"
        css, glyph = (css if css == "over" else "back"), RETURNED
        words = _("Trả lại, %(words)s") % {"words": in_sentence(words)}
    if key.duty == Duty.SUPPORT:
        css, words = f"{css} sup", _("%(words)s · phối hợp") % {"words": words}
    if period:
        words = f"{period_name(period)}: {in_sentence(words)}"
    return CellWords(css, glyph, words, short)


@register.filter
def change_words(change) -> str:
    """What happened to a recipient after the issue: "bổ sung ngày 05/3/2024"; of both, what holds now."""
    if change.removed_at:
        return _("thôi giao ngày %(day)s") % {"day": day(change.removed_at)}
    return _("bổ sung ngày %(day)s") % {"day": day(change.added_at)}


def _words(standing, days):
    if standing == Standing.OVERDUE:
        return ngettext("Quá hạn %(days)s ngày", "Quá hạn %(days)s ngày", days) % {"days": number(days)}
    if standing in AHEAD:
        return ngettext("Còn %(days)s ngày", "Còn %(days)s ngày", days) % {"days": number(days)}
    if standing == Standing.AWAITING_LATE:
        return ngettext("Chờ, nộp trễ %(days)s ngày", "Chờ, nộp trễ %(days)s ngày", days) % {
            "days": number(days)
        }
    if standing == Standing.DONE_LATE:
        return ngettext("Xong, trễ %(days)s ngày", "Xong, trễ %(days)s ngày", days) % {"days": number(days)}
    return ""


def _short(standing, days):
    if standing in LATE:
        return f"+{days}"
    return str(days) if standing in {Standing.OVERDUE, Standing.DUE_SOON} else ""


@register.simple_tag
def matrix_body(matrix: Matrix) -> SafeString:
    """{% matrix_body matrix %}: the rows, grouped, each cell a link."""
    return ready_html(_drawn(matrix, links=True))


@register.simple_tag
def matrix_place() -> SafeString:
    """{% matrix_place %}: where `with_matrix` puts the rows. No text of a person looks like it, for all are escaped."""
    return ready_html(PLACE)


def with_matrix(page: bytes, matrix: Matrix) -> bytes:
    """The page with the rows in their place, without links: for paper, and for the whole at once. Of many columns the
    symbols alone: their words would weigh as much again.

    A template copies what it is made of once for each block around it, which with two megabytes costs as much as drawing.
    """
    return page.replace(PLACE.encode(), _drawn(matrix, links=False).encode(), 1)


def _drawn(matrix, *, links):
    draw = _Drawing(matrix, links)
    groups = groupby(matrix.rows, key=lambda row: row.group)
    return "".join(draw.group(name, list(rows)) for name, rows in groups)


def ready_html(html: str) -> SafeString:
    """The matrix is joined from our own tags and numbers; every name and every word in it was escaped."""
    return mark_safe(html)  # noqa: S308


class _Drawing(dict):
    """Draws one matrix: by cell its HTML, with links in two parts, before and after the address; equal ones once."""

    def __init__(self, matrix, links):
        self.matrix, self.links = matrix, links
        self.tasks = [task.pk for task in matrix.tasks]
        self.cell_url = reverse("cell", args=[matrix.directive.pk, 0, 0]).removesuffix("0/0/")
        self.unit_url = f"{reverse('figures-rows')}?van-ban={matrix.directive.pk}&amp;rieng=1&amp;don-vi="
        self.draw = (self._dense if matrix.dense else self._wide) if links else self._bare
        self[None] = (self._empty(), "") if links else self._empty()

    def __missing__(self, cell: Cell | Ahead):
        self[cell] = drawn = self.draw(cell_words(cell))
        return drawn

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
        drawn = map(self.__getitem__, row.told)
        cells = self._linked(unit, drawn) if self.links else drawn
        name = (
            f'<tr><th scope="row"><a href="{self.unit_url}{unit}"><span>{escape(row.name)}{self._change(row)}</span>'
            f' <span class="n">{tally.done}/{tally.total}</span></a></th>'
        )
        return f"{name}{''.join(cells)}</tr>\n"

    def _linked(self, unit, drawn):
        url = f"{self.cell_url}{unit}/"
        for task, (before, after) in zip(self.tasks, drawn, strict=True):
            yield f"{before}{url}{task}/{after}" if after else before

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
            return f'<td class="c-{shown.css}">{shown.short}</td>'
        return f'<td class="c-{shown.css}"><span data-g="{shown.glyph}">{escape(shown.words)}</span></td>'

    def _empty(self):
        """Not given is hatched; what a filter leaves out is blank."""
        if self.matrix.line:
            return "<td></td>"
        if self.matrix.dense:
            return '<td class="c-na"></td>'
        return self._bare(cell_words(None))


@register.inclusion_tag("components/chip.html")
def period_chip(assignment, as_of):
    """{% period_chip row today %}: the words of its cell without the name of the period, which stands above."""
    key = Key(assignment.standing, Duty.LEAD, assignment.is_returned)
    return _chip(key, assignment.due_on, assignment.reported_on, as_of)


@register.inclusion_tag("components/chip.html")
def row_chip(assignment, as_of):
    """{% row_chip assignment today %}: the words of its cell in the matrix, as a chip."""
    key = Key(assignment.stands, Duty.LEAD, assignment.came_back)
    return _chip(key, assignment.due_then, assignment.reported_then, as_of)


def _chip(key, due_on, reported_on, as_of):
    shown = cell_words(Cell(key, _late_by(key, due_on, reported_on, as_of)))
    return {"css": shown.css, "glyph": shown.glyph, "words": shown.words}


def _late_by(key, due_on, reported_on, as_of):
    """As `standing.late_by` tells it of many rows."""
    day = reported_on if key.standing in LATE else as_of
    return (day - due_on).days if day and due_on else None
