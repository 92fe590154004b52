"""What the Office does with open work: hands it to another unit, stops its clock, lets it go on."""

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from directives import distribution, events, lifecycle, recurring
from directives.anew import begin_anew
from directives.enums import AssignmentState, Decision
from directives.errors import Incomplete
from directives.lifecycle import advance
from directives.models import Assignment, Request
from units import clock
from units.models import Event

from .requesting import grant_decline
from .requiring import drop_requests, require_issued, require_pause_ends, require_words, with_deadline


@transaction.atomic
def transfer(assignment, *, by, unit, reason):
    """Give the work to another unit with the same dates; the old row is closed and leads to the new one, returned."""
    lifecycle.check(assignment, "transfer", by=by)
    require_issued(assignment)
    require_words(reason=reason)
    _require_other(assignment, unit)
    advance(assignment, "transfer", by=by, note=reason)
    # Until the row was held somebody may have given it more time, or another period.
    assignment.refresh_from_db(fields=distribution.OWN_DAYS)
    grant_decline(assignment, by=by, answer=reason)
    drop_requests(assignment, by)
    recurring.drop_ahead(assignment)
    try:
        with transaction.atomic():
            taken = _given_anew(assignment, unit, by) or distribution.hand_on(assignment, unit)
    except IntegrityError:
        raise _had_it() from None
    events.write("take_over", by=by, obj=taken, note=reason, after={"unit": unit.code})
    return taken


@transaction.atomic
def pause(assignment, *, by, reason, review_on):
    """Stop the clock until the Office looks again, at most 30 days ahead. What the unit asks is answered first."""
    lifecycle.check(assignment, "pause", by=by)
    require_issued(assignment)
    _require_answered(assignment)
    require_words(reason=reason)
    require_pause_ends(review_on)
    return advance(assignment, "pause", by=by, note=reason, review_on=review_on)


@transaction.atomic
def resume(assignment, *, by, due_on=None, note=""):
    """Let the work go on, with the deadline it had or one later by no more than the days it rested: more time is an
    extension. The first deadline is kept, and of undated work the day of review that it had."""
    lifecycle.check(assignment, "resume", by=by)
    require_issued(assignment)
    if not due_on:
        return advance(assignment, "resume", by=by, note=note, review_on=_day_before_pause(assignment))
    _require_made_up(assignment, due_on)
    dates = with_deadline(assignment, due_on)
    return advance(assignment, "resume", by=by, note=note, review_on=None, **dates)


def latest_resumed(assignment) -> date | None:
    """The latest deadline with which paused work may go on: its own and the days it rested. None: it has none. One query."""
    return assignment.due_on and assignment.due_on + (clock.today() - _rests_since(assignment))


def why_as_before(assignment, latest) -> str:
    """Why paused work goes on with the deadline it has and with no other; nothing where another may be given."""
    if assignment.period:
        return _("Thời hạn của nhiệm vụ định kỳ theo quy định định kỳ. Cần lùi thì tiếp tục rồi gia hạn.")
    if latest and latest < clock.today():
        return _(
            "Việc đã quá hạn từ trước khi tạm dừng nên tiếp tục với thời hạn cũ. Cần thêm thời gian thì tiếp tục rồi gia hạn."
        )
    return ""


def _given_anew(assignment, unit, by) -> Assignment | None:
    """The unit's own row of this work, where it had been let off it."""
    same = {"task": assignment.task_id, "period": assignment.period, "unit": unit}
    held = Assignment.objects.select_for_update(no_key=True).filter(**same).first()
    if held is None:
        return None
    _require_let_off(held)
    begin_anew(held, by=by, **distribution.taken_over(assignment, unit))
    return Assignment.objects.get(pk=held.pk)


def _require_let_off(held):
    if held.state == AssignmentState.TRANSFERRED:
        sentence = _(
            "Đơn vị này đã chuyển giao chính nhiệm vụ này đi nên không nhận lại được. Hãy chọn đơn vị khác, hoặc giao "
            "cho đơn vị này bằng một văn bản mới."
        )
        raise Incomplete(fields={"unit": sentence})
    if held.state == AssignmentState.CANCELLED and held.transferred_from_id:
        sentence = _(
            "Đơn vị này từng nhận chuyển giao nhiệm vụ này rồi được thôi giao. Hãy chọn đơn vị khác, hoặc bổ sung đơn "
            "vị này vào văn bản để giao lại từ đầu."
        )
        raise Incomplete(fields={"unit": sentence})
    if held.state != AssignmentState.CANCELLED:
        raise _had_it()


def _had_it():
    sentence = _("Đơn vị này đang có hoặc đã xong nhiệm vụ này. Hãy chọn đơn vị khác.")
    return Incomplete(fields={"unit": sentence})


def _require_other(assignment, unit):
    if unit is None:
        raise Incomplete(fields={"unit": _("Hãy chọn đơn vị nhận.")})
    if unit.pk == assignment.unit_id:
        raise Incomplete(fields={"unit": _("Hãy chọn một đơn vị khác.")})
    if not distribution.takers(assignment).filter(pk=unit.pk).exists():
        sentence = _("Chỉ chuyển giao được cho đơn vị trực thuộc hoặc đơn vị mà văn bản đã giao việc.")
        raise Incomplete(fields={"unit": sentence})


def _require_answered(assignment):
    """While the clock stands nobody answers a request, and the deadline it asks for may lie behind the one that follows."""
    asked = Request.objects.filter(assignment=assignment, decision=Decision.PENDING).order_by("kind").first()
    if asked is None:
        return
    sentence = _("Đơn vị đang có đề nghị “%(request)s” chờ quyết định. Hãy trả lời đề nghị này rồi tạm dừng.")
    raise Incomplete(fields={"request": sentence % {"request": asked.get_kind_display()}})


def _require_made_up(assignment, due_on):
    """Whoever may stop the clock makes up for the days it stood, and moves no deadline past the rules of extension."""
    latest = latest_resumed(assignment)
    if why := why_as_before(assignment, latest):
        raise Incomplete(fields={"due_on": why})
    if due_on < clock.today() or (assignment.due_on and due_on < assignment.due_on):
        raise Incomplete(
            fields={"due_on": _("Thời hạn mới không được trước hôm nay hoặc trước thời hạn cũ.")}
        )
    if latest and due_on > latest:
        sentence = _(
            "Thời hạn mới muộn nhất là %(day)s: thời hạn cũ cộng số ngày tạm dừng. Cần lâu hơn thì tiếp tục rồi gia hạn."
        )
        raise Incomplete(fields={"due_on": sentence % {"day": clock.printed_day(latest)}})


def _rests_since(assignment) -> date:
    """The event says it to the act: of work paused and resumed twice on a day the phases tell one rest."""
    stopped = _pause_of(assignment)
    return timezone.localdate(stopped.at) if stopped else assignment.since_on


def _day_before_pause(assignment) -> date | None:
    """On which day undated work was to be looked at, before the pause set one of its own."""
    stopped = None if assignment.due_on else _pause_of(assignment)
    day = stopped and stopped.before.get("review_on")
    return date.fromisoformat(day) if day else None


def _pause_of(assignment) -> Event | None:
    """The act by which the work came to rest. One query."""
    pauses = Event.objects.filter(object_type="assignment", object_id=assignment.pk, verb="pause")
    return pauses.order_by("-at", "-pk").first()
