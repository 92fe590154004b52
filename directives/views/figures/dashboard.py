"""The dashboard: a sentence first, the four official boxes, units and documents; every number leads to its rows."""

from dataclasses import replace

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from directives import compliance, rules
from directives.compliance import Tally, UnitFigures
from directives.enums import Duty
from units import clock
from units.models import Unit

from .scope import BOTH, Scope, read

DOCUMENTS = 10
NAMED_IN_SENTENCE = 2


@require_safe
@login_required
def dashboard(request):
    """Seven queries: session, person, navigation, units, figures by unit and by document, the sectors to choose from."""
    return render(request, "compliance/dashboard.html", _figures(read(request)))


@require_safe
@login_required
def unit(request, pk):
    """The same page for one unit and what is below it; 404 where the person sees nothing of either."""
    scope = read(request, unit=pk)
    if "unit" not in scope.chosen:
        raise Http404
    told = {
        "unit": scope.unit_name(),
        "can_correct": rules.can_ask_correction(request.user, Unit(pk=pk)),
        "key": pk,
    }
    return render(request, "compliance/dashboard.html", _figures(scope) | told)


def _figures(scope: Scope):
    today = scope.span.as_of
    whole = compliance.by_unit(scope.whole, scope.span)
    counted = _of_duty(whole, scope.duty)
    # Who was let off everything has nothing to be compared by.
    units = [one for one in counted if one.tally.total]
    tally, lead = compliance.total(counted), compliance.total(whole).only(Duty.LEAD)
    return {
        "scope": scope,
        "today": today,
        "now": clock.now(),
        "tally": tally,
        "lead": lead,
        "support": compliance.total(whole).only(Duty.SUPPORT),
        "units": _ranked(units),
        "late_units": sorted((u for u in units if u.tally.overdue), key=lambda u: -u.tally.overdue),
        "worst": _worst(units),
        "documents": compliance.by_directive(scope.assignments, scope.span, limit=DOCUMENTS),
        "ranked_from": compliance.RANKED_FROM,
    }


def _of_duty(units, duty) -> list[UnitFigures]:
    """The units' figures of one duty; a unit without any is left out."""
    if duty == BOTH:
        return units
    narrowed = [replace(one, tally=one.tally.only(duty)) for one in units]
    return compliance.worst_first(one for one in narrowed if one.tally.counts)


def _ranked(units):
    """From the best to the worst each has its place; the list itself begins with the worst. One alone has none."""
    last = sum(one.is_ranked for one in units)
    if last < 2:
        return units
    return [replace(one, rank=last - n if one.is_ranked else None) for n, one in enumerate(units)]


def _worst(units):
    """The one or two units that owe most of what is overdue, and how much that is together.

    Nobody is named when the next unit owes just as much.
    """
    late = sorted((one for one in units if one.tally.overdue), key=lambda one: -one.tally.overdue)
    named, others = late[:NAMED_IN_SENTENCE], late[NAMED_IN_SENTENCE:]
    if others and others[0].tally.overdue == named[-1].tally.overdue:
        named = []
    return {
        "units": len(late),
        "names": [one.name for one in named],
        "overdue": sum((one.tally for one in named), Tally()).overdue,
    }
