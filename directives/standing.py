"""Where an assignment stands on a day: the one expression that every figure, page and export uses.

The day that decides is the day the report was submitted; due today is not late.
"""

from datetime import date, timedelta

from django.db.models import Case, CharField, F, Q, Value, When

from directives.enums import AssignmentState, Standing

DUE_SOON_DAYS = 7


def standing(as_of: date) -> Case:
    """The `Standing` of an assignment on `as_of`, as SQL; no query by itself."""
    return Case(
        When(state=AssignmentState.ACCEPTED, then=_done()),
        When(state=AssignmentState.REPORTED, then=_awaiting()),
        When(state=AssignmentState.PAUSED, then=Value(Standing.PAUSED)),
        When(
            state__in=[AssignmentState.CANCELLED, AssignmentState.TRANSFERRED], then=Value(Standing.DROPPED)
        ),
        default=_open(as_of),
        output_field=CharField(),
    )


def _done():
    return Case(
        When(due_on=None, then=Value(Standing.DONE_UNDATED)),
        When(reported_on__lt=F("due_on"), then=Value(Standing.DONE_EARLY)),
        When(reported_on=F("due_on"), then=Value(Standing.DONE_ON_TIME)),
        default=Value(Standing.DONE_LATE),
    )


def _awaiting():
    in_time = Q(due_on=None) | Q(reported_on__lte=F("due_on"))
    return Case(When(in_time, then=Value(Standing.AWAITING)), default=Value(Standing.AWAITING_LATE))


def _open(as_of):
    return Case(
        When(due_on=None, then=Value(Standing.UNDATED)),
        When(due_on__lt=as_of, then=Value(Standing.OVERDUE)),
        When(due_on=as_of, then=Value(Standing.DUE_TODAY)),
        When(due_on__lte=as_of + timedelta(days=DUE_SOON_DAYS), then=Value(Standing.DUE_SOON)),
        default=Value(Standing.IN_TIME),
    )
