from .calendar import CalendarDay
from .event import Event, EventChain
from .form_key import FormKey
from .group import UnitGroup
from .membership import Membership
from .succession import Succession
from .unit import Unit, UnitName
from .user import User

__all__ = [
    "CalendarDay",
    "Event",
    "EventChain",
    "FormKey",
    "Membership",
    "Succession",
    "Unit",
    "UnitGroup",
    "UnitName",
    "User",
]
