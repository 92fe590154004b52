"""What must add up in the official table, with whether it does: printed under it and proved by the tests."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .tally import Tally


class Invariant(NamedTuple):
    """By the keys of the columns, and by their official numbers as on paper."""

    name: str
    said: Promise | str
    holds: bool


# Left side, right side; a key that begins with "-" is taken away.
SUMS: tuple[tuple[str, str, Promise | str], ...] = (
    ("total", "carried_over assigned transferred_in -transferred_out -withdrawn", _("7 = 3 + 4 + 5 − 6 − thôi giao")),
    ("total", "dated undated", "7 = 8 + 9"),
    ("total", "done awaiting open paused", _("7 = 10 + 15 + 16 + tạm dừng")),
    ("done", "done_early done_on_time done_late done_undated", "10 = 11 + 12 + 13 + 14"),
    ("open", "open_in_time open_due_soon open_overdue open_undated", "16 = 17 + 18 + 19 + 20"),
    ("open_overdue", "overdue_1_7 overdue_8_30 overdue_over_30", "19 = 21"),
)  # fmt: skip


def invariants(rows, total, known: Tally, *, overlapping: bool) -> list[Invariant]:
    """`known` is the tally of the same work, counted by a query of its own."""
    every = [row.values for row in (*rows, total)]
    found = [_sum(left, right.split(), said, every) for left, right, said in SUMS]
    if not overlapping:
        found.append(Invariant("sum of rows = total", _("cộng các dòng = tổng số"), _adds_up(rows, total)))
    agrees = total.tally == known and all(holds for _, holds in known.invariants)
    return [*found, Invariant("total = tally", _("tổng số = số liệu trang Thống kê"), agrees)]


def _sum(left, right, said, every):
    holds = all(values[left] == sum(map(_signed(values), right)) for values in every)
    name = " ".join(f"- {key[1:]}" if key.startswith("-") else f"+ {key}" for key in right)
    return Invariant(f"{left} = {name.removeprefix('+ ')}", said, holds)


def _signed(values):
    return lambda key: -values[key[1:]] if key.startswith("-") else values[key]


def _adds_up(rows, total):
    counted = [column for column, value in total.values.items() if isinstance(value, int)]
    return all(total.values[key] == sum(row.values[key] for row in rows) for key in counted)
