"""What happens to an assignment between issue and acceptance.

Each verb takes the assignment and, by keyword, who does it; raises a refusal with a sentence; leaves one event.
Rows are locked in one order everywhere, or two people at once would wait for each other: the directive, the
assignment (`advance`), what hangs on it.
"""

from directives import lifecycle
from directives.enums import AssignmentState, DirectiveState
from units import clock

from .clearing import answer_obstacle, check_forwarding, forward_obstacle
from .deciding import accept, cancel, reopen, send_back
from .evidence import Dated, Document
from .handing_over import hand_over, release
from .moving import latest_resumed, pause, resume, transfer, why_as_before
from .reporting import (
    acknowledge,
    acknowledge_all,
    report,
    report_together,
    send_back_internally,
    submit_internally,
    supplement,
    withdraw,
)
from .requesting import (
    decline,
    extend,
    refuse_decline,
    refuse_extension,
    request_extension,
    withdraw_request,
)
from .requiring import MOST_DAYS_PAUSED
from .reviewing import MOST_DAYS_UNREVIEWED, review, set_deadline
from .urging import (
    answer_urging,
    ask_explanation,
    instruct,
    proposed_question,
    proposed_reply_day,
    proposed_urging,
    see_urgings,
    urge,
)
from .working import delegate, note_progress

# What the unit does itself, and what would be new work under a directive that has ended.
OF_THE_UNIT = frozenset(
    {
        "acknowledge",
        "answer_urging",
        "decline",
        "delegate",
        "note_progress",
        "report",
        "request_extension",
        "send_back_internally",
        "submit_internally",
        "supplement",
        "withdraw",
        "withdraw_request",
    }
)
# What cannot be done about a period that has not begun.
BEGUN_ONLY = frozenset({"report", "submit_internally", "urge"})
# What is asked of each obstacle, and not of the work.
OF_OBSTACLES = frozenset({"answer_obstacle", "forward_obstacle"})
OF_THE_WORK = lifecycle.ASSIGNMENT.keys() - OF_OBSTACLES
STILL_DONE = frozenset({"accept", "cancel", "send_back", "withdraw", "withdraw_request"})


def open_verbs(user, assignment, *, among=None) -> list[str]:
    """The verbs (of those named, or all) that would be carried out now; for buttons.

    Reads the assignment's directive and task. Costs no query for the unit's own verbs, at most one for the others.
    """
    verbs = lifecycle.allowed_verbs(user, assignment, among=among)
    if assignment.accepted_at:
        verbs = [verb for verb in verbs if verb not in {"withdraw", "cancel"}]
    if assignment.period and assignment.issued_on > clock.today():
        verbs = [verb for verb in verbs if verb not in BEGUN_ONLY]
    if assignment.state != AssignmentState.PAUSED and (assignment.due_on or assignment.period):
        verbs = [verb for verb in verbs if verb not in {"review", "set_deadline"}]
    if not assignment.due_on or assignment.directive.extension_limit == 0:
        verbs = [verb for verb in verbs if verb not in {"request_extension", "extend"}]
    if assignment.directive.state == DirectiveState.ISSUED:
        return verbs
    return [verb for verb in verbs if verb in STILL_DONE]


__all__ = [
    "BEGUN_ONLY",
    "MOST_DAYS_PAUSED",
    "OF_OBSTACLES",
    "MOST_DAYS_UNREVIEWED",
    "OF_THE_UNIT",
    "OF_THE_WORK",
    "STILL_DONE",
    "Dated",
    "Document",
    "accept",
    "acknowledge",
    "acknowledge_all",
    "answer_obstacle",
    "answer_urging",
    "ask_explanation",
    "cancel",
    "check_forwarding",
    "decline",
    "delegate",
    "extend",
    "forward_obstacle",
    "hand_over",
    "instruct",
    "latest_resumed",
    "note_progress",
    "open_verbs",
    "pause",
    "proposed_question",
    "proposed_reply_day",
    "proposed_urging",
    "refuse_decline",
    "refuse_extension",
    "release",
    "reopen",
    "report",
    "report_together",
    "request_extension",
    "resume",
    "review",
    "see_urgings",
    "send_back",
    "send_back_internally",
    "set_deadline",
    "submit_internally",
    "supplement",
    "transfer",
    "urge",
    "why_as_before",
    "withdraw",
    "withdraw_request",
]
