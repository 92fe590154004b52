"""Who may do what with units and accounts, and the one reading of a person's roles.

A role is held in a unit for a time and reaches the units below it. Only the two `rules` read roles.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import OuterRef, Q
from django.utils.translation import gettext as _

from units.enums import Role
from units.models import Membership

# Roles by which a person belongs to a unit's own work (and not only watches over it).
SEATED = frozenset({Role.CLERK, Role.HEAD, Role.DEPUTY, Role.STAFF})
# The path that every path begins with.
EVERYWHERE = ""


def memberships(user) -> list[Membership]:
    """The person's roles in force today, each with its unit and the one above, as it was when they were read. One query,
    kept on the user object, which lives no longer than a request."""
    if not user.is_authenticated:
        return []
    if not hasattr(user, "memberships_in_force"):
        user.memberships_in_force = list(held_today(user.memberships))
    return user.memberships_in_force


def held_today(roles):
    """Of some roles those in force, each with how far it reaches, and with the units in which the person sits for whom it
    is held (`principal_seats`). A query not asked yet."""
    seated = Membership.objects.in_force().filter(user=OuterRef("principal"), role__in=SEATED)
    return roles.in_force().reaching().annotate(principal_seats=seated.units_listed())


def reach(user) -> tuple:
    """All that the filters of a person are made of: who it is, and which roles they hold where. One key, the same filters."""
    held = [(m.role, m.unit_id, _path(m), m.principal_id, _seats_of_principal(m)) for m in memberships(user)]
    return (user.pk, *held)


def holds(user, *roles, unit_id=None) -> bool:
    """Whether the person holds one of the roles (in exactly this unit, if one is named)."""
    return any(m.role in roles and unit_id in (None, m.unit_id) for m in memberships(user))


def unit_ids(user, roles: Iterable[str]) -> set[int]:
    """The units in which the person holds one of the roles."""
    return {m.unit_id for m in memberships(user) if m.role in roles}


@dataclass(frozen=True)
class Capacity:
    """In whose name the person holds one of some roles (None: their own), in which units; and where they, or whoever they
    act for, sit: of the work of those units they are no judges."""

    principal_id: int | None
    unit_ids: frozenset[int]
    seats: frozenset[int]


def capacities(user, roles: Collection[str]) -> list[Capacity]:
    """The person's own roles first, if any, then those they hold for each of others."""
    own = unit_ids(user, SEATED)
    held, seats = defaultdict(set), defaultdict(set)
    for m in memberships(user):
        if m.role in roles:
            held[m.principal_id].add(m.unit_id)
            seats[m.principal_id] |= own | _seats_of_principal(m)
    return [
        Capacity(principal, frozenset(held[principal]), frozenset(seats[principal]))
        for principal in sorted(held, key=lambda pk: pk or 0)
    ]


def holds_outside(user, *roles, unit_id, of) -> bool:
    """Whether the person holds one of the roles in the unit, while neither they nor whoever they hold it for sits in the
    unit `of`."""
    return any(unit_id in one.unit_ids and of not in one.seats for one in capacities(user, roles))


def _seats_of_principal(membership) -> frozenset[int]:
    return frozenset(int(pk) for pk in (membership.principal_seats or "").split(",") if pk)


def paths(user, roles: Iterable[str]) -> list[str]:
    """The paths of the units in which the person holds one of the roles; what is below is reached too.

    `EVERYWHERE` stands for the unit that all others lie below: every path begins with it, and a filter by it is none.
    """
    return sorted({_path(m) for m in memberships(user) if m.role in roles})


def _path(membership):
    return EVERYWHERE if membership.reaches_all else membership.unit.path


def within(field: str, paths: Collection[str]) -> Q:
    """`field` (the lookup of a unit; "" on a unit itself) lies at or below one of the paths."""
    lookup = "__path__startswith".removeprefix("" if field else "__")
    reached = Q(pk__in=[])
    if EVERYWHERE in paths:
        return ~reached
    for path in paths:
        reached |= Q(**{f"{field}{lookup}": path})
    return reached


def reaches(user, unit, roles: Iterable[str]) -> bool:
    """Whether one of the roles, held at the unit or above it, reaches the unit."""
    return any(unit.path.startswith(path) for path in paths(user, roles))


def posts_of(user) -> str:
    """What the person is called by in the record: post, or role and unit; and for whom they act, with both names."""
    held = memberships(user)
    own = [user.post] if user.post else [_post(m) for m in held if not m.principal_id]
    acting = [
        _("thay mặt %(principal)s: %(post)s") % {"principal": m.principal.display_name, "post": _post(m)}
        for m in held
        if m.principal_id
    ]
    return "; ".join(dict.fromkeys([*own, *acting]))


def _post(membership) -> str:
    return membership.post or f"{membership.get_role_display()}, {membership.unit.name}"


def seat(user):
    """The unit the person sits in: where they do its own work, else where they hold any role; or None."""
    held = memberships(user)
    seated = [m.unit for m in held if m.role in {Role.HEAD, Role.DEPUTY, Role.STAFF}]
    return next(iter(seated or [m.unit for m in held]), None)


def heads_of(units, day) -> dict[int, Membership]:
    """Who heads each of the units on `day`, with the person. One query."""
    held = Membership.objects.in_force(day).filter(unit__in=units, role=Role.HEAD, principal=None)
    return {m.unit_id: m for m in held.select_related("user").order_by("starts_on")}


class Roster:
    """Who holds which role where on a day: for what is asked about many people at once. One query when made."""

    def __init__(self, day):
        self._held = defaultdict(set)
        held = Membership.objects.in_force(day).filter(user__is_active=True)
        for unit_id, *who in held.values_list("unit_id", "role", "user_id", "principal_id"):
            self._held[unit_id].add(tuple(who))

    def holders(self, unit_id, roles: Iterable[str], *, apart_from: Collection[int | None] = ()) -> set[int]:
        """The people who hold one of the roles in exactly this unit; not those who are, or hold it for, one of some."""
        return {
            user_id
            for role, user_id, principal_id in self._held.get(unit_id, ())
            if role in roles and user_id not in apart_from and (principal_id or user_id) not in apart_from
        }


def administrators():
    """The people who can sign in and keep accounts today."""
    held = Membership.objects.in_force().filter(role=Role.ADMIN, user__is_active=True)
    return held.values_list("user_id", flat=True)


def roles_listed(user) -> list[Membership]:
    """Every role the person holds, held or will hold, the newest first, for the page of the account."""
    return list(user.memberships.select_related("unit").order_by("-starts_on", "unit__name"))


def can_enter_admin(user) -> bool:
    """Clerks draft there; administrators keep accounts, units and settings."""
    return holds(user, Role.CLERK, Role.ADMIN)


def can_manage_units(user) -> bool:
    return holds(user, Role.ADMIN)


def can_add_correspondent(user) -> bool:
    """A clerk who records a paper names its issuer, also one nobody wrote to this office before."""
    return holds(user, Role.CLERK)


def can_manage_accounts(user) -> bool:
    return holds(user, Role.ADMIN)


def can_pick_units(user) -> bool:
    """Choosing a unit from the list, while drafting or keeping accounts."""
    return holds(user, Role.CLERK, Role.MONITOR, Role.LEADER, Role.ADMIN)


def can_see_units(user) -> bool:
    """The directory of units is open to everybody who works here."""
    return bool(memberships(user))


def visible_groups(user) -> Q:
    """Groups of the offices a clerk drafts for; all of them for an administrator."""
    if holds(user, Role.ADMIN):
        return Q()
    return Q(owner_id__in=unit_ids(user, {Role.CLERK}))
