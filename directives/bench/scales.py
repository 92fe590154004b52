"""How large the synthetic province is, and how its work stands."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Fate:
    """Of a thousand assignments of each sort: how many are done, late among the done, and so on."""

    done_when_due: int
    done_before_due: int
    done_undated: int
    late: int = 265
    awaiting: int = 40
    extended: int = 50
    cancelled: int = 8


@dataclass(frozen=True)
class Scale:
    """Numbers of units per level of the tree, of directives, and the size of the one wide directive."""

    levels: tuple[int, ...]
    issuers: int
    directives: int
    wide_tasks: int
    wide_units: int
    fate: Fate
    loaded: bool = False  # so many rows that indexes are better built after them

    @property
    def units(self) -> int:
        return sum(self.levels)


_PROVINCE = Fate(done_when_due=865, done_before_due=150, done_undated=300)
_HALF_REPORTED = Fate(
    done_when_due=500, done_before_due=500, done_undated=500, awaiting=200, extended=0, cancelled=0
)

SCALES = {
    "XS": Scale((1, 200), 1, directives=1, wide_tasks=100, wide_units=200, fate=_HALF_REPORTED),
    "S": Scale((1, 5, 20, 34), 6, directives=2_000, wide_tasks=20, wide_units=50, fate=_PROVINCE),
    "M": Scale(
        (1, 100, 400, 699),
        41,
        directives=100_000,
        wide_tasks=50,
        wide_units=1_000,
        fate=_PROVINCE,
        loaded=True,
    ),
}
