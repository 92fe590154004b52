"""One assignment with everything about it: what is asked, what was reported, what happened, what may be done."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from directives import rules, tracking
from directives.enums import Standing
from directives.templatetags.tracking import entry
from directives.views.returning import way_back

from .loading import history, load, with_evidence, working_days_since


@require_safe
@login_required
def assignment_detail(request, pk):
    return render(request, "tracking/assignment.html", _context(request, load(request.user, pk=pk)))


@require_safe
@login_required
def cell(request, directive, unit, task):
    """The same assignment found from the matrix; only the fragment when a script or `?manh=1` asks for it."""
    period = request.GET.get("ky", "").replace("\0", "")
    assignment = load(request.user, directive__id=directive, unit__id=unit, task__id=task, period=period)
    fragment = "HX-Request" in request.headers or request.GET.get("manh") == "1"
    template = "tracking/cell.html" if fragment else "tracking/assignment.html"
    return render(request, template, _context(request, assignment))


def _context(request, assignment):
    """Reports, evidence, notes, history and calendar: five queries."""
    late = working_days_since([assignment.due_on] if assignment.standing == Standing.OVERDUE else [])
    return {
        "assignment": assignment,
        "working_days": late.get(assignment.due_on),
        "reports": _reports(request.user, assignment),
        "notes": list(assignment.progress_notes.order_by("-noted_at", "-id")),
        "history": [entry(event, assignment) for event in history(request.user, assignment)],
        "verbs": tracking.open_verbs(request.user, assignment),
        "back": way_back(request, ""),
    }


def _reports(user, assignment):
    told = assignment.reports.filter(rules.visible_reports(user))
    return with_evidence(told, user).order_by("-reported_at", "-id")
