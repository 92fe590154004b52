"""A letter with one recurring task of some rooms, and the days on which things happen to it."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from directives import issuing, recurring
from directives.models import Assignment
from directives.periods import Rule
from tests.factories import Office
from units import clock

QUARTERLY = Rule("quarterly", due="last_month", day=15)
MONTHLY = Rule("monthly", due="next_month", day=5)
SAIGON = ZoneInfo("Asia/Ho_Chi_Minh")


def on(day: str, hour=9):
    """That day, in the morning."""
    return clock.travel(
        datetime.combine(date.fromisoformat(day), datetime.min.time(), SAIGON).replace(hour=hour)
    )


class Duties:
    """A letter with one recurring task of two rooms, and perhaps others that come once."""

    def __init__(self, rule=QUARTERLY, issued="2024-08-20", rooms=2, others=0):
        with on("2024-01-10"):
            self.office = Office(rooms=rooms)
        self.first, self.second, *_ = self.office.rooms
        with on(issued):
            self.letter = self.office.draft(tasks=1 + others, due_in=200 if others else None)
            self.task = self.letter.tasks.order_by("position").first()
            same = self.letter.tasks.filter(pk=self.task.pk)
            same.update(due_on=None, undated_reason="", **recurring.columns(rule))
            issuing.submit(self.letter, by=self.office.clerk)
            issuing.sign(self.letter, by=self.office.leader)
            issuing.issue(self.letter, by=self.office.clerk)
        self.task.refresh_from_db()

    def open(self, day):
        with on(day):
            return recurring.open_periods()

    def row(self, unit, period):
        found = Assignment.objects.select_related("directive", "task")
        return found.get(unit=unit, period=period, task=self.task)

    def periods(self, unit=None):
        rows = Assignment.objects.filter(task=self.task, unit=unit or self.first).order_by("issued_on")
        return list(rows.values_list("period", flat=True))

    def dates(self, unit=None):
        rows = Assignment.objects.filter(task=self.task, unit=unit or self.first).order_by("issued_on")
        return [
            (row.period, row.issued_on.isoformat(), row.due_on and row.due_on.isoformat()) for row in rows
        ]

    def change(self, day, rule, by=None, reason="Theo quyết định mới"):
        with on(day):
            return recurring.change_rhythm(self.task, by=by or self.office.leader, rule=rule, reason=reason)
