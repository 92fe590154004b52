"""What units ask for and what stands in their way, each waiting for this person's answer."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from directives import rules, tracking
from directives.compliance.waiting import to_answer, to_clear
from directives.enums import Decision, RequestKind
from directives.errors import Incomplete
from directives.forms.forwarding import ForwardForm
from directives.models import Assignment, ProgressNote, Request
from directives.views.paging import page
from directives.views.returning import NEXT, go_back, posted, way_back
from units.numerals import natural
from units.once import once

from .asking import UNSENT
from .loading import with_way

WITH = ("assignment__task", "assignment__directive", "assignment__unit")


@require_safe
@login_required
def request_list(request):
    """The requests this person answers, the longest waiting first; of one piece of work by `?viec=`.

    A fixed number of queries.
    """
    waiting, of_one = _of_one(request, _answerable(request.user))
    found = page(waiting, ("asked_at", "id"), request.GET.get("sau", ""))
    told = {"requests": found.rows, "after": found.after, "of_one": of_one, **_way(request, "request-list")}
    return render(request, "tracking/requests.html", told)


@require_safe
@login_required
def obstacle_list(request):
    """The obstacles this person answers, the oldest first; of one piece of work (`?viec=`), where a notice leads here.

    A fixed number of queries.
    """
    waiting, of_one = _of_one(request, _clearable(request.user))
    found = page(waiting, ("noted_at", "id"), request.GET.get("sau", ""))
    return _obstacles(request, found.rows, after=found.after, of_one=of_one)


@login_required
@require_POST
@once
def obstacle_answer(request, pk):
    note = _load(request.user, pk)
    answer = posted(request, "answer")
    try:
        tracking.answer_obstacle(note, by=request.user, answer=answer)
    except Incomplete as refusal:
        said = {"missing": refusal.fields["answer"], "asked": note}
        return _obstacles(request, [note], status=UNSENT, **said)
    messages.success(request, _("Đã trả lời vướng mắc của %(unit)s.") % {"unit": note.assignment.unit_name})
    return go_back(request, reverse("obstacle-list"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def obstacle_forward(request, pk):
    """Send an obstacle on to whoever must answer it, with a word."""
    note = _load(request.user, pk)
    tracking.check_forwarding(note, by=request.user)
    form = ForwardForm(note, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            tracking.forward_obstacle(note, by=request.user, **form.said)
        except Incomplete as refusal:
            form.take(refusal)
        else:
            messages.success(request, _("Đã chuyển vướng mắc đến %(to)s.") % {"to": form.receiver_name})
            return go_back(request, reverse("obstacle-list"))
    context = {"note": note, "form": form, "next": way_back(request, reverse("obstacle-list"))}
    return render(request, "tracking/forward.html", context, status=UNSENT if form.errors else 200)


def _of_one(request, waiting):
    """What waits, of one piece of work alone where the address names it; and which."""
    of_one = natural(request.GET.get("viec", ""))
    return waiting.filter(assignment=of_one) if of_one else waiting, of_one


def _way(request, here):
    """Where an answer leads, and what the next page of the list is to know of that."""
    known = {name: request.GET[name] for name in ("viec", NEXT) if request.GET.get(name)}
    return {"back": way_back(request, reverse(here)), "kept": f"&{urlencode(known)}" if known else ""}


def _load(user, pk):
    waiting = ProgressNote.objects.filter(rules.visible_obstacles(user))
    waiting = waiting.select_related(*WITH, "assignment__issuer")
    return get_object_or_404(with_way(waiting), pk=pk)


def _obstacles(request, notes, *, after=None, status=200, **said):
    context = {
        "notes": notes,
        "after": after,
        "has_queue": rules.can_follow_up(request.user),
        **_way(request, "obstacle-list"),
        **said,
    }
    return render(request, "tracking/obstacles.html", context, status=status)


def _answerable(user):
    work = Assignment.objects.filter(to_answer(user))
    more_time = Q(kind=RequestKind.EXTENSION, assignment__in=work.filter(rules.extendable_assignments(user)))
    not_ours = Q(kind=RequestKind.DECLINE, assignment__in=work.filter(rules.movable_assignments(user)))
    waiting = Request.objects.filter(more_time | not_ours, decision=Decision.PENDING)
    return waiting.select_related(*WITH, "proposed_unit", "asked_by")


def _clearable(user):
    """Beside what lies with the person, more of the same work may lie elsewhere."""
    work = Assignment.objects.filter(to_clear(user))
    waiting = ProgressNote.objects.filter(rules.held_obstacles(user), assignment__in=work, answered_at=None)
    return with_way(waiting.select_related(*WITH))
