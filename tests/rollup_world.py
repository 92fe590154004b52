"""What the counters say beside what a recount says, for any person on any day."""

from collections import Counter, defaultdict
from datetime import timedelta

from django.db.models import Q

from directives import compliance, rollup
from directives.compliance import Span
from directives.enums import Recurrence
from directives.models import Assignment
from units import clock
from units.models import Unit


def today_of(user, when=None, **which):
    """What the counters say, as a recount says it."""
    told = compliance.Rolled(user, when or clock.today(), **which).tallies
    assert all(n >= 0 for one in told.values() for n in one.counts.values()), "what is taken away was there"
    return {unit: +one.counts for unit, one in told.items() if +one.counts}


def recount(user, when=None):
    rows = compliance.visible(user)
    return {
        unit: one.counts
        for (unit,), one in compliance.grouped(rows, when or clock.today(), "unit_id").items()
    }


def months_recounted(user):
    counts = defaultdict(Counter)
    dated = compliance.standing_on(compliance.visible(user), clock.today()).exclude(due_on=None)
    for path, due_on, *key in dated.values_list("unit__path", "due_on", "stands", "duty", "came_back"):
        counts[due_on.replace(day=1), path][compliance.Key(*key)] += 1
    return counts


def months_told(user):
    first, last = clock.today() - timedelta(days=400), clock.today() + timedelta(days=400)
    told = compliance.Rolled(user, clock.today(), sparks=(first, last)).due_by_row(
        compliance.Level(), paths()
    )
    return {key: one.counts for key, one in told.items()}


def paths():
    """Of all units: in a flat table each is a row."""
    return set(Unit.objects.values_list("path", flat=True))


def agree(user):
    """Every question that the counters answer, beside the live answer."""
    assert rollup.faults() == []
    assert today_of(user) == recount(user)
    for first in spans():
        span = Span(clock.today(), first, clock.today())
        assert today_of(user, span) == recount(user, span), first
    assert months_told(user) == months_recounted(user)
    # What comes back every period is known by its period, so that no figure asks for the task.
    recurs = ~Q(task__recurrence=Recurrence.NONE)
    assert not Assignment.objects.filter(Q(period="") & recurs | ~Q(period="") & ~recurs).exists()


def spans():
    """First days of running periods: the half-months of the last three months."""
    day = clock.today()
    while day > clock.today() - timedelta(days=90):
        if rollup.begins_bucket(day):
            yield day
        day -= timedelta(days=1)
