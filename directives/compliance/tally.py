"""What a set of assignments adds up to. The lines of `Tally` are the only formulas of the portal."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from itertools import product, starmap
from typing import Any, NamedTuple, overload

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from directives.enums import Duty, Standing


class Key(NamedTuple):
    """What is counted together: where it stands, in which duty, and whether a report came back."""

    standing: str
    duty: str = Duty.LEAD
    returned: bool = False


_TENTH = Decimal("0.1")
DONE_TIMELY = frozenset({Standing.DONE_EARLY, Standing.DONE_ON_TIME})
DONE = DONE_TIMELY | {Standing.DONE_LATE, Standing.DONE_UNDATED}
RUNNING = frozenset(
    {Standing.OVERDUE, Standing.DUE_TODAY, Standing.DUE_SOON, Standing.IN_TIME, Standing.UNDATED}
)
WAITING = frozenset({Standing.AWAITING, Standing.AWAITING_LATE})


class Line:
    """A number with a name: read on the class it is the line itself, on a tally it is the count.

    The same standings make the count and filter the rows behind it, so the two cannot differ.
    """

    name: str

    def __init__(self, slug: str, label: Promise, *standings: Standing, returned: bool = False):
        self.slug = slug
        self.label = label
        self.standings = frozenset(standings)
        self.returned = returned

    def __set_name__(self, owner, name):
        self.name = name

    @overload
    def __get__(self, tally: None, owner: type) -> "Line": ...
    @overload
    def __get__(self, tally: "Tally", owner: type) -> int: ...
    def __get__(self, tally, owner):
        if tally is None:
            return self
        return sum(map(tally.counts.__getitem__, filter(self.keys.__contains__, tally.counts)))

    @cached_property
    def keys(self) -> frozenset[Key]:
        """Every key that it counts."""
        every = product(self.standings, Duty.values, (False, True))
        return frozenset(key for key in starmap(Key, every) if self.holds(key))

    def holds(self, key: Key) -> bool:
        return key.standing in self.standings and (key.returned or not self.returned)

    @property
    def where(self) -> dict[str, frozenset]:
        """The rows it counts: of each fact the values it may have."""
        return {"stands": self.standings} | ({"came_back": frozenset([True])} if self.returned else {})


@dataclass(frozen=True)
class Tally:
    """Counts by standing, duty and returned flag; adding tallies adds the counts. Asks nothing by itself."""

    counts: Counter[Key] = field(default_factory=Counter)

    # The four official boxes and the line under them.
    total = Line("tat-ca", _("Tổng số được giao"), *DONE, *RUNNING, *WAITING, Standing.PAUSED)
    done = Line("hoan-thanh", _("Đã hoàn thành"), *DONE)
    done_on_time_box = Line(
        "hoan-thanh-dung-han", _("Hoàn thành đúng hạn"), *DONE_TIMELY, Standing.DONE_UNDATED
    )
    done_late = Line("hoan-thanh-qua-han", _("Hoàn thành quá hạn"), Standing.DONE_LATE)
    open = Line("chua-hoan-thanh", _("Chưa hoàn thành"), *RUNNING, *WAITING)
    # A report waits on the Office: the day it was submitted says in which box.
    open_in_time_box = Line(
        "chua-hoan-thanh-trong-han",
        _("Chưa hoàn thành, trong hạn"),
        *RUNNING - {Standing.OVERDUE},
        Standing.AWAITING,
    )
    open_overdue_box = Line(
        "chua-hoan-thanh-qua-han", _("Chưa hoàn thành, quá hạn"), Standing.OVERDUE, Standing.AWAITING_LATE
    )
    paused = Line("tam-dung", _("Tạm dừng"), Standing.PAUSED)

    # What the units still have to do.
    running = Line("dang-thuc-hien", _("Đang thực hiện"), *RUNNING)
    overdue = Line("qua-han", _("Quá hạn"), Standing.OVERDUE)
    due_soon = Line("sap-den-han", _("Sắp đến hạn"), Standing.DUE_TODAY, Standing.DUE_SOON)
    in_time = Line("trong-han", _("Trong hạn"), Standing.IN_TIME)
    undated = Line("khong-co-thoi-han", _("Không có thời hạn"), Standing.UNDATED)
    returned = Line("tra-lai", _("Bị trả lại"), *RUNNING, returned=True)
    returned_later = Line(
        "tra-lai-chua-gap", _("Bị trả lại, chưa đến hạn"), Standing.IN_TIME, Standing.UNDATED, returned=True
    )

    # What the Office has to decide.
    awaiting = Line("cho-xac-nhan", _("Chờ xác nhận"), *WAITING)
    awaiting_in_time = Line("cho-xac-nhan-dung-han", _("Chờ xác nhận, báo cáo đúng hạn"), Standing.AWAITING)
    awaiting_late = Line("cho-xac-nhan-bao-cao-tre", _("Chờ xác nhận, báo cáo trễ"), Standing.AWAITING_LATE)

    # What is done, by the day it was reported.
    done_early = Line("xong-truoc-han", _("Hoàn thành trước hạn"), Standing.DONE_EARLY)
    done_on_time = Line("xong-dung-han", _("Hoàn thành đúng ngày hạn"), Standing.DONE_ON_TIME)
    done_undated = Line("xong-khong-co-thoi-han", _("Hoàn thành, không có thời hạn"), Standing.DONE_UNDATED)
    done_timely = Line("xong-kip-han", _("Hoàn thành đúng hạn, có thời hạn"), *DONE_TIMELY)
    done_dated = Line("xong-co-thoi-han", _("Hoàn thành, có thời hạn"), *DONE_TIMELY, Standing.DONE_LATE)
    fallen_due = Line(
        "da-den-han",
        _("Đã đến hạn, kể cả xong trước hạn"),
        *DONE_TIMELY,
        Standing.DONE_LATE,
        Standing.OVERDUE,
    )

    dropped = Line("thoi-giao", _("Thôi giao, chuyển giao"), Standing.DROPPED)

    @classmethod
    def of(cls, keys: Iterable[Key]) -> "Tally":
        return cls(Counter(keys))

    @classmethod
    def sum(cls, tallies: "Iterable[Tally]") -> "Tally":
        """All of them together, in one pass."""
        return added_up(((), one) for one in tallies).get((), cls())

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.counts + other.counts)

    def __sub__(self, other: "Tally") -> "Tally":
        """The rest, once a part of what is counted here is counted elsewhere."""
        return Tally(self.counts - other.counts)

    def only(self, duty: str) -> "Tally":
        """The part owed in one duty: lead duties make the rates, support duties are counted apart."""
        return self.lead if duty == Duty.LEAD else self._of(duty)

    @cached_property
    def lead(self) -> "Tally":
        """The part that makes the rates."""
        return self._of(Duty.LEAD)

    def _of(self, duty):
        counts = {key: n for key, n in self.counts.items() if key.duty == duty}
        return self if len(counts) == len(self.counts) else Tally(Counter(counts))

    def owes(self, duty: str = "") -> bool:
        """Whether the total counts anything, of one duty or of both; of a thousand units sooner known than how much."""
        return not _OWED[duty].isdisjoint(self.counts)

    @property
    def support(self) -> int:
        return self.only(Duty.SUPPORT).total

    @property
    def rate_headline(self) -> float | None:
        """Done on time (early included) of all that fell due and is not waiting; dated lead duties only."""
        return share(self.lead.done_timely, self.lead.fallen_due)

    @property
    def rate_done_of_total(self) -> float | None:
        return share(self.done, self.total)

    @property
    def rate_on_time_of_done(self) -> float | None:
        return share(self.done_timely, self.done_dated)

    @property
    def rate_done_of_due(self) -> float | None:
        return share(self.done_dated, self.fallen_due)

    @property
    def invariants(self) -> list[tuple[str, bool]]:
        """What must add up, with whether it does: printed beside the table and proved by the tests."""
        done = self.done_early + self.done_on_time + self.done_late + self.done_undated
        running = self.in_time + self.due_soon + self.overdue + self.undated
        return [
            (
                "total = done + awaiting + running + paused",
                self.total == self.done + self.awaiting + running + self.paused,
            ),
            ("done = early + on time + late + undated", self.done == done),
            ("running = in time + due soon + overdue + undated", self.running == running),
            ("total = done + open + paused", self.total == self.done + self.open + self.paused),
            ("done = on time + late", self.done == self.done_on_time_box + self.done_late),
            ("open = in time + overdue", self.open == self.open_in_time_box + self.open_overdue_box),
        ]


_OWED = {
    duty: frozenset(key for key in Tally.total.keys if duty in ("", key.duty)) for duty in ("", *Duty.values)
}
LINES: dict[str, Line] = {line.slug: line for line in vars(Tally).values() if isinstance(line, Line)}


def added_up(parts: Iterable[tuple[Any, Tally]]) -> dict[Any, Tally]:
    """Group → the sum of its tallies. Counts are added where they lie: a table adds up thousands of them."""
    counts: dict[Any, Counter[Key]] = defaultdict(Counter)
    for group, tally in parts:
        counted = counts[group]
        if not counted:
            # The first of a group is copied whole, which a Counter's own update would not do.
            dict.update(counted, tally.counts)
            continue
        for key, n in tally.counts.items():
            counted[key] = counted.get(key, 0) + n
    return {group: Tally(counted) for group, counted in counts.items()}


def half_up(value: float) -> float:
    """With one decimal, as a spreadsheet and a hand round it: 6.25 is 6.3; what binary digits left over is not seen."""
    return float(Decimal(repr(round(value, 9))).quantize(_TENTH, ROUND_HALF_UP))


def share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
