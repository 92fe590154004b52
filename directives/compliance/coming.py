"""Of a matrix what no figure counts yet: the periods of recurring tasks that have not begun."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.db.models import Case, CharField, F, OuterRef, Q, QuerySet, Subquery, TextField, When
from django.db.models.functions import Cast

from directives.enums import AssignmentState, Recurrence

from .packing import FIELD, ROW, Joined, Pack

LET_OFF = [AssignmentState.CANCELLED, AssignmentState.TRANSFERRED]


@dataclass(frozen=True, order=True, slots=True)
class Ahead:
    """A period of which a unit has been given its work, and the day on which it begins."""

    begins: date


class Coming(NamedTuple):
    """Of one task how many units have nothing but a period ahead, when the first begins; the unit where it is one."""

    n: int
    begins: date
    unit_id: int | None
    name: str


def packed_ahead(assignments: QuerySet, as_of: date) -> Case:
    """Of a query of tasks, as one text, which of the assignments begin after that day: `17|2024-10-01,…`. NULL where the
    task comes back no more than once, which is found without looking at its rows."""
    waiting = assignments.filter(Q(issued_on__gt=as_of), task=OuterRef("pk")).exclude(state__in=LET_OFF)
    one = Joined(
        Cast(F("unit_id"), CharField()), Cast(F("issued_on"), CharField()), arg_joiner=f" || '{FIELD}' || "
    )
    text = Subquery(waiting.order_by().values("task").annotate(ahead=Pack(one)).values("ahead"))
    return Case(When(recurrence=Recurrence.NONE, then=None), default=text, output_field=TextField())


def read_ahead(packed: Iterable[str | None]) -> dict[str, dict[int, Ahead]]:
    """Unit → by the place of a task the first period ahead, of the texts of `packed_ahead` in the order of the tasks."""
    found: dict[str, dict[int, Ahead]] = defaultdict(dict)
    for place, text in enumerate(packed):
        for one in text.split(ROW) if text else ():
            unit, begins = one.split(FIELD)
            ahead = Ahead(date.fromisoformat(begins))
            found[unit][place] = min(ahead, found[unit].get(place, ahead))
    return found


def coming_of(rows: Iterable, tasks: list[int]) -> Mapping[int, Coming]:
    """By task what the units of a matrix have ahead of them where nothing has begun."""
    by_task = defaultdict(list)
    for row in rows:
        for place, ahead in row.ahead.items():
            by_task[tasks[place]].append((ahead.begins, row))
    return {task: _coming(found) for task, found in by_task.items()}


def _coming(found) -> Coming:
    begins = min(day for day, _ in found)
    if len(found) > 1:
        return Coming(len(found), begins, None, "")
    [(_, row)] = found
    return Coming(1, begins, row.unit_id, row.name)
