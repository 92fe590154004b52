"""From a draft to an issued directive: submit, sign, issue; record, close, revoke.

Each verb takes the directive and, by keyword, who does it; raises a refusal with a sentence; leaves one event.
"""

from contextlib import contextmanager
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directives import distribution, lifecycle, register
from directives.enums import AttachmentKind, Purpose, ReportOutcome
from directives.errors import Incomplete, WrongState
from directives.lifecycle import ASSIGNMENT, advance
from directives.models import Assignment, Attachment, Citation, Register, Report, TaskUnit
from units import clock
from units.naming import fold
from units.numerals import LARGEST_COUNT, natural

# The first papers of today's State.
EARLIEST = date(1945, 1, 1)


def submit(directive, *, by):
    """Send a complete draft to the leader for signature."""
    lifecycle.check(directive, "submit", by=by)
    _require(missing_for_submission(directive))
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
    _require(missing_for_issue(directive, day))
    book = _book_of(directive)
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
    with _once_a_day(code, "notation"):
        advance(directive, "issue", by=by, code=code, issued_on=day, issued_at=clock.now(), **given)
    return _publish(directive)


@transaction.atomic
def record(directive, *, by):
    """Enter a document issued elsewhere, or the office's own earlier one, under its printed number and date.

    The office's own number is blocked in its register, so that it is never given again.
    """
    lifecycle.check(directive, "record", by=by)
    _require(missing_for_record(directive))
    code = register.code(directive.number, directive.notation, directive.notation_style)
    own = _block_own_number(directive)
    with _once_a_day(code, "number"):
        today = clock.today()
        advance(directive, "record", by=by, code=code, recorded_on=today, issued_at=clock.now(), **own)
    return _publish(directive)


def close(directive, *, by, note=""):
    """End the tracking of a directive on which nothing is open any more."""
    lifecycle.check(directive, "close", by=by)
    still_open = Assignment.objects.filter(
        directive=directive, state__in=ASSIGNMENT["cancel"].sources
    ).count()
    if still_open:
        raise WrongState(
            ngettext(
                "Còn %(count)d phần việc chưa xong nên chưa kết thúc được văn bản.",
                "Còn %(count)d phần việc chưa xong nên chưa kết thúc được văn bản.",
                still_open,
            )
            % {"count": still_open}
        )
    return advance(directive, "close", by=by, note=note)


@transaction.atomic
def revoke(directive, *, by, reason):
    """Take an issued document back: what is still open under it is dropped, what is done stays on record."""
    _require_reason(reason)
    lifecycle.check(directive, "revoke", by=by)
    # Rows before the chain, the order in which a report locks them: the other way round the two block each other.
    lifecycle.cancel_open(directive)
    advance(directive, "revoke", by=by, note=reason)
    pending = Report.objects.filter(assignment__directive=directive, outcome=ReportOutcome.PENDING)
    pending.update(outcome=ReportOutcome.WITHDRAWN, decided_at=clock.now(), decided_by=by, reason=reason)
    return directive


def missing_for_submission(directive) -> dict[str, str]:
    """What a draft still lacks before a leader may be asked to sign: field → sentence."""
    missing = _missing_heading(directive)
    if directive.issuer_id != directive.office_id:
        missing["issuer"] = _("Văn bản của cơ quan khác chỉ vào sổ, không trình ký.")
    tasks = list(directive.tasks.all())
    orders, called = [task for task in tasks if not task.is_heading], _called(tasks)
    if not orders:
        missing["tasks"] = _("Văn bản chưa có nhiệm vụ nào. Hãy chọn đoạn văn và tạo nhiệm vụ.")
    for task in orders:
        if not task.due_on and not task.undated_reason and not task.review_on and not task.recurrence:
            missing[f"task-{task.pk}"] = _(
                "Nhiệm vụ %(label)s chưa có thời hạn hoặc lý do không có thời hạn."
            ) % {"label": called[task.pk]}
    missing |= _unknown_units(directive, called)
    if not any(_acts(entry) for entry in distribution.expand(directive, clock.today())):
        missing["recipients"] = _("Văn bản chưa có đơn vị nào nhận để thực hiện.")
    return missing | _due_too_early(tasks, clock.today())


def missing_for_issue(directive, day) -> dict[str, str]:
    """What still keeps a signed directive from being issued on `day`."""
    missing = missing_for_submission(directive)
    try:
        _book_of(directive)
    except Incomplete as refused:
        missing |= refused.fields
    return missing | _due_too_early(directive.tasks.all(), day)


def missing_for_record(directive) -> dict[str, str]:
    """What keeps a document issued elsewhere from being recorded. Tasks and recipients are not required."""
    missing = _missing_heading(directive)
    if not directive.number:
        missing["number"] = _("Hãy ghi số in trên văn bản.")
    if not directive.issued_on:
        missing["issued_on"] = _("Hãy ghi ngày in trên văn bản.")
    elif not EARLIEST <= directive.issued_on <= clock.today():
        missing["issued_on"] = _("Ngày ban hành phải từ năm 1945 đến hôm nay.")
    else:
        missing |= _due_too_early(directive.tasks.all(), directive.issued_on)
    return missing


def _missing_heading(directive):
    missing = {}
    if not directive.title.strip():
        missing["title"] = _("Hãy ghi trích yếu.")
    if not directive.notation.strip():
        missing["notation"] = _("Hãy ghi ký hiệu.")
    return missing


def _unknown_units(directive, called):
    """A task led by a name nobody knows would be owed by nobody."""
    names: dict[int, list[str]] = {}
    for line in TaskUnit.objects.filter(task__directive=directive, unit=None, group=None):
        names.setdefault(line.task_id, []).append(f"“{line.text}”")
    return {
        f"task-{pk}-units": _("Nhiệm vụ %(label)s: chưa rõ %(names)s là đơn vị nào.")
        % {"label": called[pk], "names": ", ".join(unknown)}
        for pk, unknown in names.items()
    }


def _called(tasks) -> dict[int, str]:
    """What each task is called, as every part of a plan counts from 1 again: "II.3.a". In the order of the paper."""
    called: dict[int, str] = {}
    for task in tasks:
        own, above = task.label or str(task.position), called.get(task.parent_id)
        called[task.pk] = f"{above}.{own}" if above else own
    return called


def _due_too_early(tasks, day):
    tasks = list(tasks)
    called = _called(tasks)
    return {
        f"task-{task.pk}": _("Thời hạn của nhiệm vụ %(label)s không được trước ngày ban hành.")
        % {"label": called[task.pk]}
        for task in tasks
        if task.due_on and task.due_on < day
    }


def _acts(entry):
    return entry.named_only or entry.purpose == Purpose.ACT


def _book_of(directive) -> Register:
    book = directive.register or register.register_for(directive.issuer, directive.kind)
    if book is None:
        sentence = _("Cơ quan ban hành chưa có sổ văn bản cho loại này. Hãy nhờ quản trị mở sổ.")
        raise Incomplete(fields={"register": sentence})
    return book


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
def _once_a_day(code, field):
    """The database keeps one document of a code and a day; the sentence for the second stands at `field`."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError:
        sentence = _("Văn bản %(code)s ngày này đã có trong sổ.") % {"code": code}
        raise Incomplete(fields={field: sentence}) from None


def _publish(directive):
    directive.issuer_name = directive.issuer_name or directive.issuer.name_on(directive.issued_on)
    directive.save(update_fields=["issuer_name", "search"])
    distribution.distribute(directive)
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
