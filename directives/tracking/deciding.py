"""What the Office does with reports, and with the work it gave: accept, send back, reopen, cancel."""

from django.db import transaction
from django.utils.translation import gettext as _

from directives import lifecycle, recurring
from directives.enums import AssignmentState, Quality, ReportOutcome
from directives.errors import Incomplete, Stale, WrongState
from directives.lifecycle import advance
from directives.models import Assignment
from units import clock

from .reporting import NOT_REPORTED, conclude
from .requesting import grant_decline
from .requiring import drop_requests, require_issued, require_words


@transaction.atomic
def accept(assignment, *, by, note="", quality="", report=None):
    """Confirm that the task is done, and how well (`Quality`), where that is said.

    `report` is the key of the report that was looked at, where one was shown.
    """
    if quality not in Quality.values:
        raise Incomplete(fields={"quality": _("Hãy chọn một mức đánh giá trong danh sách.")})
    _require_still(assignment, report)
    told = {"quality": quality} if quality else {}
    advance(assignment, "accept", by=by, note=note, told=told, accepted_at=clock.now())
    conclude(assignment, ReportOutcome.ACCEPTED, by, reason=note, quality=quality)
    return assignment


@transaction.atomic
def send_back(assignment, *, by, reason, report=None):
    """Return a report with what is missing; the task counts as not completed, though it was accepted before the unit added
    to it. `report` as for `accept`."""
    require_words(reason=reason)
    _require_still(assignment, report)
    advance(assignment, "send_back", by=by, note=reason, is_returned=True, accepted_at=None, **NOT_REPORTED)
    conclude(assignment, ReportOutcome.RETURNED, by, reason=reason)
    _undo_acceptance(assignment, by, reason)
    return assignment


@transaction.atomic
def reopen(assignment, *, by, reason):
    """Open an accepted task again."""
    require_words(reason=reason)
    require_issued(assignment)
    advance(assignment, "reopen", by=by, note=reason, accepted_at=None, **NOT_REPORTED)
    _undo_acceptance(assignment, by, reason)
    return assignment


@transaction.atomic
def cancel(assignment, *, by, reason):
    """Let the unit off the task. What was accepted is not wiped out by what the unit has added since: that is decided first."""
    require_words(reason=reason)
    lifecycle.hold(assignment.directive)
    lifecycle.check(assignment, "cancel", by=by)
    _require_not_done(assignment)
    advance(assignment, "cancel", by=by, note=reason)
    conclude(assignment, ReportOutcome.DROPPED, by, reason=reason)
    grant_decline(assignment, by=by, answer=reason)
    drop_requests(assignment, by)
    recurring.drop_ahead(assignment)
    return assignment


def _undo_acceptance(assignment, by, reason):
    """What was accepted before stands no more: no mark of it is shown, no proof of it counts. One UPDATE."""
    accepted = assignment.reports.filter(outcome=ReportOutcome.ACCEPTED)
    accepted.update(outcome=ReportOutcome.REOPENED, decided_at=clock.now(), decided_by=by, reason=reason)


def _require_not_done(assignment):
    """Locks the assignment, so that no proof is added meanwhile."""
    rows = Assignment.objects.select_for_update(no_key=True).filter(pk=assignment.pk)
    state, accepted_at = rows.values_list("state", "accepted_at").get()
    if state == AssignmentState.REPORTED and accepted_at:
        raise WrongState(
            _("Phần việc đã xong và có phần bổ sung chờ xác nhận. Hãy quyết định phần đó trước.")
        )


def _require_still(assignment, report):
    """Nobody decides on a report they have not seen: the unit may have taken it back and sent another.

    Locks the assignment, so that the report that waits is the one that is decided on.
    """
    if report is None:
        return
    Assignment.objects.select_for_update(no_key=True).get(pk=assignment.pk)
    waiting = assignment.reports.filter(outcome=ReportOutcome.PENDING).values_list("pk", flat=True)
    if assignment.state == AssignmentState.REPORTED and list(waiting) not in ([], [report]):
        raise Stale(
            _("Đơn vị đã rút báo cáo này và gửi báo cáo khác. Hãy xem báo cáo mới trước khi quyết định.")
        )
