"""Handing over all of a person's work at once: the head's page, and the administrator's way to it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from directives import compliance, rules, tracking
from directives.errors import Incomplete, NotAllowed
from directives.forms.handing import HandOverForm
from directives.templatetags.wording import number
from directives.views.returning import go_back, way_back
from units.leaving import Holding
from units.models import User
from units.once import once

from .asking import UNSENT


@require_safe
@login_required
def held_list(request):
    """Who of the person's units holds how much. Five queries."""
    mine = Q(unit_id__in=rules.units_answered_for(request.user))
    return render(request, "tracking/held.html", {"held": compliance.held_work(mine)})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def hand_over(request, unit, person):
    """All that one person was given in one unit; numbers alone, for the administrator reads no work."""
    if not rules.can_hand_over(request.user, unit):
        raise NotAllowed
    person = get_object_or_404(User, pk=person)
    form = HandOverForm(person.pk, unit, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            moved = tracking.hand_over(person, unit, by=request.user, **form.cleaned_data)
        except Incomplete as refusal:
            form.take(refusal)
        else:
            said = ngettext("Đã bàn giao %(n)s phần việc.", "Đã bàn giao %(n)s phần việc.", moved)
            messages.success(request, said % {"n": number(moved)})
            return go_back(request, _list_of(request.user, person))
    held = compliance.held_work(Q(unit_id=unit, assignee=person))
    if not held:
        raise Http404
    context = {"held": held[0], "form": form, "next": way_back(request, _list_of(request.user, person))}
    return render(request, "tracking/hand_over.html", context, status=UNSENT if form.errors else 200)


def _list_of(user, person):
    if rules.units_answered_for(user):
        return reverse("held-list")
    return reverse("admin:units_user_change", args=[person.pk])


def holdings(user) -> list[Holding]:
    """What stands on the page of the account: work by unit, drafts. Two queries."""
    found = [_holding(one) for one in compliance.held_work(Q(assignee=user))]
    if drafts := compliance.drafts_of(user):
        told = ngettext(
            "%(n)s dự thảo do người này lập; văn thư khác của cơ quan vẫn mở được.",
            "%(n)s dự thảo do người này lập; văn thư khác của cơ quan vẫn mở được.",
            drafts,
        )
        found.append(Holding(told % {"n": number(drafts)}))
    return found


def _holding(one):
    work = ngettext("%(n)s phần việc", "%(n)s phần việc", one.work) % {"n": number(one.work)}
    said = {
        "unit": one.unit_name,
        "work": work,
        "late": number(one.overdue),
        "waiting": number(one.unanswered),
    }
    words = _("%(unit)s: %(work)s, quá hạn %(late)s, chưa trả lời đôn đốc %(waiting)s") % said
    return Holding(words, reverse("hand-over", args=[one.unit_id, one.person_id]))
