"""Figures as files for paper: .pdf and .docx in the layout of NĐ 30, and .xlsx of what was frozen."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from directives import files, freezing
from directives.compliance import BY
from directives.exports import paper
from directives.exports.paper import Heading, Say, Told
from directives.templatetags.wording import day, number, percent
from directives.views.workbook import XLSX

from .freezing import load

SAY = Say(number, percent, day)
MEDIA = {"pdf": files.PDF.media_type, "docx": files.DOCX.media_type, "xlsx": XLSX}


@require_safe
@login_required
def snapshot_file(request, code, form):
    """The frozen table as it was: the file says the code and the day."""
    kept = load(request.user, code)
    with translation.override("vi"):
        table = _frozen_paper(kept)
        content = as_file(table, form, name=_("Số liệu chốt"))
    return download(content, form, f"{kept.code}.{form}")


def as_file(table: paper.PrintedTable, form: str, *, name: str) -> bytes:
    """A printed table as "pdf", "docx" or "xlsx"."""
    if form == "xlsx":
        return paper.printed_workbook(table, name=name)
    return paper.printed(table, form, say=SAY)


def download(content: bytes, form: str, name: str) -> HttpResponse:
    """`name` is made of letters, digits and dashes."""
    if form not in MEDIA:
        raise Http404
    response = HttpResponse(content, content_type=MEDIA[form])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def heading_of_office(office, on) -> Heading:
    """Whose paper it is, with a number to be filled in."""
    superior = office.parent.name.upper() if office.parent else ""
    line = _("Số:") + "\N{NO-BREAK SPACE}" * 8 + f"/BC-{office.notation}" if office.notation else ""
    return Heading(superior, office.name.upper(), line, office.place, on)


def _frozen_paper(kept):
    table = freezing.frozen_table(kept)
    taken_on = timezone.localdate(kept.taken_at)
    told = Told(
        heading_of_office(kept.office, taken_on),
        _("BIỂU TỔNG HỢP TÌNH HÌNH THỰC HIỆN NHIỆM VỤ"),
        kept.said,
        [*table.notes, _checked(table)],
        _foot(kept, taken_on),
    )
    rows = [[row.code if table.by == "van-ban" else row.name, *row.values] for row in table.rows]
    return paper.official_paper(
        table.columns, str(BY.get(table.by, "")), rows, [_("Tổng số"), *table.total], told
    )


def _checked(table):
    said = "; ".join(said for said, holds in table.checks if holds == table.holds)
    words = _("Kiểm tra: khớp (%(said)s).") if table.holds else _("Kiểm tra: KHÔNG khớp (%(said)s).")
    return words % {"said": said}


def _foot(kept, taken_on):
    told = {"code": kept.code, "day": day(taken_on), "as_of": day(kept.as_of), "seal": kept.seal[:16]}
    return _("Số liệu chốt %(code)s ngày %(day)s, tính đến hết ngày %(as_of)s; niêm phong %(seal)s") % told
