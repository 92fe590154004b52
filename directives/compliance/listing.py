"""The detail list ("Phụ lục danh mục nhiệm vụ"): one piece of work a row, with what was said of it until then."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F, Prefetch, Q, QuerySet
from django.db.models.functions import TruncDate

from directives.enums import Duty, ReportOutcome, Standing
from directives.models import Assignment, Evidence, ProgressNote, Report

from .columns import Detail, Listed
from .facts import end_of
from .figures import rows, standing_on
from .spans import THEN, Arrival, Span
from .tally import Tally

# What is read of a row; a list of a whole province is read through in pieces of so many rows.
CHUNK = 1000
SHOWN = (
    "unit_name", "period", "directive__code", "directive__kind", "directive__issued_on",
    "directive__title", "directive__signer_title", "directive__signer_name", "task__label", "task__text",
    "task__deliverable", "issuer__name",
)  # fmt: skip
# Received from whoever it was in the period.
RECEIVED = Detail(
    "giao-trong-ky", Tally.total.label, {"arrival": frozenset([Arrival.ASSIGNED, Arrival.TRANSFERRED_IN])}
)


@dataclass(frozen=True)
class DetailRow:
    """One row of the list, as it was known: `work` is the row of `detail_rows`."""

    work: Any
    as_of: date

    @property
    def standing(self) -> Standing:
        return Standing(self.work.stands)

    @property
    def first_due_on(self) -> date | None:
        return (self.work.first_due_then or self.work.due_then) if self.work.due_then else None

    @property
    def moved_due_on(self) -> date | None:
        """The deadline in force, where it is another than the first one."""
        return self.work.due_then if self.work.due_then != self.first_due_on else None

    @property
    def days_late(self) -> int | None:
        """How long it is overdue, or was when it was reported."""
        due_on = self.work.due_then
        if self.standing == Standing.OVERDUE:
            return (self.as_of - due_on).days
        if self.standing in {Standing.DONE_LATE, Standing.AWAITING_LATE}:
            return (self.work.reported_then - due_on).days
        return None

    @property
    def supporters(self) -> list[str]:
        """Whoever supports the same task in the same period, as far as the reader sees."""
        names = (one.unit_name for one in self.work.task.supporting if one.period == self.work.period)
        return list(dict.fromkeys(names))

    @property
    def report(self) -> Report | None:
        """What the unit said last."""
        return self.work.told[-1] if self.work.told else None

    @property
    def note(self) -> ProgressNote | None:
        return self.work.noted[-1] if self.work.noted else None

    @property
    def obstacle(self) -> str:
        """What stood in the way last and was not answered yet."""
        known = (one for one in reversed(self.work.noted) if one.obstacle)
        return next(
            (one.obstacle for one in known if not one.answered_at or one.answered_at >= end_of(self.as_of)),
            "",
        )


def detail_rows(
    assignments: QuerySet[Assignment],
    span: Span,
    line: Listed,
    *,
    beside: QuerySet[Assignment],
    where: Q | None = None,
) -> QuerySet:
    """The rows behind a number with all that the list tells of them, in the order of documents and tasks.

    `beside` is all that the reader sees, whatever the list is narrowed to: from it come the units that supported the same
    task then. What a unit took back until then it has not said, nor anything of work it was let off and given anew. Five
    queries for each piece that is read.
    """
    found = rows(assignments, span, line).annotate(first_due_then=F(f"{THEN}first_due_on"))
    found = found.select_related("task", "directive", "issuer").only(*SHOWN)
    until = end_of(span.as_of)
    told = Report.objects.exclude(outcome=ReportOutcome.INTERNAL).filter(reported_at__lt=until)
    told = told.exclude(outcome=ReportOutcome.WITHDRAWN, decided_at__lt=until).exclude(_of_before(span))
    proof = Prefetch("evidence", Evidence.objects.only("report", "file_name", "code", "dated_on"))
    told = (
        told.only("assignment", "text", "reported_at").order_by("reported_at", "pk").prefetch_related(proof)
    )
    noted = ProgressNote.objects.filter(noted_at__lt=until).order_by("noted_at", "pk")
    known = standing_on(beside, span.as_of).exclude(stands=Standing.DROPPED)
    supporting = (
        known.filter(duty_then=Duty.SUPPORT).only("task", "period", "unit_name").order_by("unit_name")
    )
    found = found.prefetch_related(
        Prefetch("reports", told, to_attr="told"),
        Prefetch("progress_notes", noted, to_attr="noted"),
        Prefetch("task__assignments", supporting, to_attr="supporting"),
    )
    return (found.filter(where) if where is not None else found).order_by("directive_id", "task_id", "pk")


def _of_before(span) -> Q:
    """Reports that were dropped with the work, before it was given to the unit anew."""
    anew = {"assignment__issued_on__lte": span.as_of, "assignment__issued_on__gt": TruncDate("reported_at")}
    return Q(outcome=ReportOutcome.DROPPED, **anew)


def read_through(found: QuerySet, span: Span) -> Iterator[DetailRow]:
    """Every row of `detail_rows`, without keeping any."""
    return (DetailRow(work, span.as_of) for work in found.iterator(chunk_size=CHUNK))


def fallen_due_in(span: Span) -> Q:
    """What had its deadline in the period."""
    last = span.last or span.as_of
    due = Q(due_then__lte=last)
    return due & Q(due_then__gte=span.first) if span.first else due
