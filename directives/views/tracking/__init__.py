"""The screens of tracking: what a unit owes, one assignment, a report, what the unit asks, what the Office decides."""

from .acts import person_acts
from .asked import obstacle_answer, obstacle_forward, obstacle_list, request_list
from .assignment import assignment_detail, assignment_history_file, cell
from .carrying import assignment_implement
from .deciding import assignment_accept, assignment_reopen, assignment_send_back
from .handing import hand_over, held_list
from .moving import (
    assignment_ask_explanation,
    assignment_cancel,
    assignment_extend,
    assignment_instruct,
    assignment_pause,
    assignment_refuse_decline,
    assignment_refuse_extension,
    assignment_resume,
    assignment_transfer,
    assignment_urge,
)
from .owed import assignment_list
from .queue import queue
from .reporting import (
    assignment_acknowledge,
    assignment_acknowledge_all,
    assignment_report,
    assignment_submit_internally,
    assignment_supplement,
    assignment_withdraw,
)
from .said import unmanned_list, urging_list
from .together import overdue_list, queue_accept, queue_send_back
from .undated import assignment_review, assignment_set_deadline, undated_list
from .working import (
    assignment_answer_urging,
    assignment_decline,
    assignment_delegate,
    assignment_progress,
    assignment_request_extension,
    assignment_send_back_internally,
    assignment_withdraw_request,
)
from .worksheet import worksheet, worksheet_file, worksheet_send

__all__ = [
    "assignment_accept",
    "assignment_acknowledge",
    "assignment_acknowledge_all",
    "assignment_answer_urging",
    "assignment_ask_explanation",
    "assignment_cancel",
    "assignment_decline",
    "assignment_delegate",
    "assignment_detail",
    "assignment_extend",
    "assignment_history_file",
    "assignment_implement",
    "assignment_instruct",
    "assignment_list",
    "assignment_pause",
    "assignment_progress",
    "assignment_refuse_decline",
    "assignment_refuse_extension",
    "assignment_reopen",
    "assignment_report",
    "assignment_request_extension",
    "assignment_resume",
    "assignment_review",
    "assignment_send_back",
    "assignment_send_back_internally",
    "assignment_set_deadline",
    "assignment_submit_internally",
    "assignment_supplement",
    "assignment_transfer",
    "assignment_urge",
    "assignment_withdraw",
    "assignment_withdraw_request",
    "cell",
    "hand_over",
    "held_list",
    "obstacle_answer",
    "obstacle_forward",
    "obstacle_list",
    "overdue_list",
    "person_acts",
    "queue",
    "queue_accept",
    "queue_send_back",
    "request_list",
    "worksheet",
    "worksheet_file",
    "worksheet_send",
    "unmanned_list",
    "urging_list",
    "undated_list",
]
