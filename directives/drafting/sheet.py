"""The draft that is kept, read back as the rows a drafter edits."""

from django.db.models import Prefetch

from directives import chaining
from directives.enums import Duty
from directives.models import Assignment

from .draft import COLUMNS, AddresseeRow, CitationRow, Draft, TaskRow, levels, passages
from .matching import Target


def sheet_of(directive) -> Draft:
    """The directive as a `Draft`. Four queries, whatever its length; one more where a task carries out a superior's."""
    above = Prefetch("implements", chaining.named(Assignment.objects))
    rows = directive.tasks.order_by("position", "pk")
    tasks = list(rows.prefetch_related("units__unit", "units__group", above))
    opening, closing = passages(directive, tasks)
    depths = levels(tasks)
    return Draft(
        columns={name: getattr(directive, name) for name in COLUMNS},
        tasks=[_task(task, depths[task.pk]) for task in tasks],
        addressees=[_addressee(line) for line in directive.addressees.select_related("unit", "group")],
        citations=[_citation(line) for line in directive.citations.all()],
        opening=opening,
        closing=closing,
    )


def _task(task, level):
    return TaskRow(
        pk=task.pk,
        label=task.label,
        text=task.text,
        level=level,
        is_heading=task.is_heading,
        leads=_targets(task, Duty.LEAD),
        supports=_targets(task, Duty.SUPPORT),
        due_on=task.due_on,
        due_text=task.due_text,
        undated_reason=task.undated_reason,
        review_on=task.review_on,
        recurrence=task.recurrence,
        period_system=task.period_system,
        due_rule=task.due_rule,
        due_day=task.due_day,
        due_month=task.due_month,
        deliverable=task.deliverable,
        implements=task.implements,
    )


def _targets(task, duty):
    return tuple(target_of(line) for line in task.units.all() if line.duty == duty)


def target_of(line) -> Target:
    """The target of a task's unit or of an addressee."""
    return Target(line.text, unit=line.unit, group=line.group, excepted=tuple(line.excepted))


def _addressee(line):
    return AddresseeRow(
        text=line.text,
        target=target_of(line) if line.unit or line.group else Target(""),
        purpose=line.purpose,
        printed_purpose=line.printed_purpose,
        salutation=line.salutation,
    )


def _citation(line):
    return CitationRow(
        relation=line.relation,
        kind=line.kind,
        code=line.code,
        dated_on=line.dated_on,
        issuer_name=line.issuer_name,
    )
