"""What a unit asks of whoever gave the work: more time, or to be let off what is not its business; and the answers."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directives import lifecycle
from directives.enums import Decision, RequestKind
from directives.errors import Incomplete, Stale, WrongState
from directives.lifecycle import advance
from directives.models import Request
from units import clock

from .requiring import end_urgings, require_issued, require_words

EXTENSION, DECLINE = RequestKind.EXTENSION, RequestKind.DECLINE


@transaction.atomic
def request_extension(assignment, *, by, due_on, reason):
    """Ask for a later deadline, as often as the directive allows. The deadline stays until it is decided."""
    lifecycle.check(assignment, "request_extension", by=by)
    require_issued(assignment)
    _require_later(assignment, due_on)
    require_words(reason=reason)
    _require_left(assignment)
    told = {"asked_due_on": due_on.isoformat()}
    return _ask(assignment, "request_extension", EXTENSION, told, by=by, reason=reason, due_on=due_on)


@transaction.atomic
def decline(assignment, *, by, reason, unit=None):
    """Say that the task is not the unit's business, and whose it is; it stays owed until the Office answers."""
    lifecycle.check(assignment, "decline", by=by)
    require_issued(assignment)
    require_words(reason=reason)
    if unit is not None and unit.pk == assignment.unit_id:
        raise Incomplete(fields={"unit": _("Hãy chọn một đơn vị khác.")})
    return _ask(assignment, "decline", DECLINE, {}, by=by, reason=reason, proposed_unit=unit)


@transaction.atomic
def withdraw_request(assignment, *, by):
    """Take back everything the unit has asked for here and nobody has answered."""
    advance(assignment, "withdraw_request", by=by)
    if not _answer(assignment, Decision.WITHDRAWN, by=by):
        raise WrongState(_("Không còn đề nghị nào đang chờ quyết định."))
    return assignment


@transaction.atomic
def extend(assignment, *, by, due_on, reason=""):
    """Give more time, on the unit's request or without one (then a reason is needed). The first date is kept; what hurried
    the unit on to the earlier one needs no answer any more."""
    lifecycle.check(assignment, "extend", by=by)
    require_issued(assignment)
    _require_later(assignment, due_on)
    _require_left(assignment)
    asked = _pending(assignment, EXTENSION).exists()
    if not asked:
        require_words(reason=reason)
    advance(assignment, "extend", by=by, note=reason, due_on=due_on)
    end_urgings(assignment, by=by)
    if asked:
        _answer(assignment, Decision.GRANTED, by=by, kind=EXTENSION, answer=reason)
        return assignment
    now = clock.now()
    granted = {"decision": Decision.GRANTED, "decided_at": now, "decided_by": by}
    _keep(assignment, EXTENSION, by=by, at=now, reason=reason, due_on=due_on, **granted)
    return assignment


def refuse_extension(assignment, *, by, reason):
    """The deadline stays."""
    return _refuse(assignment, "refuse_extension", EXTENSION, by=by, reason=reason)


def refuse_decline(assignment, *, by, reason):
    """The task stays with the unit."""
    return _refuse(assignment, "refuse_decline", DECLINE, by=by, reason=reason)


@transaction.atomic
def grant_decline(assignment, *, by, answer):
    """The unit was right: what it asked is answered with the transfer, or the letting off, that follows. One UPDATE."""
    return _answer(assignment, Decision.GRANTED, by=by, kind=DECLINE, answer=answer)


@transaction.atomic
def _ask(assignment, verb, kind, told, *, by, reason, **asked):
    advance(assignment, verb, by=by, note=reason, told=told)
    try:
        with transaction.atomic():
            _keep(assignment, kind, by=by, reason=reason.strip(), **asked)
    except IntegrityError:
        raise WrongState(_("Đã có một đề nghị đang chờ quyết định.")) from None
    return assignment


def _keep(assignment, kind, *, by, at=None, **fields):
    asked = {"asked_at": at or clock.now(), "asked_by": by}
    Request.objects.create(assignment=assignment, kind=kind, **asked, **fields)


@transaction.atomic
def _refuse(assignment, verb, kind, *, by, reason):
    lifecycle.check(assignment, verb, by=by)
    require_words(reason=reason)
    advance(assignment, verb, by=by, note=reason)
    if not _answer(assignment, Decision.REFUSED, by=by, kind=kind, answer=reason):
        raise Stale
    return assignment


def _answer(assignment, decision, *, by, kind=None, answer=""):
    """How many requests were still waiting and got this answer: of two who answer at once, one gets none."""
    told = {"decided_at": clock.now(), "decided_by": by, "answer": answer.strip()}
    return _pending(assignment, kind).update(decision=decision, **told)


def _pending(assignment, kind):
    waiting = Request.objects.filter(assignment=assignment, decision=Decision.PENDING)
    return waiting.filter(kind=kind) if kind else waiting


def _require_later(assignment, due_on):
    if assignment.due_on is None:
        raise WrongState(_("Nhiệm vụ này không có thời hạn nên không gia hạn được."))
    if due_on is None:
        raise Incomplete(fields={"due_on": _("Hãy chọn thời hạn mới.")})
    if due_on <= assignment.due_on:
        raise Incomplete(fields={"due_on": _("Thời hạn mới phải sau thời hạn đang có.")})
    if due_on < clock.today():
        raise Incomplete(fields={"due_on": _("Thời hạn mới không được ở trong quá khứ.")})


def _require_left(assignment):
    """The directive says how often; none at all is 0, no limit is NULL."""
    limit = assignment.directive.extension_limit
    if limit is None:
        return
    granted = Request.objects.filter(assignment=assignment, kind=EXTENSION, decision=Decision.GRANTED)
    if assignment.begun_anew_at:
        granted = granted.filter(decided_at__gte=assignment.begun_anew_at)
    if granted.count() >= limit:
        raise WrongState(_used_up(limit))


def _used_up(limit):
    if limit == 0:
        return _("Văn bản này không cho gia hạn.")
    sentence = ngettext(
        "Văn bản này cho gia hạn nhiều nhất %(limit)d lần và đã dùng hết.",
        "Văn bản này cho gia hạn nhiều nhất %(limit)d lần và đã dùng hết.",
        limit,
    )
    return sentence % {"limit": limit}
