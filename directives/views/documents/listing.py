"""Every document the person may see: own drafts first, then the newest."""

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from directives import compliance, rules
from directives.compliance import Tally
from directives.enums import DirectiveState
from directives.forms.filters import DirectiveFilter
from directives.models import Directive
from directives.models.directive import LISTED
from directives.views.paging import page
from units import clock

KEY = (*LISTED, "id")
SHOWN = (
    "kind", "code", "number", "notation", "notation_style", "title", "state", "issued_on", "issuer_name", "recorded_on", "created_at",
    "issuer__name", "office_id", "issuer_id",
)  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """A document of the list with the tally of its visible rows."""

    directive: Directive
    tally: Tally


@require_safe
@login_required
def directive_list(request):
    """Four queries with session and person; the list and its tallies are one."""
    wanted = DirectiveFilter(request.GET)
    found = page(_listed(request.user, wanted), KEY, request.GET.get("sau", ""), newest_first=True)
    entries = [Entry(directive, compliance.progress(directive)) for directive in found.rows]
    chosen = wanted.chosen()
    context = {
        "form": wanted,
        "entries": entries,
        "chosen": chosen,
        "issuer": entries[0].directive.issuer if entries and "issuer" in chosen else None,
        "next_url": f"?{_with(request.GET, sau=found.after)}" if found.after else "",
        "without_issuer": _with(request.GET, **{"co-quan": None, "sau": None}),
        "can_draft": bool(rules.draftable_offices(request.user)),
    }
    return render(request, "directives/list.html", context)


def _listed(user, wanted):
    visible = wanted.narrow(Directive.objects.filter(rules.visible_directives(user)))
    if "state" not in wanted.chosen():
        visible = visible.exclude(state=DirectiveState.DISCARDED)
    ordered = visible.annotate(**LISTED)
    return compliance.with_progress(ordered, user, clock.today()).select_related("issuer").only(*SHOWN)


def _with(query, **changes) -> str:
    """The address's query with some parameters set, or taken out (None)."""
    changed = query.copy()
    for name, value in changes.items():
        changed.pop(name, None)
        if value is not None:
            changed[name] = value
    return changed.urlencode()
