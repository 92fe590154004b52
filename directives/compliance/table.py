"""The official table: one row per unit, group, document or office that gives the work; what must add up is said with it.

A task given to many units counts once per unit in a table of units, groups or offices, and so many times for its
document.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import NamedTuple, get_type_hints

from django.db.models import CharField, Model, QuerySet, Value
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from directives.enums import Duty
from directives.models import Assignment, Directive, Sector
from units import statements
from units.models import Unit

from . import packing
from .columns import BY_KEY, COLUMNS, RATES, REOPENED, Column, Listed, holds
from .facts import Fact, with_facts
from .figures import standing_on, tally
from .groups import Group
from .invariants import Invariant, invariants
from .spans import Span
from .tally import Key, Tally, share

# What one row is of: the word of the address, its heading, and the fields that name it.
UNIT, GROUP, DIRECTIVE, ISSUER, SECTOR = "don-vi", "nhom-don-vi", "van-ban", "co-quan", "linh-vuc"
BY: dict[str, Promise] = {
    UNIT: pgettext_lazy("một", "Đơn vị"),
    GROUP: gettext_lazy("Nhóm đơn vị"),
    SECTOR: gettext_lazy("Lĩnh vực"),
    DIRECTIVE: pgettext_lazy("một", "Văn bản"),
    ISSUER: gettext_lazy("Cơ quan giao việc"),
}
_CODE = Value("", output_field=CharField())
# The key of a row, what it is of, and its code, name and order there.
_FIELDS: dict[str, tuple[str, type[Model], tuple]] = {
    UNIT: ("unit_id", Unit, ("code", "name", "path")),
    SECTOR: ("directive__sector_id", Sector, (_CODE, "name", "position")),
    DIRECTIVE: ("directive_id", Directive, ("code", "title", "issued_on")),
    ISSUER: ("issuer_id", Unit, ("code", "name", "path")),
}

# In the order of the fact's fields, as they are packed and read.
_KINDS = get_type_hints(Fact)


class Named(NamedTuple):
    """What a row is of. Without a key: all, or what belongs to no group."""

    key: int | None
    code: str
    name: str
    order: object = ""


class Cell(NamedTuple):
    """`rows` is how many rows stand behind a number of times; of any other count the number itself is that."""

    column: Column
    value: object
    rows: int | None = None


class Rate(NamedTuple):
    """A rate as a sum that can be followed: `part` of `whole`, and what lists the rows of each."""

    column: Column
    part: int
    whole: int
    part_of: Listed
    whole_of: Listed
    # Of lead duties alone, whichever duty the table shows.
    is_lead: bool

    @property
    def value(self) -> float | None:
        return share(self.part, self.whole)


@dataclass(frozen=True)
class TableRow:
    """One row: its facts, and by their keys the values of all columns in order. Asks nothing by itself."""

    of: Named
    facts: Counter[Fact] = field(default_factory=Counter)

    @cached_property
    def values(self) -> dict:
        return {
            column.key: self.counts[column.key] if column.is_count else column.value(self)
            for column in COLUMNS
        }

    @cached_property
    def counts(self) -> dict[str, int]:
        totals = [0] * len(COUNTED)
        for fact, n in self.facts.items():
            for at, each in _counting(fact):
                totals[at] += n * each
        return {column.key: total for column, total in zip(COUNTED, totals, strict=True)}

    @property
    def cells(self) -> list[Cell]:
        return [Cell(column, self.values[column.key], self._rows_behind(column)) for column in COLUMNS]

    def _rows_behind(self, column):
        return self.count(column.counts) if column.counts and column.times else None

    @cached_property
    def tally(self) -> Tally:
        return self._tallied(lambda fact: fact.stands)

    @cached_property
    def by_first_deadline(self) -> Tally:
        """Where the work would stand had no deadline been moved."""
        return self._tallied(lambda fact: fact.stood_first)

    @property
    def updated(self) -> int:
        """Running, and not silent for more than 30 days: acknowledged, noted upon, reported or received since."""
        return self.counts["open"] - self.counts["silent_30"]

    @property
    def rate_updated(self) -> float | None:
        """The share of running work that was acknowledged, noted upon, reported or received in the last 30 days."""
        return share(self.updated, self.counts["open"])

    def count(self, listed: Listed, *, lead: bool = False) -> int:
        """How many of the row's work a condition counts; with `lead`, of its lead duties."""
        return sum(
            n
            for fact, n in self.facts.items()
            if holds(listed.where, fact) and (fact.duty_then == Duty.LEAD or not lead)
        )

    @property
    def rates(self) -> list["Rate"]:
        """Each rate with the two numbers it is made of."""
        return [
            Rate(BY_KEY[key], self.count(part, lead=lead), self.count(whole, lead=lead), part, whole, lead)
            for key, part, whole, lead in RATES
        ]

    @property
    def note(self) -> str:
        """What the numbers do not say by themselves."""
        reopened = self.count(REOPENED)
        withdrawn, handed_on = self.counts["withdrawn"], self.counts["transferred_out"]
        said = [
            (reopened, ngettext("%d việc mở lại", "%d việc mở lại", reopened)),
            (withdrawn, ngettext("%d việc thôi giao", "%d việc thôi giao", withdrawn)),
            (handed_on, ngettext("%d việc chuyển đơn vị khác", "%d việc chuyển đơn vị khác", handed_on)),
        ]
        return "; ".join(words % n for n, words in said if n)

    def _tallied(self, stands):
        counts: Counter[Key] = Counter()
        for fact, n in self.facts.items():
            counts[Key(stands(fact), fact.duty_then, fact.came_back)] += n
        return Tally(counts)


COUNTED = [column for column in COLUMNS if column.is_count]


@lru_cache(maxsize=4096)
def _counting(fact: Fact) -> list[tuple[int, int]]:
    """In which columns one row with these facts counts, and how much: the same few facts come again in every row."""
    counted = ((at, column.counted(fact)) for at, column in enumerate(COUNTED))
    return [(at, n) for at, n in counted if n]


@dataclass(frozen=True)
class OfficialTable:
    """The table as it is printed. `is_overlapping`: a unit stands in several groups, so the rows are more than the total."""

    span: Span
    by: str
    rows: list[TableRow]
    total: TableRow
    is_overlapping: bool
    invariants: list[Invariant]

    @property
    def broken(self) -> list[Invariant]:
        return [one for one in self.invariants if not one.holds]


def official_table(
    assignments: QuerySet[Assignment], span: Span, *, by: str = UNIT, groups: Sequence[Group] = ()
) -> OfficialTable:
    """What the rows of the period add up to, by unit or otherwise. Two queries, however many units there are.

    Rates are of lead duties alone where `Tally`'s are; hand in the rows of one duty to have support apart.
    """
    found = _counted(assignments, span, *_FIELDS[UNIT if by == GROUP else by])
    total = TableRow(Named(None, "", _("Tổng số")), sum(found.values(), Counter()))
    grouped = _by_group(found, groups) if by == GROUP else found
    rows = [TableRow(named, facts) for named, facts in grouped.items()]
    rows.sort(key=_place)
    overlapping = sum(row.facts.total() for row in rows) != total.facts.total()
    known = tally(assignments, span)
    return OfficialTable(
        span, by, rows, total, overlapping, invariants(rows, total, known, overlapping=overlapping)
    )


def _place(row: TableRow):
    """What is of nothing, and what has no place of its own, stands last; the key decides between equals."""
    of = row.of
    return of.key is None, of.order is None, "" if of.order is None else of.order, of.name or "", of.key or 0


def _counted(assignments, span, key, model, fields) -> dict[Named, Counter[Fact]]:
    """How many rows have the same facts, for each of what the key names. One query."""
    known = with_facts(standing_on(assignments, span), span, *Fact._fields).order_by()
    said = known.values_list(key, packing.facts(_KINDS))
    of_nothing = Named(None, "", _("Chưa xếp lĩnh vực"), None)
    found: dict[Named, Counter[Fact]] = defaultdict(Counter)
    for one, facts, n, *named in statements.counted(
        said, model.objects.order_by().values_list("id", *fields)
    ):
        found[of_nothing if one is None else Named(*named)][_read(facts)] += n
    return found


@lru_cache(maxsize=4096)
def _read(facts: str) -> Fact:
    """The same few facts come again in every row."""
    return Fact(*packing.read_facts(facts, _KINDS))


def _by_group(found, groups: Iterable[Group]) -> dict[Named, Counter[Fact]]:
    """A unit counts in each group it is of; what is of none stands last."""
    merged: dict[Named, Counter[Fact]] = defaultdict(Counter)
    for unit, facts in found.items():
        within = [group for group in groups if unit.key in group.units]
        for group in within:
            merged[Named(group.key, "", group.name, group.name)].update(facts)
        if not within:
            merged[Named(None, "", _("Đơn vị ngoài các nhóm"))].update(facts)
    return merged
