"""What has changed since: a frozen row beside the same row as it stands today."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef

from directives import compliance, rules
from directives.compliance import BY_KEY, COLUMNS, Fact, Span
from directives.enums import AssignmentState, ReportOutcome, UrgingKind
from directives.models import Assignment, ProgressNote, Report, Request, Snapshot, Urging

from .rows import CHUNK, FrozenRow, chunks, columns_of
from .table import frozen_table


@dataclass(frozen=True)
class Change:
    """One row of a snapshot of which something is otherwise today, with what happened to it in the order of weight.

    `number` is its place in the snapshot. `now` has today's `state`, `stands`, `due_on`, `reported_on`; None where the
    row is gone, or is of a unit that the office oversees no more.
    """

    number: int
    then: FrozenRow
    now: Any
    what: list[str]


def changes(snapshot: Snapshot, span: Span, *, first: int = 0) -> Iterator[Change]:
    """The rows of which something changed, from one place of the snapshot on. `span` is the frozen period as of today.
    Two queries more for each thousand rows it passes."""
    columns = [column.key if column.key in BY_KEY else None for column in frozen_table(snapshot).columns]
    for at, rows in enumerate(chunks(snapshot, first=first // CHUNK), start=first // CHUNK):
        pks = [row.assignment_id for row in rows]
        now, counted = _now(snapshot, pks, span), _counted(pks, span)
        for number, row in enumerate(rows, start=at * CHUNK):
            pk = row.assignment_id
            what = _what(row, now.get(pk), _moved(row, columns, counted.get(pk, ())))
            if what and number >= first:
                yield Change(number, row, now.get(pk), what)


def _counted(pks, span) -> dict[int, list[int]]:
    """Which columns count each row today; a row that the period counts no more is in none."""
    rows = compliance.standing_on(Assignment.objects.filter(pk__in=pks), span)
    found = compliance.with_facts(rows, span, *Fact._fields).values_list("pk", *Fact._fields)
    return {pk: columns_of(Fact(*facts)) for pk, *facts in found}


def _moved(then, columns, now) -> bool:
    """Whether other columns count the row today, of those that there were then and still are."""
    counted = {COLUMNS[at].key for at in now}
    return {columns[at] for at in then.counted} - {None} != counted.intersection(columns)


def _now(snapshot, keys, span):
    overseen = Assignment.objects.filter(rules.overseen_assignments(snapshot.office), pk__in=keys)
    found = compliance.standing_on(overseen, span.as_of)
    found = found.annotate(due_then=F("then_due_on"), reported_then=F("then_reported_on"))
    found = found.annotate(**_happened_since(min(compliance.end_of(snapshot.as_of), snapshot.taken_at)))
    fields = ("state", "is_returned", "issued_on", "due_on", "reported_on", "duty")
    return {row.pk: row for row in found.only(*fields)}


def _happened_since(moment):
    """What is told of a row though it may stand as it did."""
    happened = {
        "urged": Urging.objects.filter(kind=UrgingKind.URGE, urged_at__gte=moment),
        "asked": compliance.by_units(Request.objects.filter(asked_at__gte=moment)),
        "noted": ProgressNote.objects.filter(noted_at__gte=moment),
        "sent_back": Report.objects.filter(outcome=ReportOutcome.RETURNED, decided_at__gte=moment),
        "reported": Report.objects.exclude(outcome=ReportOutcome.INTERNAL).filter(reported_at__gte=moment),
    }
    return {word: Exists(those.filter(assignment=OuterRef("pk"))) for word, those in happened.items()}


def _what(then, now, is_moved) -> list[str]:
    """In words of `WHAT`. What time alone has changed is told where nothing else happened."""
    if now is None:
        return ["gone"]
    found = _given_again(now) if _is_given_again(then, now) else _became(then, now)
    if now.duty != then.duty:
        found.append("duty")
    if now.is_returned and now.sent_back and not then.came_back:
        found.append("returned")
    if not found and now.reported_on != then.reported_on:
        found.append("reported_again")
    found += [word for word in ("urged", "asked") if getattr(now, word)]
    if not found and (now.noted or now.reported):
        found.append("updated")
    if not found and (now.stands != then.stands or is_moved):
        found.append("time")
    return list(dict.fromkeys(found))


def _is_given_again(then, now):
    """On another day, or on the day of issue itself: nothing else but the end of a pause leads back to the beginning."""
    begins = now.state == AssignmentState.NOT_STARTED
    return now.issued_on != then.issued_on or (begins and then.state not in _BEFORE_RECEIPT)


def _given_again(now):
    """What had been done of it until then does not count any more; its deadline is the first of the work given anew."""
    begun = now.state != AssignmentState.NOT_STARTED
    return ["given_again", *([_of_state(AssignmentState.NOT_STARTED, now)] if begun else [])]


def _became(then, now):
    found = [_of_state(then.state, now)] if now.state != then.state else []
    return found + ([_of_deadline(then.due_on, now.due_on)] if now.due_on != then.due_on else [])


_BEFORE_RECEIPT = (AssignmentState.NOT_STARTED, AssignmentState.PAUSED)
_BECAME = {
    AssignmentState.ACCEPTED: "done",
    AssignmentState.REPORTED: "reported",
    AssignmentState.PAUSED: "paused",
    AssignmentState.CANCELLED: "cancelled",
    AssignmentState.TRANSFERRED: "transferred",
}


def _of_state(then, now):
    if now.state in _BECAME:
        return _BECAME[now.state]
    if then in (AssignmentState.ACCEPTED, AssignmentState.CANCELLED):
        return "reopened"
    if then == AssignmentState.REPORTED:
        return "returned" if now.is_returned and now.sent_back else "withdrawn"
    return "resumed" if then == AssignmentState.PAUSED else "acknowledged"


def _of_deadline(then, now):
    if then is None:
        return "dated"
    if now is None:
        return "undated"
    return "extended" if now > then else "hastened"
