"""What units ask for and what stands in their way, each waiting for this person's answer."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from directives import rules, tracking
from directives.compliance.waiting import to_answer, to_clear
from directives.enums import Decision, RequestKind
from directives.errors import Incomplete
from directives.models import Assignment, ProgressNote, Request
from directives.views.paging import page
from directives.views.returning import go_back
from units.once import once

from .asking import UNSENT

WITH = ("assignment__task", "assignment__directive", "assignment__unit")


@require_safe
@login_required
def request_list(request):
    """The requests this person answers, the longest waiting first. A fixed number of queries."""
    found = page(_answerable(request.user), ("asked_at", "id"), request.GET.get("sau", ""))
    return render(request, "tracking/requests.html", {"requests": found.rows, "after": found.after})


@require_safe
@login_required
def obstacle_list(request):
    """The obstacles this person answers, the oldest first. A fixed number of queries."""
    found = page(_clearable(request.user), ("noted_at", "id"), request.GET.get("sau", ""))
    return render(request, "tracking/obstacles.html", {"notes": found.rows, "after": found.after})


@login_required
@require_POST
@once
def obstacle_answer(request, pk):
    waiting = ProgressNote.objects.filter(rules.visible_obstacles(request.user)).select_related(*WITH)
    note = get_object_or_404(waiting, pk=pk)
    answer = request.POST.get("answer", "")
    try:
        tracking.answer_obstacle(note, by=request.user, answer=answer)
    except Incomplete as refusal:
        context = {"notes": [note], "after": None, "missing": refusal.fields["answer"], "asked": note}
        return render(request, "tracking/obstacles.html", context, status=UNSENT)
    messages.success(request, _("Đã trả lời vướng mắc của %(unit)s.") % {"unit": note.assignment.unit_name})
    return go_back(request, reverse("obstacle-list"))


def _answerable(user):
    work = Assignment.objects.filter(to_answer(user))
    more_time = Q(kind=RequestKind.EXTENSION, assignment__in=work.filter(rules.extendable_assignments(user)))
    not_ours = Q(kind=RequestKind.DECLINE, assignment__in=work.filter(rules.movable_assignments(user)))
    waiting = Request.objects.filter(more_time | not_ours, decision=Decision.PENDING)
    return waiting.select_related(*WITH, "proposed_unit", "asked_by")


def _clearable(user):
    work = Assignment.objects.filter(to_clear(user))
    waiting = ProgressNote.objects.filter(assignment__in=work, answered_at=None).exclude(obstacle="")
    return waiting.select_related(*WITH)
