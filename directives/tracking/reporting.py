"""What a unit does with its work: receive it, lay it before the head, report it, add to it, take the report back."""

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from directives import lifecycle, rules
from directives.enums import AssignmentState, ReportOutcome
from directives.errors import Incomplete, NotAllowed, WrongState
from directives.lifecycle import advance
from directives.models import Assignment, Report
from units import clock

from .evidence import keep_evidence
from .requiring import drop_requests, require_begun, require_issued, require_words

# Reports that the Office has said nothing on.
UNDECIDED = {ReportOutcome.PENDING, ReportOutcome.INTERNAL, ReportOutcome.WITHDRAWN}
NOT_REPORTED = {"reported_on": None, "reported_at": None, "reported_by": None}


@transaction.atomic
def acknowledge(assignment, *, by):
    """Say that the unit has received the task. The clock neither stops nor starts again."""
    require_issued(assignment)
    return advance(assignment, "acknowledge", by=by, acknowledged_at=clock.now())


@transaction.atomic
def acknowledge_all(assignment, *, by) -> int:
    """Receive every task of the same document that the unit has not received yet; returns how many."""
    if not rules.can_acknowledge(by, assignment):
        raise NotAllowed
    mine = Assignment.objects.filter(directive=assignment.directive_id, unit=assignment.unit_id)
    waiting = list(mine.filter(state=AssignmentState.NOT_STARTED).select_related("directive", "task"))
    if not waiting:
        raise WrongState(_("Đơn vị đã tiếp nhận mọi nhiệm vụ của văn bản này."))
    lifecycle.hold_all(waiting)
    for one in waiting:
        acknowledge(one, by=by)
    return len(waiting)


@transaction.atomic
def submit_internally(assignment, *, by, text, evidence=()):
    """Lay the result before the unit's head; nobody outside the unit reads it. Takes the place of an earlier one."""
    lifecycle.check(assignment, "submit_internally", by=by)
    require_issued(assignment)
    require_begun(assignment)
    require_words(text=text)
    advance(assignment, "submit_internally", by=by)
    _settle_internal(assignment, by)
    _tell(assignment, by, text, evidence, outcome=ReportOutcome.INTERNAL)
    return assignment


@transaction.atomic
def send_back_internally(assignment, *, by, reason):
    """Hand what was laid before the head back to whoever prepared it."""
    lifecycle.check(assignment, "send_back_internally", by=by)
    require_words(reason=reason)
    advance(assignment, "send_back_internally", by=by, note=reason)
    if not _settle_internal(assignment, by, reason=reason):
        raise WrongState(_("Không có kết quả nào đang chờ lãnh đạo đơn vị xem."))
    return assignment


@transaction.atomic
def report(assignment, *, by, text, evidence=()):
    """Report the task done, with evidence: admitted files and `Document`s.

    The day of this report decides about lateness. Acknowledges by itself.
    """
    lifecycle.check(assignment, "report", by=by)
    require_issued(assignment)
    require_begun(assignment)
    _require_report(assignment, text, evidence)
    now = clock.now()
    advance(
        assignment,
        "report",
        by=by,
        acknowledged_at=assignment.acknowledged_at or now,
        reported_on=clock.today(),
        reported_at=now,
        reported_by=by,
        is_returned=False,
    )
    _settle_internal(assignment, by)
    drop_requests(assignment, by)
    _tell(assignment, by, text, evidence)
    return assignment


@transaction.atomic
def report_together(assignments, *, by, text, evidence=()):
    """Report several tasks of one unit with the same words and the same proof: all of them, or none.

    Each has a report and an event of its own; the files are kept once.
    """
    lifecycle.hold_all(assignments)
    for assignment in assignments:
        report(assignment, by=by, text=text, evidence=evidence)
        told = assignment.reports.get(outcome=ReportOutcome.PENDING)
        evidence = list(told.evidence.all())
    return assignments


@transaction.atomic
def supplement(assignment, *, by, text, evidence=()):
    """Add proof to work that was accepted: the Office looks again from today on, the first report's day still counts."""
    lifecycle.check(assignment, "supplement", by=by)
    require_issued(assignment)
    _require_report(assignment, text, evidence)
    advance(assignment, "supplement", by=by, reported_by=by, reported_at=clock.now())
    _tell(assignment, by, text, evidence)
    return assignment


@transaction.atomic
def withdraw(assignment, *, by):
    """Take back one's own report while nobody has decided on it. No reason is asked. Work that had been returned is
    returned work again."""
    if assignment.accepted_at:
        raise WrongState(_("Phần việc đã được xác nhận trước đó; cơ quan giao việc sẽ xem phần bổ sung."))
    advance(assignment, "withdraw", by=by, is_returned=_came_back(assignment), **NOT_REPORTED)
    conclude(assignment, ReportOutcome.WITHDRAWN, by)
    return assignment


def conclude(assignment, outcome, by, *, reason="", quality=""):
    """What became of the report that waited, if one did. One UPDATE."""
    pending = assignment.reports.filter(outcome=ReportOutcome.PENDING)
    pending.update(outcome=outcome, decided_at=clock.now(), decided_by=by, reason=reason, quality=quality)


def _came_back(assignment) -> bool:
    """Whether the last that was decided on a report of the work, since it was given, was to return it. One query."""
    decided = assignment.reports.exclude(outcome__in=UNDECIDED).order_by("-decided_at", "-pk")
    outcome, at = decided.values_list("outcome", "decided_at").first() or (None, None)
    return outcome == ReportOutcome.RETURNED and localdate(at) >= assignment.issued_on


def _require_report(assignment, text, evidence):
    missing = {}
    if not text.strip():
        missing["text"] = _("Hãy ghi kết quả thực hiện.")
    if assignment.directive.evidence_required and not evidence:
        missing["evidence"] = _("Hãy kèm ít nhất một minh chứng: ảnh, tệp hoặc số và ngày của văn bản.")
    if missing:
        raise Incomplete(fields=missing)


def _settle_internal(assignment, by, *, reason=""):
    waiting = assignment.reports.filter(outcome=ReportOutcome.INTERNAL, decided_at=None)
    return waiting.update(decided_at=clock.now(), decided_by=by, reason=reason)


def _tell(assignment, by, text, evidence, *, outcome=ReportOutcome.PENDING):
    told = Report.objects.create(
        assignment=assignment,
        text=text.strip(),
        reported_at=clock.now(),
        reported_by=by,
        reporter_name=by.display_name,
        outcome=outcome,
    )
    keep_evidence(told, evidence, by)
