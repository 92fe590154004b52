"""Whom a name that nobody goes by may mean: a few units and groups to choose from, the likeliest first."""

from collections import Counter, defaultdict
from functools import cached_property

from units.models import Unit
from units.naming import abbreviations, fold

from .matching import Directory, Target, bare, expanded

MOST = 4
# Words in common, counted twice, of all words of both names.
_ALIKE = 0.55
_SAME = 2.0
# What every name may have, and what stands before a room's own words.
_COMMON = frozenset({"va", "cac", "cua", "thuoc", "cho", "don", "vi", "co", "quan", "lien"})
_ROOMS = frozenset({"phong", "p", "ban", "bo", "so"})
_INITIALS = range(2, 10)


class Candidates:
    """The likely meanings of unknown names of one office. No queries beyond those of the `Directory`."""

    def __init__(self, directory: Directory):
        self.directory = directory
        self._found: dict[str, list[Target]] = {}

    def of(self, text: str) -> list[Target]:
        """Units and groups that `text` may mean, at most `MOST`; none for a name that is known. Linear in its words."""
        key = bare(expanded(text))
        if key not in self._found:
            known = self.directory.find(text).is_known
            self._found[key] = [] if known or not key else self._likeliest(key)
        return self._found[key]

    def superior(self, target: Target) -> str:
        """The name of the office above a unit, which tells two of one name apart; "" for what stands alone."""
        above = self._by_key.get(target.unit.parent_id or 0) if target.unit else None
        return (above.short_name or above.name) if above else ""

    def target(self, kind: str, key: int) -> Target | None:
        """The unit ("u") or the group ("g") of this key, when the office may name it."""
        if kind == "u":
            unit = self._by_key.get(key)
            return Target(unit.name, unit=unit) if unit else None
        group = next((group for group in self.directory.groups if group.pk == key), None)
        return Target(group.name, group=group) if group else None

    def _likeliest(self, key):
        likeness = dict(self._alike(key))
        likeness |= dict.fromkeys(map(_of_unit, self.directory.called(key)), _SAME)
        ranked = sorted(likeness, key=lambda target: (-likeness[target], self._turn[target]))
        return ranked[:MOST]

    def _alike(self, key):
        words = set(key.split()) - _COMMON
        shared = Counter(target for word in words for target in self._by_word[word])
        for target, count in shared.items():
            alike = 2 * count / (len(words) + len(self._words[target]))
            if alike >= _ALIKE:
                yield target, alike
        own = [word for word in key.split() if word not in _ROOMS]
        if len(own) == 1 and len(own[0]) in _INITIALS:
            yield from ((target, _ALIKE) for target in self._by_initials(own[0]))

    def _by_initials(self, letters):
        """Units whose initials or code hold these letters: "P. KCHT" of "Phòng Quản lý kết cấu hạ tầng"."""
        for unit in self.directory.units:
            if letters in abbreviations(unit.name) or letters in fold(unit.code).split():
                yield _of_unit(unit)

    @cached_property
    def _by_key(self) -> dict[int, Unit]:
        return {unit.pk: unit for unit in self.directory.units}

    @cached_property
    def _turn(self) -> dict[Target, int]:
        """Groups first, then units from the nearest on."""
        return {target: at for at, target in enumerate(self._words)}

    @cached_property
    def _words(self) -> dict[Target, set[str]]:
        groups = {Target(group.name, group=group): group.name for group in self.directory.groups}
        units = {_of_unit(unit): unit.name for unit in self.directory.units}
        return {target: set(expanded(name).split()) - _COMMON for target, name in (groups | units).items()}

    @cached_property
    def _by_word(self) -> dict[str, list[Target]]:
        found = defaultdict(list)
        for target, words in self._words.items():
            for word in words:
                found[word].append(target)
        return found


def _of_unit(unit) -> Target:
    return Target(unit.name, unit=unit)
