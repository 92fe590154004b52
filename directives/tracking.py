"""What happens to an assignment between issue and acceptance.

Each verb takes the assignment and, by keyword, who does it; raises a refusal with a sentence; leaves one event.
"""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from directives import lifecycle
from directives.enums import PUBLISHED, DirectiveState, ReportOutcome
from directives.errors import Incomplete, WrongState
from directives.lifecycle import advance
from directives.models import Directive, Evidence, Report
from units import clock
from units.naming import fold


@dataclass(frozen=True)
class Document:
    """Evidence given as a document's number, date and addressee."""

    code: str
    dated_on: date
    addressed_to: str = ""

    def fields(self, *, by):
        return {
            "code": self.code,
            "dated_on": self.dated_on,
            "addressed_to": self.addressed_to,
            "uploaded_by": by,
        }


# What the unit does itself, and what would be new work under a directive that has ended.
OF_THE_UNIT = frozenset({"acknowledge", "report", "withdraw"})
NEW_WORK = frozenset({"acknowledge", "report", "reopen"})


def open_verbs(user, assignment, *, among=None) -> list[str]:
    """The verbs (of those named, or all) that would be carried out now; for buttons.

    Reads `assignment.directive`. Costs no query for the unit's own verbs, at most one for the others.
    """
    verbs = lifecycle.allowed_verbs(user, assignment, among=among)
    if assignment.directive.state == DirectiveState.ISSUED:
        return verbs
    return [verb for verb in verbs if verb not in NEW_WORK]


def acknowledge(assignment, *, by):
    """Say that the unit has received the task. The clock neither stops nor starts again."""
    _require_issued(assignment)
    return advance(assignment, "acknowledge", by=by, acknowledged_at=clock.now())


@transaction.atomic
def report(assignment, *, by, text, evidence=()):
    """Report the task done, with evidence: admitted files and `Document`s.

    The day of this report decides about lateness. Acknowledges by itself.
    """
    lifecycle.check(assignment, "report", by=by)
    _require_issued(assignment)
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
    told = Report.objects.create(
        assignment=assignment,
        text=text.strip(),
        reported_at=now,
        reported_by=by,
        reporter_name=by.display_name,
    )
    _keep_evidence(told, evidence, by)
    return assignment


@transaction.atomic
def withdraw(assignment, *, by):
    """Take back one's own report while nobody has decided on it. No reason is asked."""
    advance(assignment, "withdraw", by=by, **_NOT_REPORTED)
    _decide(assignment, ReportOutcome.WITHDRAWN, by)
    return assignment


@transaction.atomic
def accept(assignment, *, by, note="", quality=""):
    """Confirm that the task is done."""
    advance(assignment, "accept", by=by, note=note, accepted_at=clock.now())
    _decide(assignment, ReportOutcome.ACCEPTED, by, reason=note, quality=quality)
    return assignment


@transaction.atomic
def send_back(assignment, *, by, reason):
    """Return a report with what is missing; the task counts as not completed."""
    _require_reason(reason)
    advance(assignment, "send_back", by=by, note=reason, is_returned=True, **_NOT_REPORTED)
    _decide(assignment, ReportOutcome.RETURNED, by, reason=reason)
    return assignment


@transaction.atomic
def reopen(assignment, *, by, reason):
    """Open an accepted task again."""
    _require_reason(reason)
    _require_issued(assignment)
    advance(assignment, "reopen", by=by, note=reason, accepted_at=None, **_NOT_REPORTED)
    accepted = assignment.reports.filter(outcome=ReportOutcome.ACCEPTED)
    accepted.update(outcome=ReportOutcome.REOPENED, decided_at=clock.now(), decided_by=by, reason=reason)
    return assignment


@transaction.atomic
def cancel(assignment, *, by, reason):
    """Let the unit off the task."""
    _require_reason(reason)
    advance(assignment, "cancel", by=by, note=reason)
    _decide(assignment, ReportOutcome.WITHDRAWN, by, reason=reason)
    return assignment


_NOT_REPORTED = {"reported_on": None, "reported_at": None, "reported_by": None}


def _require_issued(assignment):
    """Nothing new is done under a closed or revoked directive."""
    if assignment.directive.state != DirectiveState.ISSUED:
        raise WrongState(_("Văn bản này đã kết thúc hoặc đã thu hồi."))


def _require_report(assignment, text, evidence):
    missing = {}
    if not text.strip():
        missing["text"] = _("Hãy ghi kết quả thực hiện.")
    if assignment.directive.evidence_required and not evidence:
        missing["evidence"] = _("Hãy kèm ít nhất một minh chứng: ảnh, tệp hoặc số và ngày của văn bản.")
    if missing:
        raise Incomplete(fields=missing)


def _keep_evidence(told, evidence, by):
    """Each piece once: the same file chosen twice, or sent again beside the one kept, proves nothing more."""
    met = set()
    for item in evidence:
        kept = Evidence(report=told, **item.fields(by=by))
        key = kept.sha256 or (fold(kept.code), kept.dated_on)
        if key in met:
            continue
        met.add(key)
        if kept.code:
            kept.document = _find_document(kept.code, kept.dated_on)
        kept.save()


def _find_document(code, dated_on):
    """The document in the store with this code and date, if there is exactly one."""
    same_day = Directive.objects.filter(state__in=PUBLISHED, issued_on=dated_on)
    found = [d for d in same_day.only("pk", "code") if fold(d.code) == fold(code)]
    return found[0] if len(found) == 1 else None


def _decide(assignment, outcome, by, *, reason="", quality=""):
    pending = assignment.reports.filter(outcome=ReportOutcome.PENDING)
    pending.update(outcome=outcome, decided_at=clock.now(), decided_by=by, reason=reason, quality=quality)


def _require_reason(reason):
    if not reason.strip():
        raise Incomplete(fields={"reason": _("Hãy ghi rõ lý do.")})
