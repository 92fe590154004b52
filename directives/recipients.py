"""Who has work under an issued document, changed after its issue: a unit added, a unit let off.

The paper and the list printed on it stay as they were signed. Each verb takes the directive and, by keyword, who does
it; raises a refusal with a sentence at its field; leaves one event.
"""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from directives import distribution, events, going_on, lifecycle, recurring, rules
from directives.anew import begin_anew, close_words, in_office_words
from directives.distribution import Share
from directives.enums import AssignmentState, Decision, Duty, ReportOutcome
from directives.errors import Incomplete, NotAllowed
from directives.lifecycle import ASSIGNMENT
from directives.models import Assignment, Recipient, Report, Request
from units import clock

STILL_OPEN = ASSIGNMENT["cancel"].sources


@dataclass(frozen=True)
class Basis:
    """Why: in words, or by the document that corrects the first one; or both."""

    reason: str = ""
    code: str = ""
    dated_on: date | None = None

    def kept(self) -> dict:
        return {"reason": self.reason.strip(), "code": self.code.strip(), "dated_on": self.dated_on}


@transaction.atomic
def add_recipient(directive, *, by, unit, shares, basis, duty=Duty.LEAD):
    """Give a unit tasks of an issued directive, received today; what it had been let off begins anew.

    A deadline that has passed is given anew for this unit. Locks the directive until the transaction ends.
    """
    lifecycle.hold(directive)
    lifecycle.check(directive, "add_recipient", by=by)
    recurring.catch_up(directive, [one.task for one in shares])
    had = {(row.task_id, row.period): row for row in _rows_of(directive, unit)}
    _require(_missing_basis(basis) | _missing_unit(directive, unit) | _missing_rhythm(shares))
    shares = [recurring.share_of(one.task) if one.task.recurrence else one for one in shares]
    _require(_missing_shares(directive, shares, had))
    recipient = distribution.receive_later(directive, unit, duty=duty, **basis.kept())
    for share in shares:
        if (row := had.get(share.key)) and _let_off(row):
            _give_again(row, share, duty, by)
        if share.task.recurrence:
            going_on.take_up(share.task, unit)
        for row in _ahead_of(share, had.values()):
            _give_again(row, Share(row.task, row.due_on, row.period, row.issued_on), duty, by)
    distribution.share_out(directive, unit, [one for one in shares if one.key not in had], duty=duty)
    _tell("add_recipient", recipient, [share.task for share in shares], basis, by=by)
    return recipient


@transaction.atomic
def remove_recipient(directive, *, by, unit, basis, drop_reports=False):
    """Let a unit off everything it has not finished under the directive, and of recurring work the periods to come; what
    was accepted stays.

    A report that waits is decided first, or dropped with the work. The unit stays in the list, with the day.
    """
    lifecycle.hold(directive)
    lifecycle.check(directive, "remove_recipient", by=by)
    rows = _rows_of(directive, unit)
    given = set(recurring.still_given(directive).filter(unit=unit).values_list("pk", flat=True))
    rows = [row for row in rows if row.state in STILL_OPEN or row.pk in given]
    if not all(rules.can_cancel(by, row) for row in rows):
        raise NotAllowed
    _require(_missing_basis(basis) | _missing_work(unit, rows) | _missing_decision(rows, drop_reports))
    recurring.clear_ahead(directive, unit=unit)
    lifecycle.cancel_open(directive, unit=unit)
    going_on.let_off(directive, unit)
    _drop_words([row for row in rows if row.state in STILL_OPEN], basis, by)
    recipient = Recipient.objects.get(directive=directive, unit=unit)
    changes = {"removed_at": clock.now(), **basis.kept()}
    Recipient.objects.filter(pk=recipient.pk).update(**changes)
    _tell("remove_recipient", recipient, [row.task for row in rows], basis, by=by)
    return recipient


def _rows_of(directive, unit):
    """What the unit has or had of the tasks, locked: whoever decides on a report of it waits."""
    if unit is None:
        return []
    rows = Assignment.objects.filter(directive=directive, unit=unit).select_related("task", "unit")
    return list(rows.select_for_update(no_key=True, of=("self",)).order_by("task__position", "pk"))


def _give_again(row, share, duty, by):
    begin_anew(row, by=by, **distribution.given_today(row.unit, share, duty=duty))


def _ahead_of(share, had):
    """Of a recurring task the rows after the share that the unit was let off before they began."""
    if not share.period:
        return []
    same = [row for row in had if row.task_id == share.task.pk and row.period != share.period]
    return [row for row in same if _let_off(row) and row.issued_on > share.given_on]


def _drop_words(rows, basis, by):
    """What the unit had reported or asked is not looked at any more, and what it was asked waits for no answer."""
    decided = {"decided_at": clock.now(), "decided_by": by}
    pending = Report.objects.filter(assignment__in=rows, outcome=ReportOutcome.PENDING)
    pending.update(
        outcome=ReportOutcome.DROPPED, reason=basis.reason.strip() or basis.code.strip(), **decided
    )
    asked = Request.objects.filter(assignment__in=rows, decision=Decision.PENDING)
    asked.update(decision=Decision.WITHDRAWN, **decided)
    why = basis.reason.strip() or basis.code.strip()
    close_words(rows, in_office_words(lambda: _("Đã thôi giao đơn vị: %(why)s") % {"why": why}), by)


def _tell(verb, recipient, tasks, basis, *, by):
    named = {"code": basis.code.strip(), "dated_on": basis.dated_on} if basis.code.strip() else {}
    told = {"unit": recipient.unit.code, "tasks": called(tasks), **named}
    events.write(verb, by=by, obj=recipient, note=basis.reason.strip(), after=told)


def called(tasks) -> str:
    """The tasks by their numbers, each once: "1, II.3"."""
    return ", ".join(dict.fromkeys(task.label or str(task.position) for task in tasks))


# --- What is missing: field → sentence -----------------------------------------------------------


def _require(missing):
    if missing:
        raise Incomplete(fields=missing)


def _missing_basis(basis):
    if not basis.reason.strip() and not basis.code.strip():
        return {"reason": _("Hãy ghi lý do, hoặc số và ngày của văn bản đính chính.")}
    if basis.code.strip() and not basis.dated_on:
        return {"dated_on": _("Hãy ghi ngày của văn bản.")}
    if basis.dated_on and not basis.code.strip():
        return {"code": _("Hãy ghi số, ký hiệu của văn bản.")}
    if basis.dated_on and basis.dated_on > clock.today():
        return {"dated_on": _("Ngày văn bản không được sau hôm nay.")}
    return {}


def _missing_unit(directive, unit):
    if unit is None:
        return {"unit": _("Hãy chọn một đơn vị.")}
    if unit.ends_on and unit.ends_on <= clock.today():
        return {"unit": _("Đơn vị này không còn hoạt động.")}
    if directive.office.is_under(unit.path):
        return {
            "unit": _("Không giao việc cho chính cơ quan giao việc hoặc cơ quan cấp trên của cơ quan đó.")
        }
    below = unit.is_under(directive.office.path)
    received = Recipient.objects.filter(directive=directive, unit=unit)
    if not below and not (distribution.is_reached(unit, directive) and received.exists()):
        return {"unit": _("Đơn vị này không thuộc cơ quan giao việc và không nhận văn bản này.")}
    return {}


def _missing_shares(directive, shares, had):
    missing = {}
    if not shares or any(one.task.directive_id != directive.pk or one.task.is_heading for one in shares):
        missing["tasks"] = _("Hãy chọn ít nhất một nhiệm vụ.")
    twice = [had[one.key] for one in shares if one.key in had and not _may_be_given(had[one.key])]
    if twice:
        missing["tasks"] = _had_already(twice)
    for share in shares:
        if (share.task.due_on and not share.due_on) or (share.due_on and share.due_on < clock.today()):
            sentence = _(
                "Thời hạn của nhiệm vụ %(task)s đã qua hoặc chưa ghi. Hãy ghi thời hạn mới cho đơn vị này."
            )
            missing[f"due_on_{share.task.pk}"] = sentence % {"task": called([share.task])}
    return missing


def _had_already(rows):
    """What the unit handed on it has no more, and still does not get here: the receiver's work came from it."""
    handed_on = [row.task for row in rows if row.state == AssignmentState.TRANSFERRED]
    if not handed_on:
        tasks = called([row.task for row in rows])
        return _("Đơn vị này đã có nhiệm vụ %(tasks)s. Hãy bỏ chọn.") % {"tasks": tasks}
    sentence = _(
        "Đơn vị này đã chuyển giao nhiệm vụ %(tasks)s cho đơn vị khác nên không nhận lại được. Hãy bỏ chọn, hoặc giao "
        "bằng một văn bản mới."
    )
    return sentence % {"tasks": called(handed_on)}


def _missing_rhythm(shares):
    over = [one.task for one in shares if one.task.recurrence and recurring.share_of(one.task) is None]
    if not over:
        return {}
    sentence = _("Nhiệm vụ %(tasks)s không còn định kỳ. Hãy bỏ chọn.")
    return {"tasks": sentence % {"tasks": called(over)}}


def _let_off(row):
    return row.state == AssignmentState.CANCELLED


def _may_be_given(row):
    """What the unit was let off, or a period that it finished before it was let off the next ones."""
    return _let_off(row) or row.let_off_at is not None


def _missing_work(unit, rows):
    if unit is None:
        return {"unit": _("Hãy chọn một đơn vị.")}
    if not rows:
        return {"unit": _("Đơn vị này không còn việc nào chưa xong dưới văn bản.")}
    return {}


def _missing_decision(rows, drop_reports):
    waiting = [row for row in rows if row.state == AssignmentState.REPORTED]
    done_before = [row.task for row in waiting if row.accepted_at]
    if done_before:
        sentence = _(
            "Nhiệm vụ %(tasks)s đã xong và có phần bổ sung chờ xác nhận. Hãy quyết định phần đó trước."
        )
        return {"drop_reports": sentence % {"tasks": called(done_before)}}
    if waiting and not drop_reports:
        sentence = _(
            "Nhiệm vụ %(tasks)s đã báo cáo, chờ xác nhận. Hãy quyết định trước, hoặc chọn bỏ cả báo cáo."
        )
        return {"drop_reports": sentence % {"tasks": called([row.task for row in waiting])}}
    return {}
