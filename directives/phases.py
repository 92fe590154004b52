"""The dated history of assignments: what stood until yesterday is kept before a verb of today changes it."""

from datetime import timedelta

from django.db.models import Case, F, FilteredRelation, Q, When

from directives.models import Phase
from units import clock

# What figures of a day are made of.
DATED = ("state", "is_returned", "issued_on", "due_on", "first_due_on", "reported_on")
PREFIX = "then_"


def keep(assignments) -> None:
    """Of the assignments that are about to change: close the phase that lasted until yesterday, begin one today.

    Must run in the transaction of the change, before it; locks the rows until its end. One query, three where a phase
    ends; what changed today already has no second one, since a day's figures are those of its end.
    """
    today = clock.today()
    earlier = assignments.filter(since_on__lt=today)
    # The order of the model would join, and lock, the directive, the task and the unit too.
    ended = earlier.order_by("pk").select_for_update(no_key=True).values_list("pk", "since_on", *DATED)
    kept = [
        Phase(assignment_id=pk, first_on=first_on, last_on=today - timedelta(days=1), **_dated(values))
        for pk, first_on, *values in ended
    ]
    if kept:
        Phase.objects.bulk_create(kept, batch_size=500)
        earlier.update(since_on=today)


def _dated(values):
    return dict(zip(DATED, values, strict=True))


def as_of(assignments, day):
    """The assignments that were given and known at the end of a past day, each with `then_state`, `then_due_on` …, and
    since when that was so: `then_since_on`. No query by itself."""
    on_the_day = Q(phases__first_on__lte=day, phases__last_on__gte=day)
    known = assignments.annotate(phase=FilteredRelation("phases", condition=on_the_day))
    known = known.filter(Q(phase__isnull=False) | Q(since_on__lte=day))
    then = {name: _of_then(name, name) for name in DATED} | {"since_on": _of_then("since_on", "first_on")}
    return known.alias(**_then(then)).filter(then_issued_on__lte=day)


def as_now(assignments):
    """The same names for what is so today. No query by itself."""
    return assignments.alias(**_then({name: F(name) for name in (*DATED, "since_on")}))


def _of_then(now, then):
    return Case(When(phase__isnull=True, then=F(now)), default=F(f"phase__{then}"))


def _then(values):
    return {f"{PREFIX}{name}": value for name, value in values.items()}
