"""The rows behind a number: the same filter that counted them lists them."""

from datetime import date

from django.contrib.auth.decorators import login_required
from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_safe

from directives import compliance, rules
from directives.compliance import Tally
from directives.enums import UrgingKind
from directives.models import Urging
from directives.views.paging import page
from units import clock

from .scope import BOTH, read
from .scope_words import said_of_scope

KEY = ("sorted_on", "id")
FAR = date(9999, 12, 31)
PAGE = 50
# The units of one task are looked through as a whole.
TASK_PAGE = 200
SHOWN = (
    "unit_name", "issuer_id", "period", "directive__code", "directive__kind", "task__label", "task__text",
)  # fmt: skip


@require_safe
@login_required
def rows(request):
    """Six queries: session, person, navigation, units, count, one page with what the leader said to each unit last. One
    more where a document or a task is named, three where groups are."""
    scope = read(request, default_duty=BOTH)
    if not scope.form.is_valid():
        raise Http404
    today, line = scope.span.as_of, scope.line(default=Tally.total)
    size = TASK_PAGE if "task" in scope.chosen else PAGE
    found = page(_listed(scope, line), KEY, request.GET.get("sau", ""), size=size)
    query = "&".join(filter(None, [scope.query, f"chi-tieu={line.slug}"]))
    context = {
        "scope": scope,
        "said": said_of_scope(scope),
        "line": line,
        "count": compliance.count(scope.assignments, scope.span, line),
        "found": found.rows,
        "today": today,
        "now": today == clock.today(),
        "instructing": rules.instructing_offices(request.user),
        "next_url": f"?{query}&sau={found.after}" if found.after else "",
    }
    return render(request, "compliance/rows.html", context)


def _listed(scope, line):
    found = (
        compliance.rows(scope.assignments, scope.span, line).select_related("task", "directive").only(*SHOWN)
    )
    said = Urging.objects.filter(assignment=OuterRef("pk"), replied_at=None).exclude(kind=UrgingKind.URGE)
    said = said.order_by("-urged_at", "-pk")
    return found.annotate(
        sorted_on=Coalesce("due_then", Value(FAR)),
        leader_said=Subquery(said.values("kind")[:1]),
        leader_said_at=Subquery(said.values("urged_at")[:1]),
    )
