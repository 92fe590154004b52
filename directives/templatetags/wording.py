"""How dates, numbers, deadlines and standings are said. Plain functions first; each is also a filter.

Vietnamese official style: the day always has two digits, the month two digits only in January and
February (05/3/2024, 19/02/2024), numbers 1.234 and 87,1 %. English keeps the day first: 5 Mar 2024.
"""

from dataclasses import dataclass
from datetime import date, datetime

from django import template
from django.utils import timezone
from django.utils.dates import MONTHS_3
from django.utils.formats import get_format, number_format
from django.utils.functional import Promise
from django.utils.text import Truncator
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext_lazy
from django.utils.translation import gettext as _

from directives import periods, rendering
from directives.compliance import COUNTED_TO, half_up
from directives.enums import Standing
from directives.register import code
from directives.standing import DUE_SOON_DAYS
from units import clock

register = template.Library()

NBSP = "\N{NO-BREAK SPACE}"
WEEKDAYS = (
    gettext_lazy("thứ Hai"),
    gettext_lazy("thứ Ba"),
    gettext_lazy("thứ Tư"),
    gettext_lazy("thứ Năm"),
    gettext_lazy("thứ Sáu"),
    gettext_lazy("thứ Bảy"),
    gettext_lazy("Chủ nhật"),
)


@register.filter
def subject(document) -> str:
    """What a document is about, where that stands alone."""
    return rendering.subject(document) or _("chưa có trích yếu")


@register.filter
def known_code(directive) -> str:
    """The document's number and notation; of a draft that enters somebody's paper, those it is printed with."""
    if directive.code or not directive.number:
        return directive.code or _("chưa có số")
    return code(directive.number, directive.notation, directive.notation_style)


# --- Dates -------------------------------------------------------------------------------------
@register.filter
def day(value: date | datetime | None) -> str:
    """05/3/2024 · 5 Mar 2024."""
    return f"{_day_and_month(value)}{_before_year()}{_local(value).year}" if value else ""


@register.filter
def short_day(value: date | datetime | None) -> str:
    """05/3 · 5 Mar, where the year is plain from the place."""
    return _day_and_month(value) if value else ""


@register.filter
def long_day(value: date | datetime | None) -> str:
    """thứ Hai 10/6/2024 · Monday 10 Jun 2024."""
    return f"{weekday(value)} {day(value)}" if value else ""


@register.filter(is_safe=True)
def truncatewords(text, most: int) -> str:
    """Django's own, but for the space before the dots: on a line of their own they say nothing."""
    return Truncator(text).words(most, truncate="%(truncated_text)s…")


def in_sentence(text: str) -> str:
    """The text as it goes on within a sentence: so với năm 2025."""
    return text[:1].lower() + text[1:]


@register.filter
def written_day(value: date | datetime | None) -> str:
    """ngày 05 tháng 3 năm 2024: as it stands over a signature."""
    if not value:
        return ""
    at = _local(value)
    month = f"{at.month:02d}" if at.month < 3 else at.month
    return _("ngày %(day)s tháng %(month)s năm %(year)s") % {
        "day": f"{at.day:02d}", "month": month, "year": at.year,
    }  # fmt: skip


@register.filter
def weekday(value: date | datetime | None) -> str:
    return str(WEEKDAYS[_local(value).weekday()]) if value else ""


@register.filter
def clock_time(value: datetime | None) -> str:
    """08:52."""
    return f"{_local(value):%H:%M}" if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """08:52 10/6/2024 · 08:52, 10 Jun 2024."""
    return f"{clock_time(value)}{', ' if _english() else ' '}{day(value)}" if value else ""


@register.filter
def known_until(as_of: date, at: datetime | None = None) -> str:
    """Figures of a day that was not over when they were read, `at` a moment (now), are of that moment: số liệu đến 06:10
    ngày 28/11/2026; of one that was, số liệu đến hết ngày 27/11/2026."""
    at = at or clock.now()
    if as_of < _local(at).date():
        return _("số liệu đến hết ngày %(day)s") % {"day": day(as_of)}
    return _("số liệu đến %(time)s ngày %(day)s") % {"time": clock_time(at), "day": day(at)}


def _day_and_month(value):
    value = _local(value)
    if _english():
        return f"{value.day} {MONTHS_3[value.month].capitalize()}"
    return f"{value.day:02d}/{value.month:02d}" if value.month < 3 else f"{value.day:02d}/{value.month}"


def _before_year():
    return " " if _english() else "/"


def _local(value):
    """A moment as seen on the wall clock of the office; a date as it is."""
    if isinstance(value, datetime):
        return timezone.localtime(value) if timezone.is_aware(value) else value
    return value


def _english():
    return (get_language() or "").startswith("en")


@register.filter
def period_name(key: str) -> str:
    """Quý III/2024; nothing for work that is done once."""
    return periods.name_of(key)


@register.filter
def rule_said(task) -> str:
    """Hằng quý, hạn ngày 15 của tháng cuối kỳ: the rule of a recurring task."""
    return periods.rhythm_said(task)


# --- Numbers -----------------------------------------------------------------------------------
@register.filter
def number(value: float | None, places: int | None = None) -> str:
    """1.234 · 1,234; nothing for None, so that an unknown is never shown as 0."""
    if value is None:
        return ""
    if type(value) is int and places is None:  # a page has hundreds of them
        return f"{value:,}".replace(",", get_format("THOUSAND_SEPARATOR"))
    return number_format(value, decimal_pos=places, use_l10n=True, force_grouping=True)


@register.filter
def counted(value: int) -> str:
    """The number of a badge: 12 · 1.000+."""
    return number(value) if value <= COUNTED_TO else f"{number(COUNTED_TO)}+"


@register.filter
def percent(value: float | None) -> str:
    """A share of one with one decimal: 0.871 is 87,1 % · 87.1%. None, a share of nothing, is a dash."""
    if value is None:
        return "–"
    return f"{number(half_up(value * 100), 1)}{'' if _english() else NBSP}%"


@register.filter
def file_size(size: int | None) -> str:
    """214 kB · 3,2 MB."""
    if size is None:
        return ""
    if size < 1_000_000:
        return f"{number(max(1, round(size / 1000)))}{NBSP}kB"
    return f"{number(round(size / 1_000_000, 1), 1)}{NBSP}MB"


# --- Deadlines ---------------------------------------------------------------------------------
@dataclass(frozen=True)
class DueWords:
    """What a due label says: the words first, the date after, and how loud it is (over, soon or quiet)."""

    words: str
    date: str
    tone: str

    def __str__(self):
        return f"{self.words} · {self.date}" if self.date else self.words


def due_words(due_on: date | None, as_of: date | None = None, working_days: int | None = None) -> DueWords:
    """The label of an open deadline as of a day (today). `working_days` late is said beside the calendar days."""
    if due_on is None:
        return DueWords(_("Không có thời hạn"), "", "")
    left = (due_on - (as_of or clock.today())).days
    if left < 0:
        return _overdue_words(-left, due_on, working_days)
    if left == 0:
        return DueWords(_("Hôm nay"), short_day(due_on), "soon")
    words = ngettext("Còn %(days)s ngày", "Còn %(days)s ngày", left) % {"days": number(left)}
    if left <= DUE_SOON_DAYS:
        return DueWords(words, f"{weekday(due_on)} {short_day(due_on)}", "soon")
    return DueWords(words, day(due_on), "")


def _overdue_words(late, due_on, working_days):
    words = ngettext("Quá hạn %(days)s ngày", "Quá hạn %(days)s ngày", late) % {"days": number(late)}
    said = day(due_on)
    if working_days is not None:
        beside = ngettext("%(days)s ngày làm việc", "%(days)s ngày làm việc", working_days) % {
            "days": number(working_days)
        }
        said = f"({beside}) · {said}"
    return DueWords(words, said, "over")


@register.filter
def due_label(due_on: date | None, as_of: date | None = None) -> str:
    """`due_words` as one plain string, for titles, mail and files."""
    return str(due_words(due_on, as_of))


# --- Standings ---------------------------------------------------------------------------------
@dataclass(frozen=True)
class Mark:
    """How a standing is shown: never by colour alone, so a symbol and words go with the class."""

    glyph: str
    css: str
    short: str | Promise


MARKS = {
    Standing.OVERDUE: Mark("!", "over", gettext_lazy("Quá hạn")),
    Standing.DUE_TODAY: Mark("◔", "soon", gettext_lazy("Hôm nay")),
    Standing.DUE_SOON: Mark("◔", "soon", gettext_lazy("Sắp đến hạn")),
    Standing.IN_TIME: Mark("○", "run", gettext_lazy("Trong hạn")),
    Standing.UNDATED: Mark("◌", "none", gettext_lazy("Không có hạn")),
    Standing.AWAITING: Mark("◐", "wait", gettext_lazy("Chờ xác nhận")),
    Standing.AWAITING_LATE: Mark("◐", "waitover", gettext_lazy("Chờ, báo cáo trễ")),
    Standing.DONE_EARLY: Mark("✓", "ok", gettext_lazy("Trước hạn")),
    Standing.DONE_ON_TIME: Mark("✓", "ok", gettext_lazy("Đúng hạn")),
    Standing.DONE_LATE: Mark("✓", "late", gettext_lazy("Xong trễ")),
    Standing.DONE_UNDATED: Mark("✓", "ok", gettext_lazy("Đã xong")),
    Standing.PAUSED: Mark("■", "paused", gettext_lazy("Tạm dừng")),
    Standing.DROPPED: Mark("–", "na", pgettext_lazy("tình trạng", "Thôi giao")),
}


@register.filter
def standing_words(standing: str) -> str:
    return str(Standing(standing).label)


@register.filter
def standing_short(standing: str) -> str:
    """Two or three words, for chips and cells."""
    return str(MARKS[Standing(standing)].short)


@register.filter
def standing_glyph(standing: str) -> str:
    return MARKS[Standing(standing)].glyph


@register.filter
def standing_class(standing: str) -> str:
    """The suffix of the CSS classes: `st over`, `c-over`, `f-over`."""
    return MARKS[Standing(standing)].css
