"""What a person has to do: the sentences of `doing`, asked of all work at once, for lists and counts."""

from django.db.models import Q

from units.enums import Role
from units.models import Membership, User
from units.rules import unit_ids

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


def decidable_assignments(user) -> Q:
    """Reports the person may decide on: the same sentence as `can_accept`, for lists and counts."""
    seats = unit_ids(user, WORKERS | {Role.CLERK})
    as_monitor = Q(issuer_id__in=unit_ids(user, {Role.MONITOR})) & ~Q(unit_id__in=seats)
    as_leader = Q(pk__in=[])
    for issuer_id in unit_ids(user, {Role.LEADER}):
        as_leader |= Q(issuer_id=issuer_id, unit_id__in=monitor_seats(issuer_id))
    return (as_monitor | as_leader) & ~Q(reported_by_id=user.pk)


def extendable_assignments(user) -> Q:
    """Work whose deadline the person may move: the same sentence as `can_extend`, for lists and counts."""
    as_leader = Q(issuer_id__in=unit_ids(user, {Role.LEADER}))
    as_monitor = Q(issuer_id__in=unit_ids(user, {Role.MONITOR}), directive__extension_by_leader=False)
    return (as_leader | as_monitor) & ~Q(unit_id__in=unit_ids(user, WORKERS | {Role.CLERK}))


def movable_assignments(user) -> Q:
    """Work the person may give to another unit, pause or let off: the same sentence as `can_reopen`."""
    return given_assignments(user) & ~Q(unit_id__in=unit_ids(user, WORKERS | {Role.CLERK}))


def clearable_assignments(user) -> Q:
    """Work of which the person answers what stands in its way: the same sentence as `can_answer_obstacle`."""
    return given_assignments(user) | Q(directive__collecting_unit_id__in=unit_ids(user, ANSWERABLE))


def answerable_corrections(user) -> Q:
    """The same sentence as `can_answer_correction`, for lists and counts."""
    given = Q(office_id__in=unit_ids(user, {Role.MONITOR, Role.LEADER}))
    return given & ~Q(unit_id__in=unit_ids(user, WORKERS | {Role.CLERK}))


def given_assignments(user) -> Q:
    """What the person's office gave and they follow up: who may cancel or reopen it may also hurry it on."""
    return Q(issuer_id__in=unit_ids(user, {Role.MONITOR, Role.LEADER}))


def monitor_seats(issuer_id):
    """The units in which the monitors of an office sit: the Office's own. A query not asked yet."""
    monitors = Membership.objects.in_force().filter(unit_id=issuer_id, role=Role.MONITOR).values("user_id")
    seats = Membership.objects.in_force().filter(user_id__in=monitors, role__in=WORKERS | {Role.CLERK})
    return seats.values("unit_id")
