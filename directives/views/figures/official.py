"""The official table and its detail list, on the page and as files: exactly what the address narrows them to."""

from dataclasses import dataclass
from functools import cached_property

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from directives import compliance, exports, rules
from directives.compliance import RECEIVED, DetailRow, Tally
from directives.templatetags.official import said_of
from directives.views.paging import page
from directives.views.workbook import XLSX, named

from .scope import Scope, read
from .scope_words import days_in_sentence, said_of_filters, said_of_scope

KEY = ("directive_id", "task_id", "id")
PAGE = 50
CSV = "text/csv; charset=utf-8"


@dataclass(frozen=True)
class Report:
    """What one address of the official table asks for."""

    scope: Scope

    @property
    def by(self) -> str:
        return self.scope.chosen.get("by", compliance.UNIT)

    @cached_property
    def table(self):
        groups = self.scope.form.groups if self.by == compliance.GROUP else ()
        return compliance.official_table(self.scope.assignments, self.scope.span, by=self.by, groups=groups)

    @property
    def title(self) -> str:
        return self._titled(_("Biểu tổng hợp tình hình thực hiện nhiệm vụ"))

    @property
    def list_title(self) -> str:
        return self._titled(_("Danh mục nhiệm vụ"), str(self.line.label))

    def _titled(self, name, *which):
        said = [*which, days_in_sentence(self.scope), said_of_filters(self.scope)]
        return f"{name}: {'; '.join(said)}"

    @property
    def line(self):
        return self.scope.line(default=Tally.total)

    @cached_property
    def under(self) -> dict:
        """What stands under the table besides its own rates."""
        which = self.scope.assignments, self.scope.span
        return {"acceptance": compliance.acceptance(*which), "receipt": compliance.receipt(*which)}

    @property
    def said(self) -> list[str]:
        return list(said_of(self.table, **self.under))

    def listed(self, line, where=None):
        """The rows of the list behind a number, as a query."""
        which = self.scope.assignments, self.scope.span, line
        return compliance.detail_rows(*which, beside=self.scope.seen, where=where)

    def rows(self, line, where=None):
        return compliance.read_through(self.listed(line, where), self.scope.span)


def report_of(request: HttpRequest, **options) -> Report:
    """What the address asks for; a file of a wrong address would show other figures than were asked for."""
    scope = read(request, **options)
    if not scope.form.is_valid():
        raise Http404
    return Report(scope)


@require_safe
@login_required
def official_table(request):
    """Eleven queries: session, person, navigation, units, sectors, table, tally, decided and waiting reports with the
    calendar, received work. Three more by groups."""
    report = Report(read(request))
    context = {
        "scope": report.scope,
        "told": said_of_scope(report.scope),
        "report": report,
        "table": report.table,
        "heads": exports.headings(report.by),
        "numbers": exports.numbers(),
        "can_freeze": bool(rules.freezing_offices(request.user)),
        **report.under,
    }
    return render(request, "compliance/official.html", context)


@require_safe
@login_required
def official_table_csv(request):
    report = report_of(request)
    upper, lower = exports.headings(report.by)
    heading = [": ".join(filter(None, pair)) for pair in exports.flat(upper, lower)]
    return _csv(exports.csv_lines(heading, exports.table_rows(report.table)), "bieu-tong-hop")


@require_safe
@login_required
def official_table_xlsx(request):
    report = report_of(request)
    book = exports.table_workbook(report.table, title=report.title, said=report.said)
    return _xlsx(book, "bieu-tong-hop")


@require_safe
@login_required
def detail_list(request):
    """Ten queries for a page of the list, whatever it shows."""
    report = report_of(request)
    found = page(report.listed(report.line), KEY, request.GET.get("sau", ""), size=PAGE)
    query = "&".join([report.scope.query, f"chi-tieu={report.line.slug}"])
    rows = (DetailRow(work, report.scope.span.as_of) for work in found.rows)
    context = {
        "scope": report.scope,
        "told": said_of_scope(report.scope),
        "report": report,
        "query": query,
        "count": compliance.count(report.scope.assignments, report.scope.span, report.line),
        "columns": exports.LIST_COLUMNS,
        "rows": [
            {
                "pk": work.pk,
                "code": code,
                "unit": work.unit_name,
                "values": zip(values, exports.LIST_COLUMNS[1:], strict=True),
            }
            for work, (_n, code, *values) in zip(found.rows, exports.list_rows(rows), strict=True)
        ],
        "next_url": f"?{query}&sau={found.after}" if found.after else "",
    }
    return render(request, "compliance/detail_list.html", context)


@require_safe
@login_required
def detail_list_csv(request):
    report = report_of(request)
    rows = exports.list_rows(report.rows(report.line))
    return _csv(exports.csv_lines(exports.list_headings(), rows), "danh-muc-nhiem-vu")


@require_safe
@login_required
def detail_list_xlsx(request):
    report = report_of(request)
    return _xlsx(
        exports.list_workbook(report.rows(report.line), title=report.list_title), "danh-muc-nhiem-vu"
    )


@require_safe
@login_required
def period_workbook(request):
    """The period whole: its words, the table by unit, and four lists."""
    report = report_of(request)
    span = report.scope.span
    done, still_open = _sheet_names(span)
    lists = [
        (_("Giao trong kỳ"), report.rows(RECEIVED)),
        (done, report.rows(Tally.done)),
        (_("Đến hạn trong kỳ"), report.rows(Tally.total, compliance.fallen_due_in(span))),
        (still_open, report.rows(Tally.open)),
    ]
    said = [*_conventions(report), *report.said]
    return _xlsx(exports.period_workbook(report.table, lists, title=report.title, said=said), "so-lieu-ky")


def _sheet_names(span):
    """Of what is done and what is open; what was done after the period, as the figures know it, is not done in it."""
    done, still_open = _("Hoàn thành trong kỳ"), _("Còn mở cuối kỳ")
    if span.last and span.as_of > span.last:
        done = _("Hoàn thành đến ngày số liệu")
    if span.last and span.as_of != span.last:
        still_open = _("Còn mở đến ngày số liệu")
    return done, still_open


def _conventions(report):
    """What the words of the workbook mean."""
    return [
        _("Kỳ và ngày số liệu: %(days)s.") % {"days": days_in_sentence(report.scope)},
        _(
            "Kỳ trước chuyển sang: việc nhận trước kỳ, đến kỳ này chưa xong, kể cả việc đã hoàn thành được mở lại. Giao trong kỳ: việc nhận trong kỳ, kể cả nhận chuyển giao."
        ),
        _(
            "Hoàn thành: báo cáo đã được xác nhận; đúng hạn hay quá hạn tính theo ngày nộp báo cáo, hạn trong ngày là đúng hạn."
        ),
        _(
            "Đến hạn trong kỳ: việc có thời hạn đang áp dụng nằm trong kỳ. Còn mở: đang thực hiện hoặc chờ xác nhận."
        ),
    ]


def _csv(lines, name):
    response = StreamingHttpResponse(lines, content_type=CSV)
    return named(response, f"{name}.csv")


def _xlsx(book, name):
    return named(FileResponse(book, content_type=XLSX), f"{name}.xlsx")
