"""The columns of "Biểu tổng hợp tình hình thực hiện nhiệm vụ": number, heading, and the rows that each counts."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from directives.enums import AssignmentState, Duty

from .facts import Band, Fact
from .spans import Arrival
from .tally import LINES, Tally

if TYPE_CHECKING:
    from .table import TableRow


class Listed(Protocol):
    """What is counted and listed by one condition: a line of a tally, or a detail of the table."""

    @property
    def slug(self) -> str: ...
    @property
    def label(self) -> Promise: ...
    @property
    def where(self) -> dict[str, frozenset]: ...


@dataclass(frozen=True)
class Detail:
    """A number with a name that no tally has. The same conditions make the count and filter the rows behind it."""

    slug: str
    label: Promise
    where: dict[str, frozenset]


@dataclass(frozen=True)
class Column:
    """One column. `number` is the official one ("" for what the official table does not number)."""

    key: str
    number: str
    heading: Promise
    over: Promise | str = ""
    # What a count counts; of the rest how the value is found.
    counts: Listed | None = None
    value: Callable[["TableRow"], object] = field(default=lambda row: None)
    # Of a number of times, not of rows: the fact that says how many.
    times: str = ""

    @property
    def is_count(self) -> bool:
        return self.counts is not None

    @property
    def is_rate(self) -> bool:
        return self.key.startswith("rate_")

    @property
    def slug(self) -> str:
        """What lists its rows, in the address."""
        return self.counts.slug if self.counts else ""

    def counted(self, fact: Fact) -> int:
        """How much one row with these facts counts."""
        if self.counts is None or not holds(self.counts.where, fact):
            return 0
        return getattr(fact, self.times) if self.times else 1


def holds(where: dict[str, frozenset], fact: Fact) -> bool:
    return all(getattr(fact, name) in values for name, values in where.items())


def _owed(slug, label, **where):
    """Of what counts in the total, i.e. was neither cancelled nor handed on."""
    return Detail(slug, label, {"stands": Tally.total.standings} | _sets(where))


def _running(slug, label, **where):
    return Detail(slug, label, {"stands": Tally.running.standings} | _sets(where))


def _sets(where):
    return {name: frozenset([value]) for name, value in where.items()}


_OF_TOTAL, _OF_DONE, _OF_AWAITING = _("Trong tổng số"), _("Đã hoàn thành"), _("Chờ xác nhận")
_OF_RUNNING, _OVERDUE, _EXTENSION = _("Đang thực hiện"), _("Quá hạn"), pgettext_lazy("cột", "Gia hạn")
_RATES, _TO_DO = _("Tỷ lệ"), _("Phải thực hiện")

_URGED = _owed("duoc-don-doc", _("Được đôn đốc trong kỳ"), is_urged=True)

COLUMNS: tuple[Column, ...] = (
    Column("carried_over", "3", _("Kỳ trước chuyển sang"), _TO_DO,
        Detail("ky-truoc-chuyen-sang", _("Kỳ trước chuyển sang"), _sets({"arrival": Arrival.CARRIED_OVER}))),
    Column("assigned", "4", _("Giao trong kỳ"), _TO_DO,
        Detail("giao-trong-ky", _("Giao trong kỳ"), _sets({"arrival": Arrival.ASSIGNED}))),
    Column("transferred_in", "5", _("Nhận chuyển giao"), _TO_DO,
        Detail("nhan-chuyen-giao", _("Nhận chuyển giao"), _sets({"arrival": Arrival.TRANSFERRED_IN}))),
    Column("transferred_out", "6", _("Chuyển đi"), _TO_DO,
        Detail("chuyen-di", _("Chuyển đi"), _sets({"left": AssignmentState.TRANSFERRED}))),
    Column("withdrawn", "", pgettext_lazy("cột", "Thôi giao"), _TO_DO,
        Detail("da-thoi-giao", pgettext_lazy("cột", "Thôi giao"), _sets({"left": AssignmentState.CANCELLED}))),
    Column("total", "7", _("Tổng số phải thực hiện"), _TO_DO, Tally.total),
    Column("dated", "8", _("Có thời hạn"), _OF_TOTAL, _owed("co-thoi-han", _("Có thời hạn"), is_dated=True)),
    Column("undated", "9", _("Không có thời hạn"), _OF_TOTAL,
        _owed("tong-khong-co-thoi-han", _("Không có thời hạn, kể cả đã xong"), is_dated=False)),
    Column("done", "10", _("Tổng"), _OF_DONE, Tally.done),
    Column("done_early", "11", _("Trước hạn"), _OF_DONE, Tally.done_early),
    Column("done_on_time", "12", _("Đúng hạn"), _OF_DONE, Tally.done_on_time),
    Column("done_late", "13", _("Quá hạn"), _OF_DONE, Tally.done_late),
    Column("done_undated", "14", _("Không có thời hạn"), _OF_DONE, Tally.done_undated),
    Column("awaiting", "15", _("Tổng"), _OF_AWAITING, Tally.awaiting),
    Column("awaiting_late", "", _("Báo cáo trễ"), _OF_AWAITING, Tally.awaiting_late),
    Column("open", "16", _("Tổng"), _OF_RUNNING, Tally.running),
    Column("open_in_time", "17", _("Trong hạn"), _OF_RUNNING, Tally.in_time),
    Column("open_due_soon", "18", _("Sắp đến hạn"), _OF_RUNNING, Tally.due_soon),
    Column("open_overdue", "19", _("Quá hạn"), _OF_RUNNING, Tally.overdue),
    Column("open_undated", "20", _("Không có thời hạn"), _OF_RUNNING, Tally.undated),
    Column("paused", "", _("Tạm dừng"), "", Tally.paused),
    Column("overdue_1_7", "21", _("1–7 ngày"), _OVERDUE,
        Detail("qua-han-1-7-ngay", _("Quá hạn 1–7 ngày"), _sets({"band": Band.WEEK}))),
    Column("overdue_8_30", "21", _("8–30 ngày"), _OVERDUE,
        Detail("qua-han-8-30-ngay", _("Quá hạn 8–30 ngày"), _sets({"band": Band.MONTH}))),
    Column("overdue_over_30", "21", _("Trên 30 ngày"), _OVERDUE,
        Detail("qua-han-tren-30-ngay", _("Quá hạn trên 30 ngày"), _sets({"band": Band.LONGER}))),
    Column("returned", "22", _("Bị trả lại"), "", Tally.returned),
    Column("extension_asked", "23", _("Xin gia hạn"), _EXTENSION,
        _owed("xin-gia-han", _("Xin gia hạn trong kỳ"), has_asked=True)),
    Column("extension_granted", "23", _("Được gia hạn"), _EXTENSION,
        _owed("duoc-gia-han", _("Được gia hạn trong kỳ"), was_granted=True)),
    Column("urgings", "24", _("Số lần đôn đốc"), "", _URGED, times="urged"),
    Column("not_acknowledged", "25", _("Chưa tiếp nhận"), "",
        _running("chua-tiep-nhan", _("Chưa tiếp nhận"), is_unacknowledged=True)),
    Column("silent_30", "26", _("Chưa cập nhật quá 30 ngày"), "",
        _running("chua-cap-nhat-30-ngay", _("Chưa cập nhật quá 30 ngày"), is_silent=True)),
    Column("rate_headline", "", _("Đúng hạn trên số đến hạn"), _RATES, value=lambda row: row.tally.rate_headline),
    Column("rate_done_of_total", "27", _("Hoàn thành trên tổng số"), _RATES, value=lambda row: row.tally.rate_done_of_total),
    Column("rate_on_time_of_done", "28", _("Đúng hạn trên số hoàn thành có thời hạn"), _RATES,
        value=lambda row: row.tally.rate_on_time_of_done),
    Column("rate_done_of_due", "29", _("Hoàn thành trên số đến hạn"), _RATES, value=lambda row: row.tally.rate_done_of_due),
    Column("rate_updated", "30", _("Có cập nhật trong 30 ngày"), _RATES, value=lambda row: row.rate_updated),
    Column("rate_headline_first_deadline", "", _("Đúng hạn theo thời hạn ban đầu"), _RATES,
        value=lambda row: row.by_first_deadline.rate_headline),
    Column("note", "31", _("Ghi chú"), "", value=lambda row: row.note),
)  # fmt: skip
BY_KEY = {column.key: column for column in COLUMNS}

# What is counted beside the columns.
REOPENED = _owed("mo-lai", _("Đã hoàn thành, mở lại trong kỳ"), is_reopened=True)
UPDATED = _running("co-cap-nhat-30-ngay", _("Có cập nhật trong 30 ngày"), is_silent=False)
FIRST_TIMELY = Detail("dung-han-ban-dau", _("Hoàn thành đúng thời hạn ban đầu"),
    {"stood_first": Tally.done_timely.standings, "duty_then": frozenset([Duty.LEAD])})  # fmt: skip
FIRST_DUE = Detail("den-han-ban-dau", _("Đã đến thời hạn ban đầu"),
    {"stood_first": Tally.fallen_due.standings, "duty_then": frozenset([Duty.LEAD])})  # fmt: skip

# Of what each rate is the share: part, whole, and whether of lead duties alone.
RATES: tuple[tuple[str, Listed, Listed, bool], ...] = (
    ("rate_headline", Tally.done_timely, Tally.fallen_due, True),
    ("rate_done_of_total", Tally.done, Tally.total, False),
    ("rate_on_time_of_done", Tally.done_timely, Tally.done_dated, False),
    ("rate_done_of_due", Tally.done_dated, Tally.fallen_due, False),
    ("rate_updated", UPDATED, Tally.running, False),
    ("rate_headline_first_deadline", FIRST_TIMELY, FIRST_DUE, True),
)


def _all_details() -> Iterable[Detail]:
    yield from (column.counts for column in COLUMNS if isinstance(column.counts, Detail))
    yield from (REOPENED, UPDATED, FIRST_TIMELY, FIRST_DUE)


# Whatever is counted somewhere and listed at `chi-tieu=`.
LISTED: dict[str, Listed] = LINES | {detail.slug: detail for detail in _all_details()}
