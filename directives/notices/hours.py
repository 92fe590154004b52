"""When people are told: on working days, in office hours; the digest in the morning."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum

from django.utils import timezone

from directives.calendar import add_working_days, is_working
from units import clock
from units.holidays import office_calendar

OPENS, NOON, CLOSES = time(7), time(12), time(18)
# Enough calendar days to hold the next working day across Tết.
SPAN = timedelta(days=30)


class Silence(Enum):
    """Why nobody is told anything now, in the words of the command."""

    DAY_OFF = "offices do not work on this day"
    NIGHT = "outside office hours, 07:00 to 18:00 in Asia/Ho_Chi_Minh"
    BUSY = "another run is at work"


@dataclass(frozen=True)
class Hour:
    """The day that is told of, the next working day, and whether the morning's digest still goes out."""

    day: date
    following: date
    is_morning: bool
    silence: Silence | None = None


def hour(as_of: date | None) -> Hour:
    """This moment; with `as_of`, the morning of that day, whatever the clock says. One query."""
    day = as_of or clock.today()
    calendar = office_calendar(day, day + SPAN)
    following = add_working_days(day, 1, **calendar)
    if not is_working(day, **calendar):
        return Hour(day, following, is_morning=False, silence=Silence.DAY_OFF)
    if as_of:
        return Hour(day, following, is_morning=True)
    return _now(day, following, timezone.localtime(clock.now()))


def tells_later() -> bool:
    """Whether what is said at this moment is told only when offices open again. One query."""
    return hour(None).silence is not None


def _now(day: date, following: date, moment: datetime) -> Hour:
    if not OPENS <= moment.time() < CLOSES:
        return Hour(day, following, is_morning=False, silence=Silence.NIGHT)
    return Hour(day, following, is_morning=moment.time() < NOON)
