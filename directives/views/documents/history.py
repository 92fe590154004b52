"""What happened to a directive and to its visible assignments, newest first."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from directives import rules
from directives.events import chain_of
from directives.models import Directive
from directives.views.paging import page
from units.models import Event

PAGE = 50


@require_safe
@login_required
def directive_history(request, pk):
    visible = Directive.objects.filter(rules.visible_directives(request.user))
    directive = get_object_or_404(visible, pk=pk)
    events = Event.objects.filter(rules.visible_events(request.user), chain=chain_of(directive))
    found = page(events, ("sequence",), request.GET.get("sau", ""), newest_first=True, size=PAGE)
    return render(
        request,
        "directives/history.html",
        {"directive": directive, "events": found.rows, "after": found.after},
    )
