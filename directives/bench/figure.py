"""One row of the benchmark: what was measured, against what, and whether the target holds."""

from dataclasses import dataclass, field
from statistics import median


@dataclass(frozen=True)
class Target:
    """Upper limits; the time limit is for the median, the ratio compares the best of both.

    `growth` compares the best with that of a smaller province, where its figures are given; there it holds by itself.
    `size` is in bytes over the wire.
    """

    time: float | None = None
    ratio: float | None = None
    queries: int | None = None
    growth: float | None = None
    size: int | None = None

    def __str__(self):
        parts = [
            (self.time, "≤ {:g}"),
            (self.ratio, "≤ {:.3g}×"),
            (self.queries, "≤ {} queries"),
            (self.growth, "≤ {:g}× the smaller"),
            (None if self.size is None else self.size / 1000, "≤ {:g} kB"),
        ]
        return ", ".join(text.format(limit) for limit, text in parts if limit is not None)


@dataclass(frozen=True)
class Figure:
    """Times are in `unit` (s or ms; MB of memory); `size` is what went over the wire, in bytes; `smaller` the best time
    of the same in a smaller province."""

    key: str
    what: str
    unit: str
    times: list[float]
    floor: list[float] = field(default_factory=list)
    queries: int | None = None
    size: int | None = None
    target: Target = Target()
    smaller: float | None = None

    @property
    def best(self) -> float:
        return min(self.times)

    @property
    def median(self) -> float:
        return median(self.times)

    @property
    def ratio(self) -> float | None:
        """How much more than the bare work; best against best, which a busy machine disturbs least."""
        return self.best / min(self.floor) if self.floor else None

    @property
    def growth(self) -> float | None:
        return self.best / self.smaller if self.smaller else None

    @property
    def held(self) -> bool:
        limits = [
            (self.median, self.target.time),
            (self.ratio, self.target.ratio),
            (self.queries, self.target.queries),
            (self.growth, self.target.growth if self.smaller else None),
            (self.size, self.target.size),
        ]
        return all(limit is None or (value is not None and value <= limit) for value, limit in limits)
