"""The dashboard: a sentence first, the four official boxes, the months, units and documents; every number leads to
its rows."""

from dataclasses import replace

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from directives import compliance, keeping, rules
from directives.compliance import Level, Tally, UnitFigures
from directives.enums import Duty
from units import clock
from units.models import Unit

from .scope import BOTH, Scope, read
from .scope_words import said_of_days, said_of_filters

# As many as stand beside the units on paper.
DOCUMENTS, LATE_UNITS = 4, 4
NAMED_IN_SENTENCE = 2
# Of more units than so many the page has the first, with which it prints on two sheets of A4, signature and all; a few more
# stand there whole. All of them are one link away, and weigh as much again.
UNITS, UNITS_FIRST = 20, 15
# In the address: the filters lie open, all units are listed.
FILTERING, EVERY_UNIT = "loc", "moi-don-vi"


@require_safe
@login_required
def dashboard(request):
    """Twelve queries: session, person, navigation, own views, units, whether there are many rows, figures by unit and of the
    period before, by month of deadline and of report, what is longest overdue, documents. Among many rows as few where the person sees
    everything: the counters, their units, what is longest overdue, documents. One less without a period, one more where
    units lie above those the person sees, and one for the sectors where the filters lie open.

    Without any filter in the address the person's own beginning is opened, where they chose one.
    """
    views = list(keeping.views_of(request.user))
    begin = next((one for one in views if one.is_default), None)
    if begin and begin.query and not request.GET:
        return HttpResponseRedirect(f"{reverse('figures')}?{begin.query}")
    scope = read(request)
    return render(request, "compliance/dashboard.html", _page(request, scope) | {"views": views})


@require_safe
@login_required
def unit(request, pk):
    """The same page for one unit and what is below it; 404 where the person sees nothing of either."""
    scope = read(request, unit=pk)
    if "unit" not in scope.chosen:
        raise Http404
    told = {
        "unit": scope.unit_name(),
        "way": scope.way_down(),
        "can_correct": rules.can_ask_correction(request.user, Unit(pk=pk)),
    }
    return render(request, "compliance/dashboard.html", _page(request, scope, key=pk) | told)


def _page(request, scope: Scope, *, key=None):
    board = scope.board(request.user)
    counted = [one for one in board.units if one.tally.owes(scope.one_duty)]
    level = _level(scope, counted, request.user)
    rows = compliance.by_child(board.units, level, names=scope.form.names)
    return {
        "scope": scope,
        "filtering": FILTERING in request.GET or bool(scope.form.errors),
        "every_unit": EVERY_UNIT in request.GET,
        "days": said_of_days(scope),
        "said": said_of_filters(scope, named=not key),
        "today": scope.span.as_of,
        "now": clock.now() if scope.span.as_of == clock.today() else None,
        "key": key,
        "follows": rules.follows_others(request.user),
        "documents": board.documents(scope.one_duty, limit=DOCUMENTS),
        "ranked_from": compliance.RANKED_FROM,
        "units_counted": len(counted),
        **_units(request, scope, board, level, _of_duty(rows, scope.duty)),
        **_totals(scope.duty, rows, board.units_before),
        **_months(scope, board),
    }


def _totals(duty, rows, before):
    every, rate_before = compliance.total(rows), compliance.comparable(compliance.total(before))
    lead = every.lead
    return {
        "tally": every if duty == BOTH else every.only(duty),
        "lead": lead,
        "support": every.only(Duty.SUPPORT),
        "rate_before": rate_before,
        "change": compliance.points(lead.rate_headline, rate_before),
    }


def _months(scope, board):
    target = settings.RATE_TARGET
    told = {"target": target, "target_share": target / 100 if target else None}
    return {"months": board.trend(scope.one_duty), **told}


def _units(request, scope, board, level, rows):
    """The rows of the table: a unit's children, or each unit alone where the person sees but some of them."""
    # Who was let off everything has nothing to be compared by.
    units = _ranked([one for one in rows if one.tally.total])
    late = _most_overdue(units)
    shown = units if len(units) <= UNITS or EVERY_UNIT in request.GET else units[:UNITS_FIRST]
    told = _compared({one.path: one for one in [*shown, *late[:LATE_UNITS]]}, level, board, scope)
    return {
        "units": [told[one.path] for one in shown],
        "unshown": len(units) - len(shown),
        "folded": not all(one.alone for one in units),
        "worst": _worst(late),
        "late_units": [told[one.path] for one in late[:LATE_UNITS]],
        "late_unshown": len(late[LATE_UNITS:]),
    }


def _compared(rows, level, board, scope):
    due = board.due(level, rows.keys()) if scope.has_rate else {}
    oldest = board.oldest(scope.one_duty)
    told = {"before": board.units_before, "due": due, "oldest": oldest, "months": board.months}
    return {one.path: one for one in compliance.compared(rows.values(), level, **told)}


def _level(scope, figures, user):
    if "unit" not in scope.chosen or "alone" in scope.chosen:
        return compliance.level(figures, overseen=rules.overseen_paths(user))
    path = scope.form.paths[scope.chosen["unit"]]
    return Level(path) if any(one.path != path for one in figures) else Level()


def _of_duty(rows, duty) -> list[UnitFigures]:
    """The rows' figures of one duty, the worst first; a row without any is left out."""
    if duty == BOTH:
        return rows
    narrowed = [replace(one, tally=one.tally.only(duty)) for one in rows]
    return compliance.worst_first(one for one in narrowed if one.tally.counts)


def _ranked(units):
    """From the best to the worst each has its place; the list itself begins with the worst. One alone has none."""
    last = sum(one.is_ranked for one in units)
    if last < 2:
        return units
    return [replace(one, rank=last - n if one.is_ranked else None) for n, one in enumerate(units)]


def _worst(late):
    """The one or two units that owe most of what is overdue, and how much that is together.

    Nobody is named when the next unit owes just as much.
    """
    named, others = late[:NAMED_IN_SENTENCE], late[NAMED_IN_SENTENCE:]
    if others and others[0].tally.overdue == named[-1].tally.overdue:
        named = []
    return {
        "units": len(late),
        "names": [one.name for one in named],
        "overdue": Tally.sum(one.tally for one in named).overdue,
    }


def _most_overdue(units):
    return sorted((one for one in units if one.tally.overdue), key=lambda one: -one.tally.overdue)
