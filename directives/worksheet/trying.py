"""What the rows of a filled-in table would do, and the doing of it."""

from django.db import transaction
from django.utils.translation import gettext as _

from directives import lifecycle, rules, tracking
from directives.errors import Incomplete, Refused
from directives.models import Assignment, ProgressNote
from units import clock
from units.naming import fold

from .lines import Act, Line


class _Undone(Exception):  # noqa: N818 - the way out of a trial, no failure
    pass


def examine(lines: list[Line], *, by) -> list[Line]:
    """Find the work of each row and try the row; nothing is kept. Two queries, and some twenty for a row that does something.

    What it writes into `faults` is what the verb itself answers.
    """
    _find_work(lines, by)
    try:
        with transaction.atomic():
            _try_all(_to_do(lines), by)
            raise _Undone
    except _Undone:
        _find_work(lines, by)
    return lines


@transaction.atomic
def carry_out(lines: list[Line], *, by) -> int:
    """Do every row without a fault, or none: what was changed by somebody since is a fault, and undoes all.

    How many were done. Raises `Incomplete` when a row that had no fault has one now; they stand in the lines.
    """
    _find_work(lines, by)
    todo = _to_do(lines)
    _try_all(todo, by)
    if any(line.faults for line in lines):
        raise Incomplete(_("Chưa gửi dòng nào: có việc vừa thay đổi. Hãy xem lại các dòng chưa nhận."))
    return len(todo)


def _find_work(lines, by):
    """The rows as they are now, with the per cent last told. Two queries."""
    owed = Assignment.objects.filter(rules.owed_assignments(by), pk__in={line.key for line in lines})
    works = {work.pk: work for work in owed.select_related("directive", "task", "unit")}
    told = ProgressNote.objects.filter(assignment__in=works, percent__isnull=False).order_by("noted_at", "pk")
    percents = dict(told.values_list("assignment", "percent"))
    for line in lines:
        line.work = works.get(line.key)
        if line.work is not None:
            line.work.percent = percents.get(line.key)
        elif not line.faults:
            line.faults.append(_("Không có việc mang mã này trong danh sách của đơn vị."))
        if line.work is not None and not line.faults and _slipped(line):
            line.faults.append(
                _(
                    "Mã việc không đi cùng số, ký hiệu và mục của dòng này: có thể bảng đã bị sắp xếp lệch cột."
                )
            )


def _to_do(lines):
    """Document by document: two tables sent at once wait for each other at the first they share, and never in a circle."""
    saying = [line for line in lines if line.act in (Act.REPORT, Act.NOTE)]
    return sorted(saying, key=lambda line: (line.work.directive_id, line.work.pk))


def _slipped(line):
    """Whether the row tells of another document or item than its key does. What it does not tell is not asked."""
    code = line.code and fold(line.code) != fold(line.work.directive.code)
    label = line.label and fold(line.label) != fold(line.work.task.label)
    return bool(code or label)


def _try_all(lines, by):
    lifecycle.hold_all([line.work for line in lines])
    for line in lines:
        _try(line, by)


def _try(line, by):
    try:
        with transaction.atomic():
            _do(line, by)
    except Refused as refused:
        line.faults += map(str, getattr(refused, "fields", {}).values() or [refused.sentence])


def _do(line, by):
    if line.act == Act.REPORT:
        tracking.report(line.work, by=by, text=line.text, evidence=_evidence(line))
    elif line.act == Act.NOTE:
        tracking.note_progress(line.work, by=by, text=line.text, percent=line.percent, obstacle=line.obstacle)


def _evidence(line):
    if not line.document:
        return []
    if line.dated_on > clock.today():
        raise Incomplete(fields={"dated_on": _("Ngày văn bản không được sau hôm nay.")})
    return [tracking.Document(line.document, line.dated_on, line.addressed_to)]
