"""What a drafter must look at: read off the draft as it is now, so that a doubt goes when its cause goes."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from directives import periods, recurring
from directives.daysoff import off_words
from directives.enums import DueRule, Recurrence
from directives.parsing import parse
from directives.register import usual_notation
from units.clock import printed_day
from units.holidays import public_holidays
from units.naming import fold

from . import deadlines, doubles
from .draft import Draft, names
from .matching import Directory, parts_of
from .ordering import out_of_turn
from .prospect import gets_work


@dataclass(frozen=True)
class Doubt:
    """`anchor` is the id of the field, `what` its name, `reason` why it needs a look.

    What is `awaited` needs nothing from the drafter: the portal fills it in at the issue. `proposed` is the day that
    the printed period gives for the task of row `row`; nothing is set before the drafter says so.
    """

    anchor: str
    what: str
    reason: str
    awaited: bool = False
    proposed: date | None = None
    row: int | None = None


def doubts_of(directive, sheet: Draft, *, today, parsed=None) -> list[Doubt]:
    """The doubts of a draft, in the order of its screen. `parsed` is its source, where it has been read already.

    One query where a deadline is printed as a period, three where the source says a task twice.
    """
    parsed = parsed or parse(directive.source)
    return [
        *_heading(directive),
        *_recipients(sheet),
        *_tasks(directive, sheet, today),
        *_doubles(directive, sheet, parsed),
    ]


def _heading(directive):
    own = directive.issuer_id == directive.office_id
    if not directive.issuer:
        reason = _("chưa rõ “%(text)s” là đơn vị nào.") % {"text": directive.issuer_name}
        unnamed = _("văn bản không nêu rõ cơ quan nào ban hành.")
        yield Doubt("id_issuer", _("Cơ quan ban hành"), reason if directive.issuer_name else unnamed)
    if not directive.number and own:
        yield Doubt(
            "id_number", _("Số văn bản"), _("bản gốc để trống; số được cấp khi phát hành."), awaited=True
        )
    elif not directive.number:
        yield Doubt("id_number", _("Số văn bản"), _("văn bản nơi khác ban hành phải có số để vào sổ."))
    if not directive.notation:
        yield Doubt("id_notation", _("Ký hiệu"), _("chưa có ký hiệu."))
    elif own and directive.issuer.notation and _is_foreign(directive):
        usual = usual_notation(directive.kind, directive.issuer, directive.notation_style)
        reason = _("không có “%(own)s”, chữ viết tắt của cơ quan ban hành; thường ghi %(usual)s.")
        said = {"own": directive.issuer.notation, "usual": usual}
        yield Doubt("id_notation", _("Ký hiệu"), reason % said)
    if not directive.title:
        yield Doubt("id_title", _("Trích yếu"), _("không tìm thấy trích yếu trong văn bản."))
    if not directive.issued_on and own and not directive.number:
        reason = _("bản gốc để trống; ngày được ghi khi phát hành.")
        yield Doubt("id_issued_on", _("Ngày ban hành"), reason, awaited=True)
    elif not directive.issued_on:
        yield Doubt("id_issued_on", _("Ngày ban hành"), _("văn bản đã có số thì phải có ngày."))
    if not directive.signer_name:
        yield Doubt("id_signer_name", _("Người ký"), _("không tìm thấy họ tên người ký."))


def _is_foreign(directive):
    return fold(directive.issuer.notation) not in parts_of(directive.notation)


def _recipients(sheet):
    acting = False
    for at, line in enumerate(sheet.addressees):
        acts = gets_work(line)
        acting = acting or (acts and line.target.is_known)
        if acts and not line.target.is_known:
            reason = _("chưa rõ “%(text)s” là đơn vị hoặc nhóm nào.") % {"text": line.text}
            yield Doubt(f"id_addressee-{at}-target", _("Nơi nhận"), reason)
    if not acting and not any(target.is_known for task in sheet.tasks for target in task.leads):
        yield Doubt("noi-nhan", _("Nơi nhận"), _("chưa có đơn vị nào nhận để thực hiện."))


def _tasks(directive, sheet, today):
    orders = [task for task in sheet.tasks if not task.is_heading]
    if not orders:
        yield Doubt("nhiem-vu", _("Nhiệm vụ"), _("chưa có nhiệm vụ nào; hãy chọn đoạn văn và thêm nhiệm vụ."))
    yield from _numbering(sheet.tasks)
    days = deadlines.calendar_of(directive, sheet, today)
    for at, (task, name) in enumerate(zip(sheet.tasks, names(sheet.tasks), strict=True)):
        for target in (*task.leads, *task.supports):
            if not target.is_known:
                reason = _("chưa rõ “%(text)s” là đơn vị nào.") % {"text": target.text}
                yield Doubt(f"id_task-{at}-leads", _("Đơn vị của nhiệm vụ %(task)s") % {"task": name}, reason)
        if not task.is_heading:
            start = deadlines.first_day(directive, today)
            counted = _counted(task, start, days)
            reason = _due(task, start or today, today) or _period(task, start, counted, days, today)
            reason = reason or _day_off(task, max(start or today, today), days)
            yield from _deadline(at, name, reason, counted if counted != task.due_on else None)
            if task.recurrence and not task.due_rule:
                what = _("Hạn nhiệm vụ %(task)s") % {"task": name}
                yield Doubt(
                    f"id_task-{at}-due_rule",
                    what,
                    _("việc định kỳ chưa đặt hạn: kỳ nào cũng không có thời hạn."),
                )


def _doubles(directive, sheet, parsed):
    """What an annex says otherwise than the body, as long as the draft follows the body."""
    if not doubles.doubles_of(parsed):
        return
    called = names(sheet.tasks)
    for other in doubles.contradictions(parsed, sheet, Directory(directive.office)):
        task, at = {"task": called[other.row]}, other.row
        if other.leads:
            reason = _("phụ lục ghi chủ trì là “%(text)s”.") % {"text": "; ".join(other.leads)}
            yield Doubt(f"id_task-{at}-leads", _("Đơn vị của nhiệm vụ %(task)s") % task, reason)
        if other.deadline:
            reason = _("phụ lục ghi thời hạn “%(text)s”.") % {"text": other.deadline}
            yield Doubt(f"id_task-{at}-due_on", _("Hạn nhiệm vụ %(task)s") % task, reason)


def _numbering(tasks):
    turns = out_of_turn([task.label for task in tasks], [task.level for task in tasks])
    for at, reason in turns.items():
        yield Doubt(f"id_task-{at}-label", _("Số mục của nhiệm vụ thứ %(n)s") % {"n": at + 1}, reason)


def _deadline(at, name, reason, proposed):
    if reason:
        what = _("Hạn nhiệm vụ %(task)s") % {"task": name}
        yield Doubt(f"id_task-{at}-due_on", what, reason, proposed=proposed, row=at)


def _due(task, first_day, today):
    """A day that is past before the task is given."""
    if not task.due_on or task.due_on >= max(first_day, today):
        return ""
    if task.due_on >= first_day:
        return _("thời hạn đã qua; vào sổ xong là quá hạn ngay.")
    sooner = _("thời hạn sớm hơn ngày ban hành %(day)s.") % {"day": printed_day(first_day)}
    return _("thời hạn đã qua trước khi ban hành.") if first_day == today else sooner


def _day_off(task, day, days):
    """A deadline, or that of the first period from `day`, on which no office works."""
    due_on = _first_due(task, day) if task.recurrence else task.due_on
    return off_words(due_on, **(days or {"off": public_holidays(due_on.year, due_on.year)})) if due_on else ""


def _first_due(task, day):
    """None where working days are counted, for these are worked, and of a rule that cannot be carried out."""
    rule = task.rule
    if rule.due == DueRule.WORKING_DAYS or rule.every not in Recurrence.values or periods.faults(rule):
        return None
    return recurring.coming(rule, day, count=1)[0].due_on


def _counted(task, start, days):
    return deadlines.counted_day(task.due_text, start, **days) if start and not task.recurrence else None


def _period(task, start, counted, days, today):
    """A deadline still missing, or counted from another day than that of issue."""
    missing = not (task.due_on or task.undated_reason or task.review_on or task.recurrence)
    if counted and (missing or task.due_on not in (None, counted)):
        return _unlike(task, days, _if_issued(start, counted, today))
    if missing:
        printed = _("thời hạn “%(text)s” chưa quy ra được ngày.") % {"text": task.due_text}
        return printed if task.due_text else _("văn bản không nêu thời hạn.")
    return ""


def _unlike(task, days, issued):
    said = {"text": task.due_text, "issued": issued}
    if not task.due_on:
        return _("văn bản ghi “%(text)s”; %(issued)s.") % said
    if start := deadlines.starting_day(task.due_text, task.due_on, **days):
        return _("thời hạn tính từ ngày %(day)s; %(issued)s.") % (said | {"day": printed_day(start)})
    return _("thời hạn không khớp với “%(text)s”; %(issued)s.") % said


def _if_issued(start, counted, today):
    if start == today:
        return _("nếu ban hành hôm nay là %(day)s") % {"day": printed_day(counted)}
    return _("tính từ ngày ban hành %(start)s là %(day)s") % {
        "start": printed_day(start),
        "day": printed_day(counted),
    }
