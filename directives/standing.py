"""Where an assignment stands on a day: the one expression that every figure, page and export uses.

The day that decides is the day the report was submitted; due today is not late.
"""

from datetime import date, timedelta

from django.db.models import Case, CharField, F, Q, Value, When

from directives.enums import AssignmentState, Standing

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
