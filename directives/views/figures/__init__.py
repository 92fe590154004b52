"""The pages of numbers: the day of each role, the dashboard, and the rows behind every number."""

from .correcting import correction_answer, correction_ask, correction_list
from .dashboard import dashboard, unit
from .exceptions import exceptions, meeting_record
from .rows import rows
from .saved import saved_view_begin, saved_view_delete, saved_view_rename, saved_views
from .today import today

__all__ = [
    "correction_answer",
    "correction_ask",
    "correction_list",
    "dashboard",
    "exceptions",
    "meeting_record",
    "rows",
    "saved_view_begin",
    "saved_view_delete",
    "saved_view_rename",
    "saved_views",
    "today",
    "unit",
]
