"""By which of its own tasks an office carries out what it was given: what they add up to, and the form that says so."""

from itertools import groupby

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from directives import chaining, compliance, rules
from directives.enums import ENDED
from directives.errors import Incomplete, NotAllowed, Stale, WrongState
from directives.forms.chaining import CarriedOutForm
from directives.views.returning import go_back
from units import clock
from units.once import once

from .asking import UNSENT, page_of
from .loading import load

MOST_ROWS = 60


def below(assignment, user):
    """The rows that carry it out, by task, with what they add up to and how much proves them; None where nobody does.
    Two queries, none for work that nothing carries out."""
    if not assignment.is_carried:
        return None
    rows, today = compliance.under(assignment, user), clock.today()
    shown = list(compliance.with_proofs(rows, today)[: MOST_ROWS + 1])
    tasks = [(task, list(owed)) for task, owed in groupby(shown[:MOST_ROWS], key=lambda row: row.task)]
    return {
        "tally": compliance.tally(rows, today),
        "tasks": tasks,
        "is_cut": len(shown) > MOST_ROWS,
        "today": today,
    }


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def assignment_implement(request, pk):
    assignment = load(request.user, pk=pk)
    if not rules.can_implement_for(request.user, assignment):
        raise NotAllowed
    if assignment.state in ENDED:
        raise WrongState(_("Nhiệm vụ cấp trên giao đã kết thúc, không gắn thêm việc được nữa."))
    offered = chaining.free_tasks(assignment)
    form = CarriedOutForm(assignment, offered, request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid() or not _said(assignment, form, offered, request.user):
        context = {"assignment": assignment, "form": form, "offered": offered}
        status = UNSENT if request.method == "POST" else 200
        return render(request, "tracking/implement.html", context, status=status)
    messages.success(request, _("Đã ghi việc của cơ quan thực hiện nhiệm vụ này."))
    return go_back(request, page_of(assignment))


def _said(assignment, form, offered, by) -> bool:
    try:
        chaining.carry_out(assignment, form.chosen, by=by, among=offered, seen=form.seen)
    except (Incomplete, Stale) as refusal:
        form.take(refusal)
        return False
    return True
