"""From a draft to an issued directive: submit, sign, issue; record, close, revoke.

Each verb takes the directive and, by keyword, who does it; raises a refusal with a sentence; leaves one event.
"""

from contextlib import contextmanager

from django.db import IntegrityError, transaction
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directives import distribution, lifecycle, readiness, recurring, register
from directives.enums import AttachmentKind, Decision, ReportOutcome
from directives.errors import Incomplete, WrongState
from directives.lifecycle import ASSIGNMENT, advance
from directives.models import Assignment, Attachment, Citation, Report, Request
from units import clock
from units.naming import fold
from units.numerals import LARGEST_COUNT, natural


def submit(directive, *, by):
    """Send a complete draft to the leader for signature."""
    lifecycle.check(directive, "submit", by=by)
    _require(readiness.missing_for_submission(directive))
    return advance(directive, "submit", by=by, submitted_at=clock.now())


def withdraw_submission(directive, *, by):
    """Take a submission back to work on it again."""
    return advance(directive, "withdraw_submission", by=by, submitted_at=None)


def send_back(directive, *, by, reason):
    """Return a submission, or a signed document not issued yet, to its clerks. The signature is void."""
    _require_reason(reason)
    void = {"signed_by": None, "signed_at": None, "signed_on_paper": False, "submitted_at": None}
    return advance(directive, "send_back", by=by, note=reason, **void)


def sign(directive, *, by):
    """Sign on the screen."""
    return advance(directive, "sign", by=by, signed_by=by, signed_at=clock.now())


@transaction.atomic
def record_signature(directive, *, by, scan):
    """Record a signature made on paper; `scan` is the admitted file of the signed, stamped document."""
    advance(directive, "record_signature", by=by, signed_at=clock.now(), signed_on_paper=True)
    Attachment.objects.create(directive=directive, kind=AttachmentKind.SCAN, **scan.fields(by=by))
    return directive


@transaction.atomic
def issue(directive, *, by):
    """Number, date and issue a signed directive: recipients are frozen and every assignment is made.

    The number comes from the register under a row lock held to the end of the transaction: issuers of one
    register wait for each other. Cost: one INSERT … SELECT, whatever the number of tasks and units.
    """
    lifecycle.check(directive, "issue", by=by)
    day = clock.today()
    _require(readiness.missing_for_issue(directive, day))
    book = register.book_of(directive)
    period, ordinal = register.take(book, day)
    number = register.printed(ordinal)
    code = register.code(number, directive.notation, book.notation)
    given = {
        "register": book,
        "period": period,
        "ordinal": ordinal,
        "number": number,
        "notation_style": book.notation,
    }
    with _once(code, "notation"):
        advance(directive, "issue", by=by, code=code, issued_on=day, issued_at=clock.now(), **given)
    return _publish(directive)


def discard(directive, *, by):
    """Put a draft nobody needs out of the way. Nothing of it is lost; `restore` brings it back."""
    return advance(directive, "discard", by=by)


def restore(directive, *, by):
    """Bring a discarded draft back to work on it."""
    return advance(directive, "restore", by=by)


@transaction.atomic
def record(directive, *, by):
    """Enter a document issued elsewhere, or the office's own earlier one, under its printed number and date.

    The office's own number is blocked in its register, so that it is never given again.
    """
    lifecycle.check(directive, "record", by=by)
    _require(readiness.missing_for_record(directive))
    code = register.code(directive.number, directive.notation, directive.notation_style)
    own = _block_own_number(directive)
    with _once(code, "number"):
        today = clock.today()
        advance(directive, "record", by=by, code=code, recorded_on=today, issued_at=clock.now(), **own)
    return _publish(directive)


def classify(directive, *, by, sector):
    """Say to which sector an issued document belongs; None takes it out of the one it had. The paper stays."""
    return advance(directive, "classify", by=by, sector=sector)


@transaction.atomic
def close(directive, *, by, note=""):
    """End the tracking of a directive on which nothing is open any more."""
    lifecycle.hold(directive)
    lifecycle.check(directive, "close", by=by)
    recurring.clear_ahead(directive)
    still_open = Assignment.objects.filter(
        directive=directive, state__in=ASSIGNMENT["cancel"].sources
    ).count()
    if still_open:
        raise WrongState(
            ngettext(
                "Còn %(count)s phần việc chưa xong nên chưa kết thúc được văn bản.",
                "Còn %(count)s phần việc chưa xong nên chưa kết thúc được văn bản.",
                still_open,
            )
            % {"count": number_format(still_open, force_grouping=True)}
        )
    return advance(directive, "close", by=by, note=note)


@transaction.atomic
def revoke(directive, *, by, reason):
    """Take an issued document back: what is still open under it is dropped, what is done stays on record."""
    _require_reason(reason)
    lifecycle.hold(directive)
    lifecycle.check(directive, "revoke", by=by)
    # Rows before the chain, the order in which a report locks them: the other way round the two block each other.
    lifecycle.cancel_open(directive)
    advance(directive, "revoke", by=by, note=reason)
    pending = Report.objects.filter(assignment__directive=directive, outcome=ReportOutcome.PENDING)
    decided = {"decided_at": clock.now(), "decided_by": by}
    pending.update(outcome=ReportOutcome.DROPPED, reason=reason, **decided)
    asked = Request.objects.filter(assignment__directive=directive, decision=Decision.PENDING)
    asked.update(decision=Decision.WITHDRAWN, **decided)
    return directive


def _block_own_number(directive):
    ordinal = natural(directive.number, most=LARGEST_COUNT)
    if directive.office_id != directive.issuer_id or not ordinal:
        return {}
    book = directive.register or register.register_for(directive.issuer, directive.kind)
    if book is None:
        return {}
    return {
        "register": book,
        "period": register.block(book, directive.issued_on, ordinal),
        "ordinal": ordinal,
        "notation_style": book.notation,
    }


@contextmanager
def _once(code, field):
    """The database keeps one document of a code and a day; the sentence for the second stands at `field`."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError:
        raise Incomplete(fields={field: readiness.recorded_already(code)}) from None


def _publish(directive):
    directive.issuer_name = directive.issuer_name or directive.issuer.name_on(directive.issued_on)
    directive.save(update_fields=["issuer_name", "search"])
    distribution.distribute(directive)
    recurring.begin(directive)
    _resolve_citations(directive)
    return directive


def _resolve_citations(directive):
    """Documents that cite this one by its printed code find it from now on."""
    waiting = Citation.objects.filter(cited=None, folded_code=fold(directive.code)[:90])
    waiting = waiting.filter(dated_on__in=[directive.issued_on]) | waiting.filter(dated_on=None)
    waiting.exclude(directive=directive).update(cited=directive)


def _require(missing):
    if missing:
        raise Incomplete(fields=missing)


def _require_reason(reason):
    if not reason.strip():
        raise Incomplete(fields={"reason": _("Hãy ghi rõ lý do.")})
