"""The administrator's screens: units, groups, people, roles, the calendar, and the record of all of it."""

from .accounts import MembershipAdmin, UserAdmin
from .calendar import CalendarDayAdmin
from .events import EventAdmin
from .groups import UnitGroupAdmin
from .units import UnitAdmin

__all__ = ["CalendarDayAdmin", "EventAdmin", "MembershipAdmin", "UnitAdmin", "UnitGroupAdmin", "UserAdmin"]
