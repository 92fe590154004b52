"""What of the portal a person works in."""

from units.enums import Role
from units.rules import holds, memberships, seat, unit_ids

from .roles import ANSWERABLE, RECEIVERS, WORKERS


def can_follow_up(user) -> bool:
    """Monitors and leaders follow up the work their office gave: they have a queue."""
    return holds(user, Role.MONITOR, Role.LEADER)


def can_clear(user) -> bool:
    """Whoever answers for a unit or an office may have to answer what stands in the way of others' work."""
    return holds(user, *ANSWERABLE, Role.MONITOR, Role.LEADER)


def follows_others(user) -> bool:
    """Whether the person follows what other units owe, and not only their own."""
    return holds(user, Role.MONITOR, Role.LEADER, Role.AUDITOR)


def reporting_office(user):
    """In whose name the person reports figures: the office they lead or follow up, else where they sit; or None."""
    led = [m.unit for m in memberships(user) if m.role in {Role.LEADER, Role.MONITOR}]
    return next(iter(led), None) or seat(user)


def nav_sections(user) -> list[str]:
    """The sections of the portal this person works in, in the order of their day."""
    if not memberships(user):
        return []
    sections = ["today"] if holds(user, *RECEIVERS) else []
    if unit_ids(user, WORKERS):
        sections += ["tasks"]
    if holds(user, *RECEIVERS):
        sections += ["directives"]
    if can_follow_up(user):
        sections += ["queue"]
    if holds(user, *RECEIVERS):
        sections += ["figures"]
    sections += ["units"]
    if holds(user, Role.ADMIN):
        sections += ["administration"]
    return sections
