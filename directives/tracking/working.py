"""Work inside a unit: who does it, by when, how far it has come."""

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from directives import lifecycle, rules
from directives.errors import Incomplete
from directives.lifecycle import advance
from directives.models import ProgressNote
from units import clock

from .clearing import first_holder
from .requiring import require_issued


@transaction.atomic
def delegate(assignment, *, by, to, internal_due_on=None, note=""):
    """Hand the work to a person of the unit, with an earlier day of the unit's own; `to` None takes it back."""
    lifecycle.check(assignment, "delegate", by=by)
    require_issued(assignment)
    if to is not None and not rules.can_work_on(to, assignment):
        raise Incomplete(fields={"to": _("Hãy chọn một người của đơn vị.")})
    if to is None and internal_due_on is not None:
        raise Incomplete(fields={"to": _("Hãy chọn người thực hiện.")})
    _require_earlier(assignment, internal_due_on)
    told = {"assignee_name": to.display_name} if to else {}
    changes = {"assignee": to, "internal_due_on": internal_due_on}
    return advance(assignment, "delegate", by=by, note=note, told=told, **changes)


@transaction.atomic
def note_progress(assignment, *, by, text="", percent=None, obstacle=""):
    """Say how far the work has come, or what stands in its way. The task is not received by it."""
    lifecycle.check(assignment, "note_progress", by=by)
    require_issued(assignment)
    text, obstacle = text.strip(), obstacle.strip()
    if not (text or obstacle) and percent is None:
        raise Incomplete(fields={"text": _("Hãy ghi tiến độ hoặc vướng mắc.")})
    if percent is not None and not 0 <= percent <= 100:
        raise Incomplete(fields={"percent": _("Tỷ lệ hoàn thành từ 0 đến 100.")})
    told = {} if percent is None else {"percent": percent}
    advance(assignment, "note_progress", by=by, note=_in_one(text, obstacle), told=told)
    kept = {"text": text, "percent": percent, "obstacle": obstacle}
    if obstacle:
        kept["holder_id"] = first_holder(assignment)
    return ProgressNote.objects.create(
        assignment=assignment, noted_at=clock.now(), noted_by=by, noter_name=by.display_name, **kept
    )


def _in_one(text, obstacle):
    """What was written as one note, in which the obstacle is known as such: the record speaks Vietnamese."""
    if not obstacle:
        return text
    with translation.override(settings.LANGUAGE_CODE):
        stuck = _("Vướng mắc: %(obstacle)s") % {"obstacle": obstacle}
    if not text:
        return stuck
    return f"{text} {stuck}" if text.endswith((".", "!", "?", "…", ";", ":")) else f"{text}. {stuck}"


def _require_earlier(assignment, day):
    if day is None:
        return
    if day < clock.today():
        raise Incomplete(fields={"internal_due_on": _("Hạn nội bộ không được ở trong quá khứ.")})
    if assignment.due_on and day > assignment.due_on:
        raise Incomplete(fields={"internal_due_on": _("Hạn nội bộ không được sau thời hạn chung.")})
