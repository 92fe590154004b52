"""The first page of the day: what waits for this person, the week, the documents they follow, what just happened."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from directives import compliance, rules
from directives.calendar import is_working
from directives.compliance import DueDay
from directives.enums import DirectiveState
from directives.models import RegisterCounter
from units import clock, statements
from units.holidays import office_calendar
from units.models import Event
from units.rules import reach

from .todo import todo

DOCUMENTS, FEED, IN_VAIN, DUE = 5, 8, 10, 3
RECENT = timedelta(days=14)


@require_safe
@login_required
def today(request):
    """Ten queries at most, whatever the person's roles; one more where units they follow are late, where reports wait, and
    for a leader."""
    user, day = request.user, clock.today()
    sections = rules.nav_sections(user)
    if "today" not in sections:
        return render(request, "today/elsewhere.html", {"sections": sections})
    context = {
        "today": day,
        "todo": todo(user, day),
        "follows": rules.follows_others(user),
        "in_vain": compliance.urged_in_vain(user, limit=IN_VAIN),
        "week": _week(user, day),
        "tracked": _tracked(user, day),
        "registers": _registers(user),
        "feed": _feed(user),
    }
    return render(request, "today/today.html", context)


def _tracked(user, day):
    running = compliance.visible(user).filter(directive__state=DirectiveState.ISSUED)
    newest, key = partial(compliance.newest_seen, user), ("tracked", reach(user), day)
    return compliance.by_directive(running, day, limit=DOCUMENTS, among=newest, key=key)


@dataclass(frozen=True)
class WeekDay:
    day: date
    is_today: bool
    is_off: bool
    due: list[DueDay]

    @property
    def more(self) -> int:
        """How many tasks fall due besides those shown."""
        return self.due[0].among - len(self.due) if self.due else 0

    @property
    def is_weekend(self) -> bool:
        return not is_working(self.day)


def _week(user, today_):
    """Monday to Sunday, with what falls due on each day and the days nobody works."""
    monday = today_ - timedelta(days=today_.weekday())
    days = [monday + timedelta(days=n) for n in range(7)]
    begun = compliance.visible(user).filter(issued_on__lte=today_)
    due = compliance.due_between(begun, days[0], days[-1], limit=DUE)
    calendar = office_calendar(days[0], days[-1])
    return [
        WeekDay(d, d == today_, not is_working(d, **calendar), [one for one in due if one.due_on == d])
        for d in days
    ]


def _registers(user):
    """The last number of each register of the clerk's offices. No query for anybody else."""
    offices = rules.draftable_offices(user)
    if not offices:
        return ()
    counters = RegisterCounter.objects.filter(register__issuer__in=offices).select_related("register")
    newest = {counter.register_id: counter for counter in counters.order_by("register", "period")}
    return [(counter.register, counter.last, counter.last + 1) for counter in newest.values()]


def _feed(user):
    """What happened lately, but for each saving of a draft; the window keeps the search short for a person who sees little."""
    return statements.objects(("feed", reach(user), clock.today()), lambda: _newest_events(user))


def _newest_events(user):
    recent = Event.objects.filter(rules.visible_events(user), at__gte=clock.now() - RECENT)
    return recent.exclude(verb="edit").order_by("-at", "-id")[:FEED]
