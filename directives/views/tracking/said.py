"""Whom no answer has come from: what was said to units and waits, and units for which nobody answers at all."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from directives import rules
from directives.compliance.said import is_noticed
from directives.compliance.waiting import unanswered, unmanned_units
from directives.enums import UrgingKind
from directives.views.paging import page
from units import clock

# In the address: whatever leaders said, but for the urgings of the Office.
BY_LEADERS = "cua-lanh-dao"
# Of it what the person said, or another who leads the same office.
OWN = "da-chi-dao"
UNITS = 200
KEY = ("urged_at", "id")


@require_safe
@login_required
def urging_list(request):
    """Of what the person's office gave, what was said longest ago first; `?loai=` one kind, or what leaders said. A fixed number of queries."""
    asked = request.GET.get("loai", "")
    kind = asked if asked in (*UrgingKind.values, BY_LEADERS, OWN) else ""
    said = unanswered(request.user).select_related(
        "assignment__task", "assignment__directive", "assignment__unit", "urged_by"
    )
    said = said.annotate(is_noticed=is_noticed())
    if kind == OWN:
        said = said.filter(assignment__issuer__in=rules.instructing_offices(request.user))
    if kind:
        by_leaders = kind in (BY_LEADERS, OWN)
        said = said.exclude(kind=UrgingKind.URGE) if by_leaders else said.filter(kind=kind)
    found = page(said, KEY, request.GET.get("sau", ""))
    context = {
        "said": found.rows,
        "after": found.after,
        "kind": kind,
        "kinds": [*UrgingKind.choices, (BY_LEADERS, _("Giải trình và chỉ đạo"))],
        "today": clock.today(),
    }
    return render(request, "tracking/said.html", context)


@require_safe
@login_required
def unmanned_list(request):
    """Units with work that the person's office gave, and nobody who answers for them today. A fixed number of queries."""
    units = unmanned_units(rules.given_assignments(request.user), clock.today())
    context = {
        "units": units[:UNITS],
        "more": len(units[UNITS:]),
        "has_queue": rules.can_follow_up(request.user),
    }
    return render(request, "tracking/unmanned.html", context)
