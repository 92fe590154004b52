"""What one person did: for themselves, whoever heads their unit, and auditors."""

from datetime import timedelta

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from directives import rules
from directives.views.paging import page
from units import clock
from units.models import Event, User

KEY = ("at", "id")
DAYS, PAGE = 90, 50


@require_safe
@login_required
def person_acts(request, pk):
    """The newest first; of what the reader may see, and of the last 90 days, so that the search stays short. Four queries."""
    person = get_object_or_404(User.objects.filter(rules.visible_people(request.user)), pk=pk)
    lately = Event.objects.filter(actor=person, at__gte=clock.now() - timedelta(days=DAYS))
    acts = lately.filter(rules.visible_events(request.user))
    found = page(acts, KEY, request.GET.get("sau", ""), newest_first=True, size=PAGE)
    context = {"person": person, "events": found.rows, "after": found.after, "days": DAYS}
    return render(request, "tracking/acts.html", context)
