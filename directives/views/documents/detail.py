"""One directive: the documents it stands on, who has done which task, its files, what may be done next."""

from django.contrib.auth.decorators import login_required
from django.db.models import Exists, OuterRef, Prefetch, prefetch_related_objects
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from directives import chaining, compliance, events, lifecycle, recurring, rules
from directives.compliance import LINES, Matrix
from directives.enums import DirectiveState, Purpose, ReportOutcome
from directives.exports import matrix_workbook
from directives.models import Assignment, Attachment, Directive, Report
from directives.templatetags.chain import issuer_in_words
from directives.templatetags.matrix import cell_words, change_words, with_matrix
from directives.templatetags.wording import day
from directives.views.workbook import workbook_response
from units import clock, statements
from units.numerals import natural
from units.rules import reach

from .chain import basis

OWED = (Purpose.ACT, Purpose.COORDINATE)


@require_safe
@login_required
def directive_detail(request, pk):
    """Seven queries at most with session and person, whatever the number of tasks, units and files; one more
    for a document that was closed or revoked, for one with recurring tasks, and for one whose tasks carry out a
    superior's; the chain's own where documents stand on it; one less for a document that stands on none."""
    directive = _load(request.user, pk)
    if not directive.is_published:
        return redirect(_where_it_is_made(request.user, directive))
    whole = compliance.matrix(directive, request.user, clock.today())
    context = {
        "directive": directive,
        "chain": basis(directive, request.user) if directive.has_above else [],
        "issued_by": issuer_in_words(directive),
        "below": _below(directive, request.user) if directive.has_below else None,
        "ending": events.ending_of(directive),
        "whole": whole,
        "tally": whole.tally,
        "ahead": sum(len(row.ahead) for row in whole.rows),
        "sees_all": rules.sees_all_rows(request.user, directive),
        "tasks": _with_tallies(whole, _told(directive, whole.tasks, request.user)),
        "verbs": lifecycle.allowed_verbs(request.user, directive, among=("change_rhythm", "implement")),
        "changed": whole.changed,
        "recipients": () if whole.tasks else _recipients(directive),
        **_shown(request, whole),
    }
    page = render(request, "directives/detail.html", context)
    if context["full"]:
        page.content = with_matrix(page.content, context["matrix"])
    return page


@require_safe
@login_required
def directive_matrix(request, pk):
    """The matrix as a workbook: exactly the rows and columns of the page, all pages of it."""
    directive = _load(request.user, pk)
    if not directive.is_published:
        raise Http404
    whole = compliance.matrix(directive, request.user, clock.today())
    _with_rhythms(directive, whole.tasks)
    line = LINES.get(request.GET.get("tinh-trang", ""))
    shown = whole.showing(line) if line else whole
    told = {"code": str(directive), "day": day(shown.as_of)}
    title = _("%(code)s: ma trận thực hiện, số liệu đến ngày %(day)s") % told
    marks = _marks(request.user, directive) if line is None else ()
    book = matrix_workbook(shown, title=title, say=cell_words, note=change_words, marks=marks)
    return workbook_response(book, f"ma-tran-{directive.code}")


def _marks(user, directive):
    """How well what is done was done, where whoever accepted it said so. One query."""
    seen = rules.visible_reports(user)
    marked = Report.objects.filter(seen, assignment__directive=directive, outcome=ReportOutcome.ACCEPTED)
    marked = marked.exclude(quality="").select_related("assignment__task")
    marked = marked.order_by("assignment__task__position", "assignment__unit_name", "pk")
    return [
        (one.assignment.unit_name, one.assignment.task.label, str(one.get_quality_display()))
        for one in marked
    ]


def _with_rhythms(directive, tasks):
    """The tasks, each recurring one with the rule that was set last. One query where there is one, else none."""
    if any(task.recurrence for task in tasks):
        rhythms = recurring.in_force(directive)
        for task in tasks:
            task.rhythm = rhythms.get(task.pk)
    return tasks


def _told(directive, tasks, user):
    """The tasks with their rules and with what a superior gave that they carry out. A query for each kind, none without."""
    if any(task.implements_id for task in tasks):
        seen = Assignment.objects.filter(rules.visible_assignments(user), pk=OuterRef("pk"))
        above = chaining.named(Assignment.objects.annotate(may_open=Exists(seen)))
        prefetch_related_objects(tasks, Prefetch("implements", above))
    return _with_rhythms(directive, tasks)


def _with_tallies(whole, tasks):
    """Each task with its tally, and with what of it lies ahead."""
    for task in tasks:
        task.coming = whole.coming.get(task.pk)
    return [(task, whole.by_task[task.pk]) for task in tasks]


def _below(directive, user):
    """What stands on the document, if the person sees any of it."""
    found = compliance.chain(directive, user, clock.today())
    return found if len(found.nodes) > 1 else None


def _load(user, pk):
    key = ("directive", reach(user), clock.today())
    found = statements.objects(key, lambda: _seen(user).filter(pk=statements.TOLD), pk)
    if not found:
        raise Http404
    return found[0]


def _seen(user):
    files = Attachment.objects.filter(directive=OuterRef("pk")).exclude(file="")
    attachments = compliance.listed(files, "directive", pk="pk", name="file_name", size="size", kind="kind")
    visible = Directive.objects.filter(rules.visible_directives(user)).select_related(
        "issuer", "office", "collecting_unit", "sector"
    )
    told = {
        "files": attachments,
        "has_above": compliance.has_above(),
        "has_below": compliance.has_below(),
        "is_given": chaining.is_given(),
    }
    return visible.annotate(**told).defer("source", "search")


def _where_it_is_made(user, directive):
    """A draft is worked on; what was submitted is read as it will be printed."""
    drafting = directive.state == DirectiveState.DRAFT and rules.can_edit(user, directive)
    return reverse("directive-edit" if drafting else "directive-preview", args=[directive.pk])


def _shown(request, whole: Matrix):
    """The part of the matrix this address asks for: one line's cells, one page of units, or all of it."""
    line = LINES.get(request.GET.get("tinh-trang", ""))
    shown = whole.showing(line) if line else whole
    full = request.GET.get("day-du") == "1"
    number = _page_number(request, shown)
    return {
        "matrix": shown if full else shown.page(number),
        "full": full,
        "line": line,
        "narrow": f"tinh-trang={line.slug}&" if line else "",
        "previous_page": number - 1 if number > 1 and not full else None,
        "next_page": number + 1 if number < shown.pages and not full else None,
        "units": sum(bool(row.tally.total or row.ahead) for row in whole.rows),
    }


def _page_number(request, shown):
    return min(natural(request.GET.get("trang", "")) or 1, shown.pages)


def _recipients(directive):
    """Who carries out a document without tasks."""
    return directive.recipients.filter(purpose__in=OWED).values_list("group_name", "unit_name")
