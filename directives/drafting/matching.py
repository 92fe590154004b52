"""Whom and what a printed name means: units, groups and documents, found without regard to marks and case."""

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q

from directives.enums import PUBLISHED
from directives.models import Directive
from directives.parsing import each_of, split_units, without_some, written_without
from units.models import Unit, UnitGroup, UnitName
from units.naming import abbreviations, fold

SEPARATOR = ";"
_SHORT = {
    "ubnd": "uy ban nhan dan",
    "hdnd": "hoi dong nhan dan",
    "btg": "ban tuyen giao",
    "bql": "ban quan ly",
    "gtvt": "giao thong van tai",
}
# Rooms are called with and without these: "Phòng Tài chính", "P. Tài chính", "Tài chính".
_ROOM = ("phong ", "p ")
# What stands before the name of a group or a unit without being part of it.
_BEFORE = (
    "truong ", "thu truong ", "cac ", "truong cac ", "thu truong cac ", "giam doc ", "giam doc cac ", "lanh dao ",
    "chanh ", "chu tich ", "chu tich cac ", "bo truong ", "cuc truong ", "vu truong ", "hieu truong ", "chi cuc truong ",
)  # fmt: skip
_PREFIX_WORDS = 3
# Names stand between semicolons, but not inside brackets: "Các phòng (trừ A; B)".
_BETWEEN = re.compile(rf"{SEPARATOR}(?![^()]*\))")


@dataclass(frozen=True, eq=False)
class Target:
    """A name as written, and the unit or the group it means; neither when it is not known yet.

    `excepted` are the keys of the units that a group is meant without. Two targets are equal when they mean the
    same, however they are written.
    """

    text: str
    unit: Unit | None = None
    group: UnitGroup | None = None
    excepted: tuple[int, ...] = ()

    def __eq__(self, other):
        return isinstance(other, Target) and self.meaning == other.meaning

    def __hash__(self):
        return hash(self.meaning)

    @property
    def key(self):
        """What tells two targets apart in the database."""
        return (self.unit and self.unit.pk, self.group and self.group.pk, "" if self.is_known else self.text)

    @property
    def meaning(self):
        return (*self.key, self.excepted)

    @property
    def is_known(self) -> bool:
        return bool(self.unit or self.group)


class Directory:
    """The units that exist today and the groups of one office, by every name they go by. Three queries."""

    def __init__(self, office):
        self.office = office
        self.groups = list(UnitGroup.objects.filter(owner=office))

    @cached_property
    def units(self):
        """Own units first, then those above, then the rest, each in the order of the tree."""
        units = Unit.objects.alive().order_by("path")
        return sorted(units, key=lambda unit: (self._distance(unit), unit.path))

    def find(self, text) -> Target:
        """The unit or group that `text` names, a group perhaps without some units.

        Where several share a name, the nearest to the office is meant; none where several are as near.
        """
        text = " ".join(text.split())
        key = expanded(text)
        return self._group(text, key) or self._unit(text, key) or self._group_without(text) or Target(text)

    def find_all(self, text) -> list[Target]:
        """The same for several names between semicolons, each meant once."""
        found = map(self.find, names_in(text))
        return list({target.key: target for target in found}.values())

    def find_each(self, text) -> list[Target]:
        """Whom one line of recipients names: "Các Sở: Tài chính, Nội vụ" is a line each, as far as any is known."""
        whole = self.find(text)
        each = [self.find(name) for name in split_units(text)] if not whole.is_known else []
        return each if any(target.is_known for target in each) else [whole]

    def name(self, target) -> str:
        """The name under which `find` finds exactly this again."""
        if target.group:
            others = [self._names[pk] for pk in target.excepted if pk in self._names]
            return written_without(target.group.name, others)
        return self._names[target.unit.pk] if target.unit and target.unit.pk in self._names else target.text

    def written(self, targets) -> str:
        return f"{SEPARATOR} ".join(self.name(target) for target in targets)

    def suggestions(self) -> list[str]:
        """Names to choose from, groups first."""
        return [group.name for group in self.groups] + [self._names[unit.pk] for unit in self.units]

    def issuer_of(self, notation, printed="", *, above="", place="") -> Unit | None:
        """The unit whose name is printed, under the superior printed `above` it and at its own place, else None.

        Every province has a Department of this name. Only a paper that prints no name is told by its notation
        (SGTVT in SGTVT-VP): every People's Committee signs as UBND.
        """
        named = self.called(expanded(printed)) if printed else [self.signs_as(notation)]
        fit = [
            unit for unit in named if unit and self._stands_under(unit, above) and self._is_at(unit, place)
        ]
        return fit[0] if len(fit) == 1 else None

    def signs_as(self, notation) -> Unit | None:
        """The nearest unit whose own abbreviation stands in the notation."""
        parts = parts_of(notation)
        return next((unit for unit in self.units if unit.notation and fold(unit.notation) in parts), None)

    def _is_at(self, unit, place):
        """A unit without a place of its own is where its superior is; what nobody knows excludes nothing."""
        own = next((one.place for one in reversed(self._line(unit)) if one.place), "")
        return not own or not place or fold(own) == fold(place)

    def _line(self, unit):
        """From the top of the tree down to the unit."""
        line = [one for one in self.units if unit.path.startswith(one.path)]
        return sorted(line, key=lambda one: len(one.path))

    def _stands_under(self, unit, above):
        if not above or not unit.parent_id:
            return True
        return any(unit.path.startswith(superior.path) for superior in self.called(expanded(above)))

    def _group(self, text, key):
        found = next((group for group in self.groups if bare(expanded(group.name)) == bare(key)), None)
        return Target(text, group=found) if found else None

    def _unit(self, text, key):
        called = self.called(key)
        return Target(text, unit=called[0]) if len(called) == 1 else None

    def _group_without(self, text):
        """A group without some of its units: nobody is left out whom nobody knows."""
        named, left_out = without_some(text) or ("", "")
        found = self._group(text, expanded(named)) if named else None
        if not found:
            return None
        whole = self.find(left_out)
        others = [whole] if whole.unit else [self.find(name) for name in _each(left_out)]
        if not all(target.unit for target in others):
            return None
        excepted = tuple(dict.fromkeys(target.unit.pk for target in others))
        return Target(text, group=found.group, excepted=excepted)

    def called(self, key) -> list[Unit]:
        """The units nearest to the office with this folded name: by a whole one, by a short one (KHTC, P. KHTC), by its
        first words.

        A short name and first words mean a unit only where no other so near is called the same.
        """
        whole = self._nearest(self._by_key.get(key, ()) or self._by_key.get(bare(key), ()))
        for others in self._otherwise(key, bool(whole)):
            if len(others) == 1 and (not whole or self._distance(others[0]) < self._distance(whole[0])):
                return others
        return whole

    def _otherwise(self, key, is_whole):
        yield self._nearest(self._by_short_key.get(_without(bare(key), _ROOM), ()))
        if not is_whole and len(key.split()) >= _PREFIX_WORDS:
            yield self._nearest([unit for unit in self.units if expanded(unit.name).startswith(f"{key} ")])

    def _nearest(self, called) -> list[Unit]:
        return [unit for unit in called if self._distance(unit) == self._distance(called[0])]

    @cached_property
    def _by_key(self):
        keys = defaultdict(list)
        for unit in self.units:
            written = [self._names[unit.pk], unit.code, *self._every_name[unit.pk]]
            whole = [*map(expanded, written), abbreviations(unit.name)]
            for key in dict.fromkeys([*whole, *_with_place(whole, unit.place)]):
                if key:
                    keys[key].append(unit)
        return keys

    @cached_property
    def _by_short_key(self):
        """By what is left of a code without the superior's, and of a room's names without "Phòng"."""
        keys = defaultdict(list)
        codes = {unit.pk: fold(unit.code) for unit in self.units}
        for unit in self.units:
            short = [codes[unit.pk].removeprefix(f"{codes.get(unit.parent_id, '')} ")]
            for name in map(expanded, self._every_name[unit.pk]):
                bare = _without(name, _ROOM)
                if bare != name:
                    short += [bare, abbreviations(bare)]
            for key in dict.fromkeys(short):
                keys[key].append(unit)
        return keys

    @cached_property
    def _every_name(self):
        """Today's name and short name of each unit, and those it had before."""
        names = defaultdict(list)
        for unit in self.units:
            names[unit.pk] += [unit.name, unit.short_name]
        for unit_id, name, short_name in UnitName.objects.values_list("unit_id", "name", "short_name"):
            names[unit_id] += [name, short_name]
        return names

    @cached_property
    def _names(self):
        """The unit's name, with its code where two share one."""
        shared = defaultdict(int)
        for unit in self.units:
            shared[fold(unit.name)] += 1
        return {
            unit.pk: unit.name if shared[fold(unit.name)] == 1 else f"{unit.name} ({unit.code})"
            for unit in self.units
        }

    def _distance(self, unit):
        if unit.path.startswith(self.office.path):
            return 0
        return 1 if self.office.path.startswith(unit.path) else 2


def expanded(text) -> str:
    """The folded name with the usual abbreviations of offices written out."""
    return " ".join(_SHORT.get(word, word) for word in fold(text).split())


def names_in(text) -> list[str]:
    """The names between semicolons."""
    return [name.strip() for name in _BETWEEN.split(text) if name.strip()]


def _each(names):
    """One by one; a comma inside a name is left alone where a kind of office begins the names."""
    split = split_units(names)
    return split if len(split) > 1 else each_of(names)


def _with_place(keys, place):
    """As others write it: "Sở Giao thông vận tải Quảng Ngãi", "… tỉnh Quảng Ngãi"."""
    at = fold(place)
    for key in keys if at else ():
        if key and at not in key:
            yield from (f"{key} {at}", f"{key} tinh {at}", f"{key} thanh pho {at}")


def parts_of(notation) -> set[str]:
    """The folded parts of a notation: {"kh", "ubnd"} of KH-UBND."""
    return {fold(part) for part in notation.replace("-", "/").split("/")} - {""}


def bare(key):
    return _without(key, sorted(_BEFORE, key=len, reverse=True))


def _without(key, beginnings):
    return next((key.removeprefix(one) for one in beginnings if key.startswith(one)), key)


def documents_by_code(codes, visible) -> dict[tuple, Directive]:
    """Published documents with these codes, by (folded code, date) and by (folded code, None). One query.

    `visible` is the filter of what the drafter may see: citing a document must not disclose it.
    """
    wanted = Q(pk__in=[])
    for code in {fold(code) for code in codes if code}:
        wanted |= Q(search__startswith=f"{code} ")
    found: dict[tuple, Directive] = {}
    for document in Directive.objects.filter(visible, wanted, state__in=PUBLISHED).order_by(
        "issued_on", "pk"
    ):
        found[fold(document.code), document.issued_on] = found[fold(document.code), None] = document
    return found
