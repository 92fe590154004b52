"""The dated history of assignments: what stood until yesterday is kept before a verb of today changes it."""

from datetime import timedelta

from django.db.models import Case, F, FilteredRelation, Q, When

from directives.models import Assignment, Phase
from units import clock

# What figures of a day are made of.
DATED = ("state", "is_returned", "issued_on", "due_on", "first_due_on", "reported_on", "acknowledged_at")
PREFIX = "then_"
BATCH = 2_000


def hold(assignments) -> list[tuple]:
    """Lock the assignments that are about to change, until the transaction ends; what they are, for `keep`. One query."""
    # The order of the model would join, and lock, the directive, the task and the unit too.
    held = assignments.order_by("pk").select_for_update(no_key=True)
    return list(held.values_list("pk", "since_on", *DATED))


def keep(held: list[tuple]) -> None:
    """Of what is held and about to change: close the phase that lasted until yesterday, begin one today.

    Must run in the transaction of the change, before it. Two queries where a phase ends; what changed today already has
    no second one, since a day's figures are those of its end.
    """
    today = clock.today()
    kept = [
        Phase(assignment_id=pk, first_on=first_on, last_on=today - timedelta(days=1), **_dated(values))
        for pk, first_on, *values in held
        if first_on < today
    ]
    if kept:
        Phase.objects.bulk_create(kept, batch_size=500)
        for start in range(0, len(kept), BATCH):
            some = [phase.assignment_id for phase in kept[start : start + BATCH]]
            Assignment.objects.filter(pk__in=some).update(since_on=today)


def keep_duty(assignment) -> None:
    """Of work that is owed in another duty from today on, and whose last phase is kept: in all until now it was owed in this
    one, which the object still says. One query."""
    Phase.objects.filter(assignment=assignment, duty="").update(duty=assignment.duty)


def in_duty(assignments, duty, day):
    """Those of the assignments that were owed in one duty at the end of a day. No query by itself."""
    if day >= clock.today():
        return assignments.filter(duty=duty)
    others = Phase.objects.exclude(duty="").filter(first_on__lte=day, last_on__gte=day).order_by()
    keys = others.values("assignment")
    same = Q(duty=duty) & ~Q(pk__in=keys.exclude(duty=duty))
    return assignments.filter(same | Q(pk__in=keys.filter(duty=duty)))


def _dated(values):
    return dict(zip(DATED, values, strict=True))


def as_of(assignments, day):
    """The assignments that were given and known at the end of a past day, each with `then_state`, `then_due_on` …, and
    since when that was so: `then_since_on`. No query by itself."""
    on_the_day = Q(phases__first_on__lte=day, phases__last_on__gte=day)
    known = assignments.annotate(phase=FilteredRelation("phases", condition=on_the_day))
    known = known.filter(Q(phase__isnull=False) | Q(since_on__lte=day))
    then = {name: _of_then(name, name) for name in DATED} | {"since_on": _of_then("since_on", "first_on")}
    then["duty"] = Case(When(phase__duty__gt="", then=F("phase__duty")), default=F("duty"))
    return known.alias(**_then(then)).filter(then_issued_on__lte=day)


def as_now(assignments):
    """The same names for what is so today. No query by itself."""
    return assignments.alias(**_then({name: F(name) for name in (*DATED, "since_on", "duty")}))


def _of_then(now, then):
    return Case(When(phase__isnull=True, then=F(now)), default=F(f"phase__{then}"))


def _then(values):
    return {f"{PREFIX}{name}": value for name, value in values.items()}
