"""What several verbs ask for before they do anything."""

from datetime import timedelta

from django.utils.translation import gettext as _

from directives import lifecycle
from directives.enums import Decision, DirectiveState, UrgingKind
from directives.errors import Incomplete, WrongState
from directives.models import Request, Urging
from units import clock

MOST_DAYS_PAUSED = 30


def require_issued(assignment):
    """Nothing new is done under a closed or revoked directive, nor under one that is just being ended.

    Locks the directive until the transaction ends. One query.
    """
    lifecycle.hold(assignment.directive)
    if assignment.directive.state != DirectiveState.ISSUED:
        raise WrongState(_("Văn bản này đã kết thúc hoặc đã thu hồi."))


def require_begun(assignment):
    """What a period brings is neither reported nor urged before it begins."""
    if assignment.period and assignment.issued_on > clock.today():
        raise WrongState(_("Kỳ này chưa bắt đầu."))


def require_words(**told):
    """Each of the fields named must say something; the sentence stands at the field."""
    missing = {name: _MISSING[name]() for name, words in told.items() if not words.strip()}
    if missing:
        raise Incomplete(fields=missing)


def require_pause_ends(day):
    """Work rests until a day on which the Office looks at it again."""
    if day is None:
        raise Incomplete(fields={"review_on": _("Hãy chọn ngày xem lại.")})
    require_within(day, MOST_DAYS_PAUSED)


def require_within(day, days):
    """A day of review lies ahead, but not too far."""
    today = clock.today()
    if not today < day <= today + timedelta(days=days):
        sentence = _("Ngày xem lại phải sau hôm nay và trong %(days)d ngày tới.")
        raise Incomplete(fields={"review_on": sentence % {"days": days}})


def with_deadline(assignment, due_on) -> dict:
    """What changes with a deadline: it is the first where there was none, and the unit's own day never lies behind it."""
    dates = {"due_on": due_on, "first_due_on": assignment.first_due_on or due_on}
    if assignment.internal_due_on and assignment.internal_due_on > due_on:
        dates["internal_due_on"] = due_on
    return dates


def drop_requests(assignment, by):
    """What the unit had asked for is not at issue any more. One UPDATE."""
    pending = Request.objects.filter(assignment=assignment, decision=Decision.PENDING)
    pending.update(decision=Decision.WITHDRAWN, decided_at=clock.now(), decided_by=by)


def end_urgings(assignment, *, by):
    """The unit is hurried on no more, and owes no answer to what hurried it: kept as ended by `by`, without a reply. What a
    leader asked or said stays open. One UPDATE."""
    hurried = Urging.objects.filter(assignment=assignment, kind=UrgingKind.URGE, replied_at=None)
    hurried.update(replied_at=clock.now(), replied_by=by)


_MISSING = {
    "reason": lambda: _("Hãy ghi rõ lý do."),
    "text": lambda: _("Hãy ghi nội dung."),
    "word": lambda: _("Hãy ghi ý kiến khi chuyển."),
    "answer": lambda: _("Hãy ghi nội dung trả lời."),
}
