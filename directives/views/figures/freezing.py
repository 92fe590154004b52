"""Frozen figures: taken once, shown as they were, with the rows behind each number and what has changed since."""

from dataclasses import replace
from itertools import groupby, islice
from types import SimpleNamespace
from typing import NamedTuple

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from directives import compliance, freezing, periods, rules
from directives.compliance import BY, Span
from directives.errors import Incomplete, NotAllowed
from directives.forms.filters import FiguresFilter
from directives.models import Snapshot
from directives.templatetags.official import said_of
from directives.views.paging import page
from directives.views.returning import go_back
from units import clock
from units.models import Unit
from units.numerals import natural
from units.once import once

from .frozen_words import WHAT, Said, counts_times, heading_of, key_of, note_of, over_of, scope_of, slug_of
from .official import Report
from .scope import read
from .scope_words import said_of_scope

PAGE = 50
# In the address: in whose name it is frozen.
OFFICE = "chot-cho"
UNSENT = 422


class Number(NamedTuple):
    """One cell of a frozen table. `url` leads to the rows it counts; empty for what counts none."""

    column: freezing.FrozenColumn
    value: object
    url: str

    @property
    def is_times(self) -> bool:
        """Whether it counts a number of times, not rows."""
        return counts_times(self.column)

    @property
    def note(self) -> Said:
        return note_of(str(self.value))


class Moved(NamedTuple):
    """A number that is another now."""

    heading: str
    then: int
    now: int


@require_safe
@login_required
def snapshot_list(request):
    """The newest first. A fixed number of queries."""
    seen = Snapshot.objects.filter(rules.visible_snapshots(request.user)).defer("figures")
    found = page(seen, ("taken_at", "id"), request.GET.get("sau", ""), newest_first=True)
    can_freeze = bool(rules.freezing_offices(request.user))
    context = {
        "snapshots": [(one, scope_of(one)) for one in found.rows],
        "after": found.after,
        "can_freeze": can_freeze,
    }
    return render(request, "compliance/snapshots.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def snapshot_new(request):
    """What is about to be frozen, in words and numbers; and the freezing itself."""
    offices = list(Unit.objects.filter(pk__in=rules.freezing_offices(request.user)).order_by("path"))
    if not offices:
        raise NotAllowed
    scope, office = read(request), _chosen(offices, request)
    if not scope.form.is_valid():
        raise Http404
    refused = ""
    if request.method == "POST":
        try:
            snapshot = _frozen(scope, office, request.user)
        except Incomplete as refusal:
            refused = refusal.sentence
        else:
            messages.success(request, _("Đã chốt số liệu, mã %(code)s.") % {"code": snapshot.code})
            return go_back(request, reverse("snapshot", args=[snapshot.code]))
    known = scope.assignments.filter(rules.overseen_assignments(office))
    context = {
        "scope": scope,
        "offices": offices,
        "office": office,
        "told": said_of_scope(scope),
        "refused": refused,
    }
    context |= {"tally": compliance.tally(known, scope.span), "most": freezing.MOST_ROWS}
    return render(request, "compliance/snapshot_new.html", context, status=UNSENT if refused else 200)


def _chosen(offices, request):
    """The office in whose name it is done, by the address as it is shown: of several the one chosen, else the first."""
    if OFFICE not in request.GET:
        return offices[0]
    asked = natural(request.GET[OFFICE])
    office = next((office for office in offices if office.pk == asked), None)
    if office is None:
        raise Http404
    return office


def _frozen(scope, office, user):
    """Its words are kept in the language of the record."""
    overseen = replace(scope, whole=scope.whole.filter(rules.overseen_assignments(office)))
    report = Report(overseen)
    span = scope.span
    with translation.override("vi"):
        return freezing.freeze(
            overseen.assignments,
            span,
            by=user,
            office=office,
            rows_of=report.by,
            groups=scope.form.groups if report.by == compliance.GROUP else (),
            period=periods.key_of(span.first, span.last) if span.first and span.last else "",
            query=scope.query,
            said=said_of_scope(scope),
            notes=lambda table: list(said_of(table, **report.under))[:-1],
        )


@require_safe
@login_required
def snapshot(request, code):
    """The figures as they were, whether their seal is whole, and which of them are others now.

    Eleven queries at most, whatever the number of units and rows.
    """
    kept = load(request.user, code)
    table = freezing.frozen_table(kept)
    now = _now(kept, request.user, table)
    context = {
        "snapshot": kept,
        "told": scope_of(kept),
        "table": table,
        "first": BY.get(table.by, ""),
        "heads": _heads(table),
        "rows": [(row, _numbers(kept, table, row.values, of=row.key)) for row in table.rows],
        "total": list(_numbers(kept, table, table.total)),
        "is_broken": freezing.broken(kept),
        "moved": now,
        "today": clock.today(),
    }
    return render(request, "compliance/snapshot.html", context)


def load(user, code) -> Snapshot:
    """By its code, however it was typed."""
    seen = Snapshot.objects.filter(rules.visible_snapshots(user)).select_related("office__parent")
    return get_object_or_404(seen, code=code.upper())


def _heads(table):
    """The two rows of the head: above, each group with how many columns it has; below, the columns of groups."""
    above: list[dict] = []
    for over, members in groupby(table.columns, key=over_of):
        texts = [heading_of(column) for column in members]
        above += (
            [{"text": over, "across": len(texts), "grouped": True}]
            if over
            else [{"text": one} for one in texts]
        )
    return {"above": above, "below": [heading_of(one) for one in table.columns if over_of(one)]}


def _numbers(kept, table, values, **of):
    rows = reverse("snapshot-rows", args=[kept.code])
    for column, value in zip(table.columns, values, strict=True):
        asked = {"chi-tieu": slug_of(column)} | ({"dong": "" if of["of"] is None else of["of"]} if of else {})
        yield Number(column, value, f"{rows}?{urlencode(asked)}" if column.is_count and value else "")


def _now(kept, user, table) -> list[Moved] | None:
    """The numbers of the total that are others today; None where the scope cannot be asked for any more."""
    scope = _again(kept, user)
    if not scope.form.is_valid():
        return None
    known = scope.assignments.filter(rules.overseen_assignments(kept.office))
    span = _span(kept)
    span = replace(scope.span, as_of=span.as_of, first=span.first, last=span.last)
    total = compliance.official_table(known, span, by="co-quan").total
    then = {
        column.key: value for column, value in zip(table.columns, table.total, strict=True) if column.is_count
    }
    return [
        Moved(str(column.counts.label), then[column.key], total.values[column.key])
        for column in compliance.COLUMNS
        if column.key in then and then[column.key] != total.values[column.key]
    ]


def _span(kept) -> Span:
    """The frozen period as of today; one that ended with the day of the figures and nowhere else goes on."""
    ended = kept.first_on or QueryDict(kept.query).get(FiguresFilter.parameters["last"])
    return Span(clock.today(), kept.first_on, kept.last_on if ended else None)


def _again(kept, user):
    """The same filter as it stands today."""
    asked = QueryDict(kept.query, mutable=True)
    asked.pop("ngay", None)
    return read(SimpleNamespace(GET=asked, user=user))


@require_safe
@login_required
def snapshot_rows(request, code):
    """The frozen rows behind one number, in the order they were frozen in."""
    kept = load(request.user, code)
    table = freezing.frozen_table(kept)
    at = table.place_of(key_of(request.GET.get("chi-tieu", "total")))
    if at is None:
        raise Http404
    asked = request.GET.get("dong")
    of = natural(asked) if asked else None
    row = next((row for row in table.rows if row.key == of), None) if asked is not None else None
    if asked is not None and row is None:
        raise Http404
    first = natural(request.GET.get("sau", "")) or 0
    behind = freezing.rows_behind(kept, at, of, whole=asked is None)
    found = list(islice(behind, first, first + PAGE + 1))
    context = {
        "snapshot": kept,
        "column": heading_of(table.columns[at]),
        "over": over_of(table.columns[at]),
        "is_times": counts_times(table.columns[at]),
        "value": row.values[at] if row else table.total[at],
        "row": row,
        "found": found[:PAGE],
        "next_url": _next(request, first + PAGE) if len(found) > PAGE else "",
    }
    return render(request, "compliance/snapshot_rows.html", context)


@require_safe
@login_required
def snapshot_changes(request, code):
    """What is otherwise today, row by row."""
    kept = load(request.user, code)
    first = natural(request.GET.get("sau", "")) or 0
    span = _span(kept)
    found = list(islice(freezing.changes(kept, span, first=first), PAGE + 1))
    context = {
        "snapshot": kept,
        "found": [(change, [WHAT[word] for word in change.what]) for change in found[:PAGE]],
        "next_url": _next(request, found[PAGE].number) if len(found) > PAGE else "",
        "today": span.as_of,
    }
    return render(request, "compliance/snapshot_changes.html", context)


def _next(request, place):
    asked = request.GET.copy()
    asked["sau"] = str(place)
    return f"?{asked.urlencode()}"
