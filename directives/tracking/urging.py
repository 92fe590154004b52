"""Hurrying work on (đôn đốc), asking why (giải trình), instructing (chỉ đạo): a word that stays open until the unit
answers it."""

from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import translation
from django.utils.translation import gettext as _

from directives import lifecycle
from directives.calendar import add_working_days
from directives.enums import UrgingKind
from directives.errors import Incomplete, WrongState
from directives.lifecycle import advance
from directives.models import Urging
from directives.periods import name_of
from units import clock
from units.holidays import office_calendar

from .requiring import require_begun, require_issued, require_words

WORKING_DAYS_TO_REPLY = 2
# Enough calendar days to hold them across Tết.
_SPAN = timedelta(days=30)


def proposed_reply_day() -> date:
    """Two working days from today. One query."""
    today = clock.today()
    return add_working_days(today, WORKING_DAYS_TO_REPLY, **office_calendar(today, today + _SPAN))


def proposed_urging(assignment) -> str:
    """What an urging of this work would say, to be changed by hand: in the office's language, not the page's."""
    said = {"code": assignment.directive.code, "label": assignment.task.label or assignment.task.position}
    if assignment.period:
        said["label"] = f"{said['label']} ({name_of(assignment.period)})"
    said["day"] = clock.printed_day(assignment.due_on) if assignment.due_on else ""
    with translation.override(settings.LANGUAGE_CODE):
        if assignment.due_on is None:
            return _("Đề nghị báo cáo tiến độ nhiệm vụ %(label)s của %(code)s.") % said
        if assignment.due_on < clock.today():
            return (
                _(
                    "Nhiệm vụ %(label)s của %(code)s đã quá thời hạn %(day)s. Đề nghị báo cáo, nêu rõ lý do chậm."
                )
                % said
            )
        return _("Đề nghị báo cáo tiến độ nhiệm vụ %(label)s của %(code)s, thời hạn %(day)s.") % said


def proposed_question(assignment) -> str:
    """How a leader would ask why this work is late, to be changed by hand; as `proposed_urging`."""
    said = {"code": assignment.directive.code, "label": assignment.task.label or assignment.task.position}
    said["day"] = clock.printed_day(assignment.due_on) if assignment.due_on else ""
    with translation.override(settings.LANGUAGE_CODE):
        if assignment.due_on is None or assignment.due_on >= clock.today():
            return _("Yêu cầu giải trình tình hình thực hiện nhiệm vụ %(label)s của %(code)s.") % said
        sentence = _(
            "Nhiệm vụ %(label)s của %(code)s đã quá thời hạn %(day)s. Yêu cầu giải trình nguyên nhân, trách nhiệm và ngày hoàn thành."
        )
        return sentence % said


def urge(assignment, *, by, text, reply_by):
    """Hurry one unit on with one task, to be answered by a day."""
    return _say(assignment, "urge", UrgingKind.URGE, by=by, text=text, reply_by=reply_by)


def ask_explanation(assignment, *, by, text, reply_by):
    """The leader asks the unit to explain, by a day."""
    return _say(assignment, "ask_explanation", UrgingKind.EXPLAIN, by=by, text=text, reply_by=reply_by)


def instruct(assignment, *, by, text, reply_by=None):
    """The leader tells the unit what to do; the answer may have a day of its own."""
    return _say(assignment, "instruct", UrgingKind.INSTRUCT, by=by, text=text, reply_by=reply_by)


@transaction.atomic
def _say(assignment, verb, kind, *, by, text, reply_by):
    lifecycle.check(assignment, verb, by=by)
    require_issued(assignment)
    require_begun(assignment)
    require_words(text=text)
    _require_day(kind, reply_by)
    advance(assignment, verb, by=by, note=text)
    told = {"kind": kind, "text": text.strip(), "reply_by": reply_by}
    return Urging.objects.create(assignment=assignment, urged_at=clock.now(), urged_by=by, **told)


def _require_day(kind, reply_by):
    is_missing = reply_by is None and kind != UrgingKind.INSTRUCT
    if is_missing or (reply_by and reply_by < clock.today()):
        raise Incomplete(fields={"reply_by": _("Hãy chọn ngày trả lời từ hôm nay trở đi.")})


@transaction.atomic
def answer_urging(assignment, *, by, reply):
    """Answer everything that was said of this work and is still open, in one word."""
    lifecycle.check(assignment, "answer_urging", by=by)
    if not reply.strip():
        raise Incomplete(fields={"reply": _("Hãy ghi nội dung trả lời.")})
    advance(assignment, "answer_urging", by=by, note=reply)
    now = clock.now()
    told = {
        "reply": reply.strip(),
        "replied_at": now,
        "replied_by": by,
        "seen_at": Coalesce(F("seen_at"), now),
    }
    if not Urging.objects.filter(assignment=assignment, replied_at=None).update(**told):
        raise WrongState(_("Không còn đôn đốc nào chờ trả lời."))
    return assignment


def see_urgings(urgings) -> int:
    """The unit has opened them: when, the first time. One UPDATE; no event, since nothing was decided by it."""
    return Urging.objects.filter(pk__in=[one.pk for one in urgings], seen_at=None).update(seen_at=clock.now())
