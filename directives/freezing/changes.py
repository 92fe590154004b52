"""What has changed since: a frozen row beside the same row as it stands today."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef

from directives import compliance, rules
from directives.enums import AssignmentState, UrgingKind
from directives.models import Assignment, ProgressNote, Request, Snapshot, Urging

from .rows import CHUNK, FrozenRow, chunks


@dataclass(frozen=True)
class Change:
    """One row of a snapshot that stands otherwise today, with what happened to it in the order of weight.

    `number` is its place in the snapshot. `now` has today's `state`, `stands`, `due_on`, `reported_on`; None where the
    row is gone, or is of a unit that the office oversees no more.
    """

    number: int
    then: FrozenRow
    now: Any
    what: list[str]


def changes(snapshot: Snapshot, today: date, *, first: int = 0) -> Iterator[Change]:
    """The rows that changed, from one place of the snapshot on. One query more for each thousand rows it passes."""
    for at, rows in enumerate(chunks(snapshot, first=first // CHUNK), start=first // CHUNK):
        now = _now(snapshot, [row.assignment_id for row in rows], today)
        for number, row in enumerate(rows, start=at * CHUNK):
            what = _what(row, now.get(row.assignment_id))
            if what and number >= first:
                yield Change(number, row, now.get(row.assignment_id), what)


def _now(snapshot, keys, today):
    overseen = Assignment.objects.filter(rules.overseen_assignments(snapshot.office), pk__in=keys)
    found = compliance.standing_on(overseen, today)
    found = found.annotate(due_then=F("then_due_on"), reported_then=F("then_reported_on"))
    found = found.annotate(**_happened_since(min(compliance.end_of(snapshot.as_of), snapshot.taken_at)))
    fields = ("state", "is_returned", "due_on", "reported_on")
    return {row.pk: row for row in found.only(*fields)}


def _happened_since(moment):
    """What is counted though the row stands as it did."""

    happened = {
        "urged": Urging.objects.filter(kind=UrgingKind.URGE, urged_at__gte=moment),
        "asked": compliance.by_units(Request.objects.filter(asked_at__gte=moment)),
        "noted": ProgressNote.objects.filter(noted_at__gte=moment),
    }
    return {word: Exists(those.filter(assignment=OuterRef("pk"))) for word, those in happened.items()}


def _what(then, now) -> list[str]:
    """In words of `WHAT`. What only time has made late is told where nothing else happened."""
    if now is None:
        return ["gone"]
    found = [_of_state(then.state, now)] if now.state != then.state else []
    if now.due_on != then.due_on:
        found.append(_of_deadline(then.due_on, now.due_on))
    if now.is_returned and not then.came_back:
        found.append("returned")
    if not found and now.reported_on != then.reported_on:
        found.append("reported_again")
    found += [word for word in ("urged", "asked") if getattr(now, word)]
    if not found and now.noted:
        found.append("noted")
    if not found and now.stands != then.stands:
        found.append("time")
    return list(dict.fromkeys(found))


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
        return "returned" if now.is_returned else "withdrawn"
    return "resumed" if then == AssignmentState.PAUSED else "acknowledged"


def _of_deadline(then, now):
    if then is None:
        return "dated"
    if now is None:
        return "undated"
    return "extended" if now > then else "hastened"
