"""Deadlines on days on which no office works: nothing forbids them, and whoever sets one is told."""

from collections.abc import Container
from datetime import date

from django.utils.translation import gettext as _

from directives.calendar import SATURDAY, is_working
from units.clock import printed_day
from units.holidays import office_calendar


def off_words(day: date, *, off: Container = (), worked: Container = ()) -> str:
    """What is said of such a deadline; nothing of a day that is worked."""
    if is_working(day, off=off, worked=worked):
        return ""
    told = {"day": printed_day(day)}
    if day.weekday() < SATURDAY:
        return _("thời hạn %(day)s là ngày nghỉ.") % told
    if day.weekday() == SATURDAY:
        return _("thời hạn %(day)s là thứ Bảy.") % told
    return _("thời hạn %(day)s là Chủ nhật.") % told


def off_sentence(day: date) -> str:
    """The same as a sentence of its own. One query."""
    words = off_words(day, **office_calendar(day, day))
    return words[:1].upper() + words[1:]
