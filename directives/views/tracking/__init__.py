"""The screens of tracking: what a unit owes, one assignment, a report, and what the Office decides."""

from .assignment import assignment_detail, cell
from .deciding import assignment_accept, assignment_cancel, assignment_reopen, assignment_send_back
from .owed import assignment_list
from .queue import queue
from .reporting import assignment_acknowledge, assignment_report, assignment_withdraw

__all__ = [
    "assignment_accept",
    "assignment_acknowledge",
    "assignment_cancel",
    "assignment_detail",
    "assignment_list",
    "assignment_reopen",
    "assignment_report",
    "assignment_send_back",
    "assignment_withdraw",
    "cell",
    "queue",
]
