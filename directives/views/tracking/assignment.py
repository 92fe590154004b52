"""One assignment with everything about it: what is asked, what was reported, what happened, what may be done."""

from django.contrib.auth.decorators import login_required
from django.db.models import Exists, OuterRef
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from directives import chaining, compliance, rules, tracking
from directives.compliance.said import UNDECIDED, is_noticed
from directives.enums import ENDED, OPEN, Standing
from directives.exports import history_workbook
from directives.models import Assignment
from directives.templatetags.history import event_sentence
from directives.templatetags.tracking import entry
from directives.views.returning import way_back
from directives.views.workbook import workbook_response
from units import clock

from .carrying import below
from .loading import find, history, load, periods_of, with_evidence, with_way, working_days_since

# As many periods of one duty as fit on a screen beside each other.
PERIODS_SHOWN = 12


@require_safe
@login_required
def assignment_detail(request, pk):
    return render(request, "tracking/assignment.html", _context(request, load(request.user, pk=pk)))


@require_safe
@login_required
def assignment_history_file(request, pk):
    """What happened to it, oldest first, as a workbook."""
    assignment = load(request.user, pk=pk)
    told = {"unit": assignment.unit_name, "code": assignment.directive.code, "task": assignment.task}
    title = _("Nhật ký: %(unit)s, %(code)s, nhiệm vụ %(task)s") % told
    events = history(request.user, assignment).order_by("at", "id")
    book = history_workbook(events, title=title, say=event_sentence)
    whose = [assignment.directive.code, assignment.task.label, assignment.unit_name, assignment.period]
    return workbook_response(book, "-".join(filter(None, ["nhat-ky", *whose])))


@require_safe
@login_required
def cell(request, directive, unit, task):
    """The same assignment found from the matrix; only the fragment when a script or `?manh=1` asks for it.

    Of recurring work the period that `?ky=` names; without it the one the matrix shows. One query more then.
    """
    owed = {"directive__id": directive, "unit__id": unit, "task__id": task}
    assignment = find(request.user, **owed, period=_period(request, owed))
    fragment = "HX-Request" in request.headers or request.GET.get("manh") == "1"
    template = "tracking/cell.html" if fragment else "tracking/assignment.html"
    return render(request, template, _context(request, assignment))


def _period(request, owed) -> str:
    if "ky" in request.GET:
        return request.GET["ky"].replace("\0", "")
    rows = list(periods_of(Assignment.objects.filter(rules.visible_assignments(request.user), **owed)))
    begun = [row for row in rows if row.issued_on <= clock.today()]
    return min(begun or rows, key=compliance.foremost).period if rows else ""


def _context(request, assignment):
    """Reports, evidence, notes and their way, what was said, history and calendar: eight queries at most, one more for recurring work."""
    late = working_days_since([assignment.due_on] if assignment.standing == Standing.OVERDUE else [])
    return {
        "assignment": assignment,
        "working_days": late.get(assignment.due_on),
        "reports": _reports(request.user, assignment),
        "said": list(
            assignment.urgings.select_related("urged_by", "replied_by")
            .annotate(is_noticed=is_noticed())
            .order_by("-urged_at", "-pk")
        ),
        "owes_answer": assignment.state in UNDECIDED,
        "notes": _notes(request.user, assignment),
        "history": [entry(event, assignment) for event in history(request.user, assignment)],
        "verbs": tracking.open_verbs(request.user, assignment, among=tracking.OF_THE_WORK),
        "back": way_back(request, ""),
        "periods": _side_by_side(request.user, assignment) if assignment.period else (),
        "today": clock.today(),
        **_chained(request.user, assignment),
    }


def _chained(user, assignment):
    """What this carries out of a superior's, and what carries it out. Three queries at most, none for most work."""
    above = assignment.task.implements_id
    may_implement = assignment.state not in ENDED and rules.can_implement_for(user, assignment)
    return {
        "above": _above(user, above) if above else None,
        "below": below(assignment, user),
        "may_implement": may_implement,
    }


def _above(user, pk):
    seen = Assignment.objects.filter(rules.visible_assignments(user), pk=OuterRef("pk"))
    return chaining.named(Assignment.objects.annotate(may_open=Exists(seen))).get(pk=pk)


def _side_by_side(user, assignment):
    """The newest periods of the same duty and that of the page, in the order of time."""
    same = {"task": assignment.task_id, "unit": assignment.unit_id}
    rows = periods_of(Assignment.objects.filter(rules.visible_assignments(user), **same))
    shown = list(rows.order_by("-issued_on", "-pk")[:PERIODS_SHOWN])
    if assignment.pk not in {row.pk for row in shown}:
        shown.append(assignment)
    return shown[::-1]


def _notes(user, assignment):
    """With the way of each obstacle, and whether this person answers it or may send it on. Two queries."""
    notes = list(with_way(assignment.progress_notes.order_by("-noted_at", "-id")))
    for note in notes:
        note.assignment = assignment
    return [(note, *_open_to(user, note)) for note in notes]


def _open_to(user, note):
    if not note.obstacle or note.answered_at or note.assignment.state not in OPEN:
        return False, False
    lies_here = rules.holds_obstacle(user, note)
    return lies_here, lies_here or rules.can_urge(user, note.assignment)


def _reports(user, assignment):
    told = assignment.reports.filter(rules.visible_reports(user))
    return with_evidence(told, user).order_by("-reported_at", "-id")
