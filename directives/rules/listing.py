"""What a person has to do: the sentences of `doing`, asked of all work at once, for lists and counts."""

from django.db.models import Exists, F, OuterRef, Q

from directives.models import ProgressNote
from units.enums import Role
from units.models import Membership, User
from units.rules import SEATED, capacities, unit_ids

from .roles import ANSWERABLE, WORKERS


def owed_assignments(user) -> Q:
    """What the units owe in which the person works."""
    return Q(unit_id__in=unit_ids(user, WORKERS))


def workers_of(unit_id):
    """The people who work in a unit today, in the order of the list. A query not asked yet."""
    held = Membership.objects.in_force().filter(unit_id=unit_id, role__in=WORKERS)
    return User.objects.filter(pk__in=held.values("user_id"), is_active=True).order_by(
        "full_name", "username"
    )


def unmanned(day=None, *, unit="unit_id") -> Q:
    """Work of a unit for which nobody answers on the day (today). The units are read once, not for each row. With `unit`
    "pk" it is said of the units."""
    held = Membership.objects.in_force(day).filter(role__in=ANSWERABLE, user__is_active=True)
    return ~Q(**{f"{unit}__in": held.values("unit_id")})


def held_from_outside(day=None) -> Q:
    """Work given to a person who does not work in its unit any more."""
    works = Membership.objects.in_force(day).filter(role__in=WORKERS, user__is_active=True)
    here = works.filter(unit=OuterRef("unit"), user=OuterRef("assignee"))
    return Q(assignee__isnull=False) & ~Q(Exists(here))


def units_answered_for(user) -> set[int]:
    """The units whose head or deputy the person is."""
    return unit_ids(user, ANSWERABLE)


def decidable_assignments(user) -> Q:
    """Reports the person may decide on: the same sentence as `can_accept`, for lists and counts."""
    found = Q(pk__in=[])
    for one in capacities(user, {Role.MONITOR}):
        found |= _judged(one) & Q(issuer_id__in=one.unit_ids) & ~Q(unit_id__in=one.seats)
    for one in capacities(user, {Role.LEADER}):
        for issuer_id in one.unit_ids:
            found |= _judged(one) & Q(issuer_id=issuer_id, unit_id__in=monitor_seats(issuer_id))
    return found & ~Q(reported_by_id=user.pk)


def _judged(capacity) -> Q:
    return ~Q(reported_by_id=capacity.principal_id) if capacity.principal_id else Q()


def extendable_assignments(user) -> Q:
    """Work whose deadline the person may move: the same sentence as `can_extend`, for lists and counts."""
    as_leader = _followed(user, {Role.LEADER})
    as_monitor = _followed(user, {Role.MONITOR}) & Q(directive__extension_by_leader=False)
    return as_leader | as_monitor


def movable_assignments(user) -> Q:
    """Work the person may give to another unit, pause or let off: the same sentence as `can_reopen`."""
    return _followed(user, {Role.MONITOR, Role.LEADER})


def _followed(user, roles, office="issuer_id") -> Q:
    """What is of offices in which the person holds one of the roles, and not of a unit in which they sit, or in which
    whoever they act for does."""
    found = Q(pk__in=[])
    for one in capacities(user, roles):
        found |= Q(**{f"{office}__in": one.unit_ids}) & ~Q(unit_id__in=one.seats)
    return found


def clearable_assignments(user) -> Q:
    """Work of which the person answers what stands in its way: the same sentence as `can_answer_obstacle`."""
    held = ProgressNote.objects.filter(held_obstacles(user), assignment=OuterRef("pk"), answered_at=None)
    return Q(Exists(held))


def held_obstacles(user) -> Q:
    """Obstacles that lie with the person, said of notes: a unit's with its head and deputies, the giving office's
    with its monitors and leaders, or with its leaders alone."""
    at_the_office = Q(holder_id=F("assignment__issuer_id"))
    as_leader = at_the_office & Q(holder_id__in=unit_ids(user, {Role.LEADER}))
    as_monitor = at_the_office & Q(holder_id__in=unit_ids(user, {Role.MONITOR}), leader_answers=False)
    as_unit = ~at_the_office & Q(holder_id__in=unit_ids(user, ANSWERABLE))
    return ~Q(obstacle="") & (as_leader | as_monitor | as_unit)


def lies_with_unit(person, assignment) -> Exists:
    """Whether what stands in the way of work lies with a unit the person answers for: they may not see the work itself.

    Both are keys, or references to the keys of an outer query.
    """
    here = Membership.objects.in_force().filter(
        unit=OuterRef("holder"), user__is_active=True, role__in=ANSWERABLE
    )
    lies = ProgressNote.objects.filter(assignment=assignment, answered_at=None).exclude(obstacle="")
    elsewhere = lies.exclude(holder=F("assignment__issuer"))
    return Exists(elsewhere.filter(Exists(here.filter(user=_one_out(person)))))


def _one_out(reference):
    """The same reference, from one query deeper."""
    return OuterRef(reference) if isinstance(reference, OuterRef) else reference


def answerable_corrections(user) -> Q:
    """The same sentence as `can_answer_correction`, for lists and counts."""
    return _followed(user, {Role.MONITOR, Role.LEADER}, "office_id")


def given_assignments(user) -> Q:
    """What the person's office gave and they follow up: who may cancel or reopen it may also hurry it on."""
    return Q(issuer_id__in=unit_ids(user, {Role.MONITOR, Role.LEADER}))


def instructed_assignments(user) -> Q:
    """Work of whose units the person asks why, and tells them what to do: the same sentence as `can_instruct`."""
    return Q(issuer_id__in=instructing_offices(user))


def freezing_offices(user) -> set[int]:
    """The offices whose figures the person freezes: the same sentence as `can_freeze`."""
    return unit_ids(user, {Role.MONITOR, Role.LEADER})


def instructing_offices(user) -> set[int]:
    """The offices the person leads."""
    return unit_ids(user, {Role.LEADER})


def monitor_seats(issuer_id):
    """The units in which the monitors of an office sit: the Office's own. A query not asked yet."""
    monitors = Membership.objects.in_force().filter(unit_id=issuer_id, role=Role.MONITOR).values("user_id")
    seats = Membership.objects.in_force().filter(user_id__in=monitors, role__in=SEATED)
    return seats.values("unit_id")
