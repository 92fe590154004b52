"""What a person holds: for whoever hands it over, in numbers alone."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from directives.enums import ENDED, UNPUBLISHED
from directives.models import Assignment, Directive, Urging
from directives.standing import overdue
from units import clock


@dataclass(frozen=True)
class Held:
    """How much of one unit's unfinished work lies in one person's hands."""

    unit_id: int
    unit_name: str
    person_id: int
    person_name: str
    work: int
    overdue: int
    unanswered: int


def held_work(which: Q) -> list[Held]:
    """Of the work meant, what was given to whom; the most first. One query."""
    waiting = Urging.objects.filter(assignment=OuterRef("pk"), replied_at=None)
    given = Assignment.objects.filter(which, assignee__isnull=False).exclude(state__in=ENDED)
    names = (
        "unit_id",
        "unit__name",
        "assignee_id",
        "assignee__full_name",
        "assignee__post",
        "assignee__username",
    )
    counted = (
        given.order_by()
        .values_list(*names)
        .annotate(
            work=Count("pk"),
            overdue=Count("pk", filter=overdue(clock.today())),
            unanswered=Count("pk", filter=Q(Exists(waiting))),
        )
    )
    return [
        Held(unit, name, person, full_name or post or username, *counts)
        for unit, name, person, full_name, post, username, *counts in counted.order_by("unit__name", "-work")
    ]


def drafts_of(user) -> int:
    """Papers the person began and nobody has issued. One query."""
    return Directive.objects.filter(created_by=user, state__in=UNPUBLISHED).count()
