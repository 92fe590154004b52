"""Where an assignment stands on a day: the one expression that every figure, page and export uses.

The day that decides is the day the report was submitted; due today is not late.
"""

from datetime import date, timedelta

from django.db.models import Case, CharField, DateField, F, Func, IntegerField, Q, Value, When

from directives.enums import OPEN, AssignmentState, Standing

DUE_SOON_DAYS = 7


def standing(as_of: date, prefix: str = "") -> Case:
    """The `Standing` of an assignment on `as_of`, as SQL; no query by itself.

    `prefix` names the columns of another day's state and dates (`phases.as_of`).
    """
    state, due_on, reported_on = (f"{prefix}{name}" for name in ("state", "due_on", "reported_on"))
    return Case(
        When(**{state: AssignmentState.ACCEPTED}, then=_done(due_on, reported_on)),
        When(**{state: AssignmentState.REPORTED}, then=_awaiting(due_on, reported_on)),
        When(**{state: AssignmentState.PAUSED}, then=Value(Standing.PAUSED)),
        When(
            **{f"{state}__in": [AssignmentState.CANCELLED, AssignmentState.TRANSFERRED]},
            then=Value(Standing.DROPPED),
        ),
        default=_open(as_of, due_on),
        output_field=CharField(),
    )


def _done(due_on, reported_on):
    return Case(
        When(**{due_on: None}, then=Value(Standing.DONE_UNDATED)),
        When(**{f"{reported_on}__lt": F(due_on)}, then=Value(Standing.DONE_EARLY)),
        When(**{reported_on: F(due_on)}, then=Value(Standing.DONE_ON_TIME)),
        default=Value(Standing.DONE_LATE),
    )


def _awaiting(due_on, reported_on):
    in_time = Q(**{due_on: None}) | Q(**{f"{reported_on}__lte": F(due_on)})
    return Case(When(in_time, then=Value(Standing.AWAITING)), default=Value(Standing.AWAITING_LATE))


def _open(as_of, due_on):
    soon = as_of + timedelta(days=DUE_SOON_DAYS)
    return Case(
        When(**{due_on: None}, then=Value(Standing.UNDATED)),
        When(**{f"{due_on}__lt": as_of}, then=Value(Standing.OVERDUE)),
        When(**{due_on: as_of}, then=Value(Standing.DUE_TODAY)),
        When(**{f"{due_on}__lte": soon}, then=Value(Standing.DUE_SOON)),
        default=Value(Standing.IN_TIME),
    )


def overdue(as_of: date) -> Q:
    """What stands overdue on `as_of`, as a filter that an index serves; of today's states alone."""
    return Q(state__in=OPEN, due_on__lt=as_of)


def late_by(as_of: date, prefix: str = "") -> Case:
    """How many days after its deadline it was reported, or stands on `as_of` while nothing is, below zero before it, as
    SQL. NULL without a deadline, and for what was reported by it."""
    state, due_on, reported_on = (f"{prefix}{name}" for name in ("state", "due_on", "reported_on"))
    reported = Q(**{f"{state}__in": [AssignmentState.REPORTED, AssignmentState.ACCEPTED]})
    return Case(
        When(reported, **{f"{reported_on}__gt": F(due_on)}, then=DaysBetween(due_on, reported_on)),
        When(reported, then=None),
        default=DaysBetween(due_on, Value(as_of, DateField())),
        output_field=IntegerField(),
    )


class DaysBetween(Func):
    """From one date to a later one, as a number; below zero where the second is the earlier."""

    template = "(%(expressions)s)"
    output_field = IntegerField()

    def __init__(self, first, last):
        super().__init__(last, first, arg_joiner=" - ")

    def as_sqlite(self, compiler, connection, **context):
        template = "CAST(JULIANDAY(%(expressions)s) AS INTEGER)"
        return self.as_sql(compiler, connection, template=template, arg_joiner=") - JULIANDAY(", **context)
