"""The units of the synthetic province and the people who work there."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import make_password

from directives.bench import rows, vocabulary
from directives.bench.scales import Scale
from directives.models import Register
from units.enums import Role, UnitKind
from units.models import Membership, Unit, User

SINCE = date(2020, 1, 1)


@dataclass(frozen=True)
class Organisation:
    """Keys run without gaps, level by level: the issuers are the first units, the root the very first.

    People follow the same order, so that a unit's head, or an issuer's monitor, is found by addition alone.
    """

    first_unit: int
    units: list[dict]
    issuers: list[dict]
    registers: dict[int, int]
    clerk_offset: int
    leader_offset: int
    monitor_offset: int
    head_offset: int

    def clerk_of(self, issuer_id):
        return issuer_id + self.clerk_offset

    def leader_of(self, issuer_id):
        return issuer_id + self.leader_offset

    def monitor_of(self, issuer_id):
        return issuer_id + self.monitor_offset

    def head_of(self, unit_id):
        return unit_id + self.head_offset


def found(scale: Scale, draw) -> Organisation:
    """Write units, registers, people and their roles."""
    first_unit, first_user = rows.first_id(Unit), rows.first_id(User)
    units = list(_tree(scale, draw, first_unit))
    issuers = units[: scale.issuers]
    rows.write(Unit, units)
    offsets = _people(units, issuers, first_user)
    registers = _registers(issuers)
    rows.settle(Unit, User, Membership, Register)
    return Organisation(first_unit, units, issuers, registers, *offsets)


def _tree(scale, draw, first):
    """Level by level, each level's units dealt out evenly below the one above."""
    above: list[dict] = []
    key = first
    for level, size in enumerate(scale.levels, start=1):
        here = []
        for n in range(size):
            parent = above[n % len(above)] if above else None
            here.append(_unit(draw, key, level, len(scale.levels), parent, n))
            key += 1
        yield from here
        above = here


def _unit(draw, key, level, levels, parent, position):
    kind, name = _kind_and_name(draw, level, levels, position)
    code = f"DV{key:05d}"
    return {
        "id": key,
        "code": code,
        "kind": kind,
        "parent_id": parent and parent["id"],
        "path": f"{parent['path'] if parent else ''}{key:06d}/",
        "name": name,
        "notation": code,
        "place": vocabulary.place(draw),
        "position": position,
        "search": Unit(code=code, name=name).search_key(),
    }


def _kind_and_name(draw, level, levels, position):
    if level == 1:
        return UnitKind.DEPARTMENT if levels == 2 else UnitKind.PEOPLES_COMMITTEE, vocabulary.office_name(
            draw
        )
    if level == 2 and levels > 2:
        if position % 5 < 2:
            return UnitKind.DEPARTMENT, vocabulary.office_name(draw)
        return UnitKind.COMMUNE, vocabulary.commune_name(draw)
    if position % 4 == 3:
        return UnitKind.PUBLIC_SERVICE, vocabulary.service_name(draw)
    return UnitKind.DIVISION, vocabulary.division_name(draw)


def _people(units, issuers, first_user):
    """A head for every unit; clerk, leader and monitor for every issuer. Returns the offsets of the keys."""
    posts = [
        (Role.CLERK, vocabulary.CLERK),
        (Role.LEADER, vocabulary.LEADER),
        (Role.MONITOR, vocabulary.MONITOR),
    ]
    seats = [(role, post, unit) for role, post in posts for unit in issuers]
    seats += [(Role.HEAD, vocabulary.HEAD, unit) for unit in units]
    rows.write(User, (_user(first_user + n, role, post, unit) for n, (role, post, unit) in enumerate(seats)))
    rows.write(
        Membership,
        (
            {"user_id": first_user + n, "unit_id": unit["id"], "role": role, "post": post, "starts_on": SINCE}
            for n, (role, post, unit) in enumerate(seats)
        ),
    )
    starts = [n * len(issuers) for n in range(4)]
    return [first_user + start - units[0]["id"] for start in starts]


def _user(key, role, post, unit):
    return {
        "id": key,
        "username": f"{role}-{unit['code'].lower()}",
        "password": make_password(None),
        "full_name": f"{post} {unit['code']}",
        "post": post,
    }


def _registers(issuers):
    first = rows.first_id(Register)
    rows.write(
        Register,
        (
            {"id": first + n, "issuer_id": unit["id"], "name": "Sổ văn bản đi"}
            for n, unit in enumerate(issuers)
        ),
    )
    return {unit["id"]: first + n for n, unit in enumerate(issuers)}
