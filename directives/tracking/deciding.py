"""What the Office does with reports, and with the work it gave: accept, send back, reopen, cancel."""

from django.db import transaction

from directives.enums import ReportOutcome
from directives.lifecycle import advance
from units import clock

from .reporting import NOT_REPORTED, conclude
from .requiring import drop_requests, require_issued, require_words


@transaction.atomic
def accept(assignment, *, by, note="", quality=""):
    """Confirm that the task is done."""
    advance(assignment, "accept", by=by, note=note, accepted_at=clock.now())
    conclude(assignment, ReportOutcome.ACCEPTED, by, reason=note, quality=quality)
    return assignment


@transaction.atomic
def send_back(assignment, *, by, reason):
    """Return a report with what is missing; the task counts as not completed."""
    require_words(reason=reason)
    advance(assignment, "send_back", by=by, note=reason, is_returned=True, accepted_at=None, **NOT_REPORTED)
    conclude(assignment, ReportOutcome.RETURNED, by, reason=reason)
    return assignment


@transaction.atomic
def reopen(assignment, *, by, reason):
    """Open an accepted task again."""
    require_words(reason=reason)
    require_issued(assignment)
    advance(assignment, "reopen", by=by, note=reason, accepted_at=None, **NOT_REPORTED)
    accepted = assignment.reports.filter(outcome=ReportOutcome.ACCEPTED)
    accepted.update(outcome=ReportOutcome.REOPENED, decided_at=clock.now(), decided_by=by, reason=reason)
    return assignment


@transaction.atomic
def cancel(assignment, *, by, reason):
    """Let the unit off the task."""
    require_words(reason=reason)
    advance(assignment, "cancel", by=by, note=reason)
    conclude(assignment, ReportOutcome.WITHDRAWN, by, reason=reason)
    drop_requests(assignment, by)
    return assignment
