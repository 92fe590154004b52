"""Figures as files for paper: .pdf and .docx in the layout of NĐ 30, and .xlsx of what was frozen."""

from dataclasses import replace

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from directives import compliance, exports, freezing, rules
from directives.compliance import BY
from directives.errors import Refused
from directives.exports import paper
from directives.exports.paper import Heading, Say, Told
from directives.templatetags.wording import day, known_until, number, percent
from directives.views.workbook import FORMS, download
from units import clock

from .freezing import load
from .official import report_of
from .scope_words import said_of_scope

SAY = Say(number, percent, day)


# A list of a thousand pages is read on a screen.
MOST_LISTED = 3_000


@require_safe
@login_required
def official_table_paper(request, form):
    """The table of the address as "pdf" or "docx"."""
    report = report_of(request)
    with translation.override("vi"):
        told = _told(request.user, report, _("BIỂU TỔNG HỢP TÌNH HÌNH THỰC HIỆN NHIỆM VỤ"), notes=report.said)
        rows = [row[1:] for row in exports.table_rows(report.table)]
        table = paper.official_paper(compliance.COLUMNS, str(BY[report.by]), rows[:-1], rows[-1], told)
        return download(as_file(table, form), form, f"bieu-tong-hop.{form}")


@require_safe
@login_required
def detail_list_paper(request, form):
    """The list behind a number as "pdf" or "docx"; of a longer one than anybody prints the way out is said."""
    report = report_of(request)
    count = compliance.count(report.scope.assignments, report.scope.span, report.line)
    if count > MOST_LISTED:
        told = {"count": number(count), "most": number(MOST_LISTED)}
        raise Refused(
            _("Danh mục có %(count)s dòng, in nhiều nhất %(most)s dòng. Hãy tải tệp Excel (.xlsx).") % told
        )
    with translation.override("vi"):
        title = _("DANH MỤC NHIỆM VỤ: %(line)s") % {"line": str(report.line.label).upper()}
        told = _told(request.user, report, title)
        rows = list(exports.list_rows(report.rows(report.line)))
        table = paper.list_paper(exports.list_headings(), [c.width for c in exports.LIST_COLUMNS], rows, told)
        return download(as_file(table, form), form, f"danh-muc-nhiem-vu.{form}")


def _told(user, report, title, *, notes=()):
    """Whose table it is, of which days and which work."""
    office = rules.reporting_office(user)
    heading = heading_of_office(office, clock.today()) if office else Heading("", "")
    return Told(heading, title, said_of_scope(report.scope), notes)


@require_safe
@login_required
def snapshot_file(request, code, form):
    """The frozen table as it was: the file says the code and the day."""
    kept = load(request.user, code)
    with translation.override("vi"):
        table = _frozen_paper(kept)
        content = as_file(table, form, name=_("Số liệu chốt"))
    return download(content, form, f"{kept.code}.{form}")


def as_file(table: paper.PrintedTable, form: str, *, name: str = "") -> bytes:
    """A printed table as "pdf" or "docx", or with a `name` for its sheet as "xlsx"."""
    if form == "xlsx" and name:
        return paper.printed_workbook(table, name=name)
    if form not in FORMS:
        raise Http404
    return paper.printed(table, form, say=SAY)


def heading_of_office(office, on) -> Heading:
    """Whose paper it is, with a number to be filled in."""
    line = _("Số:") + "\N{NO-BREAK SPACE}" * 8 + f"/BC-{office.notation}" if office.notation else ""
    return Heading(office.printed_superior.upper(), office.name.upper(), line, office.place, on)


def _frozen_paper(kept):
    table = freezing.frozen_table(kept)
    taken_on = timezone.localdate(kept.taken_at)
    superior = kept.office.printed_superior_on(taken_on).upper()
    named = {"superior": superior, "issuer": kept.office_name.upper()}
    told = Told(
        replace(heading_of_office(kept.office, taken_on), **named),
        _("BIỂU TỔNG HỢP TÌNH HÌNH THỰC HIỆN NHIỆM VỤ"),
        kept.said,
        [*table.notes, _checked(table)],
        _foot(kept, taken_on),
    )
    rows = [[exports.called(table.by, row.code, row.name, row.issued_on), *row.values] for row in table.rows]
    return paper.official_paper(
        table.columns, str(BY.get(table.by, "")), rows, [_("Tổng số"), *table.total], told
    )


def _checked(table):
    said = "; ".join(said for said, holds in table.checks if holds == table.holds)
    words = _("Kiểm tra: khớp (%(said)s).") if table.holds else _("Kiểm tra: KHÔNG khớp (%(said)s).")
    return words % {"said": said}


def _foot(kept, taken_on):
    known = known_until(kept.as_of, kept.taken_at)
    told = {"code": kept.code, "day": day(taken_on), "known": known, "seal": kept.seal[:16]}
    return _("Số liệu chốt %(code)s ngày %(day)s, %(known)s; niêm phong %(seal)s") % told
