"""The figures of today from the counters (`directives.rollup`): the same tallies as `grouped` gives, whatever the history.

They serve what one person sees, of some units, in a period that is still running and begins with a month or its 15th, or
without a beginning. Any other question (issuer, kind, a document, a past day) is counted live.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from directives import rollup, rules
from directives.models import Assignment
from units import clock
from units.models import Unit

from .figures import UnitFigures, grouped, worst_first
from .spans import Span
from .tally import Key, Tally

EVERY = Q()
# One object for each key: a dashboard counts by tens of thousands of them.
_KEYS = {
    (duty, returned): [Key(one, duty, returned) for one in rollup.COLUMNS]
    for duty in ("lead", "support")
    for returned in (False, True)
}


def serves(when: date | Span) -> bool:
    """Whether the counters know this period."""
    span, today = Span.of(when), clock.today()
    running = span.as_of == today and (span.last is None or span.last >= today)
    return running and (span.first is None or rollup.begins_bucket(span.first))


def unit_tallies(user, when: date | Span, *, under: Q = EVERY, duty: str = "") -> dict[int, Tally] | None:
    """Unit → what `grouped(visible(user), when, "unit_id")` says of it; of the units that are `under` (said of units)
    and of one duty, or of all.

    None when the counters cannot say (`serves`): then it is counted live. Three queries; a fourth for whoever sees work
    that an office below gave to units elsewhere, which grows with that work.
    """
    if not serves(when):
        return None
    whole = rules.units_seen_whole(user)
    sums = rollup.owed(Unit.objects.filter(whole, under), since=Span.of(when).first)
    if sums is None:
        return None
    counts: dict[int, Counter[Key]] = defaultdict(Counter)
    for unit_id, _month, *sum_ in sums:
        _count(counts[unit_id], sum_, duty)
    tallies = {unit_id: Tally(counted) for unit_id, counted in counts.items() if counted}
    elsewhere = _given_elsewhere(user, whole, under, duty)
    return tallies | {unit_id: one for (unit_id,), one in grouped(elsewhere, when, "unit_id").items()}


def rolled_by_unit(user, when: date | Span, *, under: Q = EVERY, duty: str = "") -> list[UnitFigures] | None:
    """`by_unit` of all that the person sees under these units; None as of `unit_tallies`. One query more than that."""
    tallies = unit_tallies(user, when, under=under, duty=duty)
    if tallies is None:
        return None
    units = Unit.objects.filter(under, pk__in=tallies).order_by().values_list("pk", "name", "path")
    return worst_first(UnitFigures(pk, name, path, tallies[pk]) for pk, name, path in units)


def months_due(
    user, first: date, last: date, *, under: Q = EVERY, duty: str = ""
) -> dict[date, Tally] | None:
    """First day of a month → what falls due in it, as it stands today; from the month of `first` to that of `last`.

    None where no counters are kept. Three queries, or four, as of `unit_tallies`.
    """
    found = _months_due(user, first, last, under, duty, apart=False)
    return None if found is None else {month: one for (_all, month), one in found.items()}


def months_due_by_unit(
    user, first: date, last: date, *, under: Q = EVERY, duty: str = ""
) -> dict[tuple[int, date], Tally] | None:
    """The same of each unit: (unit, first day of a month) → tally."""
    return _months_due(user, first, last, under, duty, apart=True)


def months_reported(
    user, first: date, last: date, *, under: Q = EVERY, duty: str = ""
) -> dict[date, Tally] | None:
    """First day of a month → what was last reported in it, as it stands today; otherwise as `months_due`."""
    found = _by_month(rollup.reported, "reported_on", user, first, last, under, duty, apart=False)
    return None if found is None else {month: one for (_all, month), one in found.items()}


def _months_due(user, first, last, under, duty, *, apart):
    return _by_month(rollup.falling_due, "due_on", user, first, last, under, duty, apart=apart)


def _by_month(read, date_of, user, first, last, under, duty, *, apart):
    whole = rules.units_seen_whole(user)
    sums = read(Unit.objects.filter(whole, under), first, last, apart=apart)
    if sums is None:
        return None
    counts: dict[tuple[int, date], Counter[Key]] = defaultdict(Counter)
    for unit_id, month, *sum_ in sums:
        _count(counts[unit_id, rollup.month_of(month)], sum_, duty)
    elsewhere = _given_elsewhere(user, whole, under, duty)
    elsewhere = elsewhere.filter(**{f"{date_of}__range": rollup.months(first, last)})
    for unit_id, day, key, n in _by_day(elsewhere, date_of):
        counts[unit_id if apart else 0, day.replace(day=1)][key] += n
    return {group: Tally(counted) for group, counted in counts.items() if counted}


def _count(counted, sum_, duty):
    own, returned, *numbers = sum_
    if duty and own != duty:
        return
    for key, n in zip(_KEYS[own, bool(returned)], numbers, strict=True):
        if n:
            counted[key] += n


def _given_elsewhere(user, whole, under, duty):
    """What the offices below the person gave to units that the counters do not answer for."""
    offices = list(Unit.objects.filter(rules.overseen_offices(user)).values_list("pk", flat=True))
    units = Unit.objects.filter(under).exclude(whole)
    given = Assignment.objects.filter(issuer__in=offices, unit__in=units)
    return given.filter(duty=duty) if duty else given


def _by_day(assignments, date_of) -> Iterable[tuple]:
    for (unit_id, day), one in grouped(assignments, clock.today(), "unit_id", date_of).items():
        for key, n in one.counts.items():
            yield unit_id, day, key, n
