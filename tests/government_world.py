"""Worlds with the counts that the Government Office published: rows written as the generator writes them."""

from datetime import date, timedelta

from directives.enums import AssignmentState as State
from directives.models import Assignment, Directive, Task
from tests.factories import Office
from units import clock


class Published:
    """So much done on time and late, so much open within its deadline and overdue, given from `first` to `last`."""

    def __init__(self, first: date, last: date, *, on_time, late, within, overdue):
        self.first, self.last = first, last
        self.counts = [
            (on_time, self._done(10)),
            (late, self._done(-10)),
            (within, self._open(+30)),
            (overdue, self._open(-5)),
        ]
        self.office = Office(rooms=3)
        self.directive = self.office.issue(tasks=1, to=self.office.rooms)
        Directive.objects.update(issued_on=first)
        Assignment.objects.all().delete()
        self._fill()

    def _done(self, days_left):
        """Due on a day of the period, reported so many days before it, or after."""
        due_on = self.last - timedelta(days=20)
        reported_on = due_on - timedelta(days=days_left)
        return {
            "state": State.ACCEPTED,
            "due_on": due_on,
            "reported_on": reported_on,
            "since_on": reported_on,
            "accepted_at": _noon(reported_on),
        }

    def _open(self, days_left):
        acknowledged = {"acknowledged_at": _noon(self.first), "since_on": self.first}
        return {"state": State.IN_PROGRESS, "due_on": self.last + timedelta(days=days_left)} | acknowledged

    def _fill(self):
        rooms, day_given = self.office.rooms, self.first
        every = [fields for n, fields in self.counts for _ in range(n)]
        tasks = Task.objects.bulk_create(
            Task(directive=self.directive, position=n, label=str(n), text="Nhiệm vụ", due_on=None)
            for n in range(2, 2 + -(-len(every) // len(rooms)))
        )
        rows = (
            Assignment(
                task=tasks[n // len(rooms)],
                unit=rooms[n % len(rooms)],
                unit_name=rooms[n % len(rooms)].name,
                directive=self.directive,
                issuer=self.office.unit,
                kind=self.directive.kind,
                issued_on=day_given,
                first_due_on=fields["due_on"],
                **fields,
            )
            for n, fields in enumerate(every)
        )
        Assignment.objects.bulk_create(rows, batch_size=2000)


def _noon(day):
    return clock.now().replace(year=day.year, month=day.month, day=day.day)
