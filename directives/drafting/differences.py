"""Two hands on one draft: what each says, field by field, where they do not say the same."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from directives import chaining, periods
from directives.models import Directive
from units.clock import printed_day

from .draft import Draft, TaskRow
from .matching import SEPARATOR


@dataclass(frozen=True)
class Difference:
    """`kept` is what the other person saved, `typed` what this one wants."""

    what: str
    kept: str
    typed: str


def differences(kept: Draft, typed: Draft) -> list[Difference]:
    """Where two drafts of one directive differ. No queries beyond names of units not loaded yet."""
    return [*_columns(kept, typed), *_texts(kept, typed), *_tasks(kept, typed), *_lines(kept, typed)]


def _columns(kept, typed):
    for name, value in typed.columns.items():
        if kept.columns[name] != value:
            field = Directive._meta.get_field(name)
            choices = dict(field.flatchoices)
            yield Difference(
                _capital(field.verbose_name), _said(choices, kept.columns[name]), _said(choices, value)
            )


def _texts(kept, typed):
    for what, name in ((_("Lời dẫn"), "opening"), (_("Phần kết"), "closing")):
        if getattr(kept, name) != getattr(typed, name):
            yield Difference(what, getattr(kept, name) or "", getattr(typed, name) or "")


def _tasks(kept, typed):
    theirs = {row.pk: row for row in kept.tasks}
    mine = {row.pk: row for row in typed.tasks if row.pk in theirs}
    for pk, row in theirs.items():
        if pk not in mine:
            yield Difference(_task_name(row), _task(row), "")
        else:
            yield from _cells(row, mine[pk])
    for row in typed.tasks:
        if row.pk not in theirs:
            yield Difference(_task_name(row), "", _task(row))
    order = (
        [row.pk for row in kept.tasks if row.pk in mine],
        [row.pk for row in typed.tasks if row.pk in mine],
    )
    if order[0] != order[1]:
        yield Difference(_("Thứ tự nhiệm vụ"), _labels(kept.tasks), _labels(typed.tasks))


def _cells(theirs, mine):
    """The fields of one task that differ, each under its name."""
    for what, said in _said_of_task():
        if said(theirs) != said(mine):
            yield Difference(f"{_task_name(theirs)}: {what}", said(theirs), said(mine))


def _said_of_task():
    return (
        (_("số mục"), lambda row: row.label),
        (_("nội dung"), lambda row: row.text),
        (_("chủ trì"), lambda row: _units(row.leads)),
        (_("phối hợp"), lambda row: _units(row.supports)),
        (_("thời hạn"), _deadline),
        (_("sản phẩm"), lambda row: row.deliverable),
        (
            _("thực hiện nhiệm vụ cấp trên giao"),
            lambda row: row.implements and chaining.called(row.implements),
        ),
        (_("cấp trong danh sách"), lambda row: str(row.level + 1)),
        (_("chỉ là tiêu đề"), lambda row: _("có") if row.is_heading else _("không")),
    )


def _deadline(row):
    printed = [printed_day(day) if day else "" for day in (row.due_on, row.review_on)]
    every = periods.said(row.rule) if row.recurrence else ""
    return " · ".join(filter(None, [printed[0], row.undated_reason, every, printed[1]]))


def _units(targets):
    return f"{SEPARATOR} ".join(target.text for target in targets)


def _task_name(row):
    return _("Nhiệm vụ %(label)s") % {"label": row.label or ""}


def _task(row: TaskRow):
    return "\n".join(
        filter(None, [row.text, _units([*row.leads, *row.supports]), _deadline(row), row.deliverable])
    )


def _labels(rows):
    return ", ".join(row.label or row.text[:20] for row in rows)


def _lines(kept, typed):
    for what, name, said in (
        (_("Nơi nhận"), "addressees", _addressee),
        (_("Căn cứ"), "citations", _citation),
    ):
        theirs, mine = list(getattr(kept, name)), list(getattr(typed, name))
        if theirs != mine:
            yield Difference(what, "\n".join(map(said, theirs)), "\n".join(map(said, mine)))


def _addressee(row):
    return " · ".join(filter(None, [row.text, row.target.unit and row.target.unit.name, row.printed_purpose]))


def _citation(row):
    return " · ".join(filter(None, [row.kind, row.code, printed_day(row.dated_on) if row.dated_on else ""]))


def _said(choices, value):
    if value in choices:
        return str(choices[value])
    return (
        ""
        if value is None
        else {True: _("có"), False: _("không")}.get(value, str(value))
        if isinstance(value, bool)
        else str(value)
    )


def _capital(name):
    return str(name)[:1].upper() + str(name)[1:]
