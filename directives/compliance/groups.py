"""Groups of units as rows of a table: lists of units, or all children of one."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from units.models import Unit, UnitGroup


@dataclass(frozen=True)
class Group:
    """Units that are shown as one row."""

    key: int
    name: str
    units: frozenset[int]


def groups(owners: Iterable[int]) -> list[Group]:
    """The groups of these offices, in their order, with all units that are or were of each. Three queries."""
    found = list(UnitGroup.objects.filter(owner__in=owners))
    listed = defaultdict(set)
    for group, unit in UnitGroup.listed.through.objects.filter(unitgroup__in=found).values_list(
        "unitgroup", "unit"
    ):
        listed[group].add(unit)
    children = _children({group.children_of_id for group in found if group.children_of_id})
    return [Group(one.pk, one.name, frozenset(_members(one, listed, children))) for one in found]


def _children(parents):
    found = defaultdict(list)
    for pk, parent, kind in Unit.objects.filter(parent__in=parents).values_list("pk", "parent", "kind"):
        found[parent].append((pk, kind))
    return found


def _members(group, listed, children):
    if not group.children_of_id:
        return listed[group.pk]
    return {pk for pk, kind in children[group.children_of_id] if group.kind in ("", kind)}
