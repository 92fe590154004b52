"""What the Office does with work that has no deadline: gives it one, or looks at it again on a day, or leaves it so; and with
work that rests when its day of review has come."""

from django.db import transaction
from django.utils.translation import gettext as _

from directives import lifecycle
from directives.enums import AssignmentState
from directives.errors import Incomplete, WrongState
from directives.lifecycle import advance
from units import clock

from .requiring import require_issued, require_pause_ends, require_within, require_words, with_deadline

MOST_DAYS_UNREVIEWED = 90


@transaction.atomic
def set_deadline(assignment, *, by, due_on, reason):
    """Give undated work a deadline; it is the first one, from which extensions are counted."""
    lifecycle.check(assignment, "set_deadline", by=by)
    require_issued(assignment)
    _require_undated(assignment)
    require_words(reason=reason)
    if due_on is None or due_on <= clock.today():
        raise Incomplete(fields={"due_on": _("Hãy chọn thời hạn sau hôm nay.")})
    dates = with_deadline(assignment, due_on)
    return advance(assignment, "set_deadline", by=by, note=reason, review_on=None, **dates)


@transaction.atomic
def review(assignment, *, by, reason, review_on=None):
    """Look at undated work: again on a day, at most 90 days ahead; without a day it stays undated for the reason given.

    Paused work goes on resting until a day, at most 30 days ahead.
    """
    lifecycle.check(assignment, "review", by=by)
    require_issued(assignment)
    if assignment.state == AssignmentState.PAUSED:
        require_words(reason=reason)
        require_pause_ends(review_on)
    else:
        _require_undated(assignment)
        require_words(reason=reason)
        _require_soon(review_on)
    return advance(assignment, "review", by=by, note=reason, review_on=review_on, reviewed_on=clock.today())


def _require_soon(day):
    if day is not None:
        require_within(day, MOST_DAYS_UNREVIEWED)


def _require_undated(assignment):
    if assignment.due_on:
        raise WrongState(_("Nhiệm vụ này đã có thời hạn."))
    if assignment.period:
        raise WrongState(_("Thời hạn của nhiệm vụ định kỳ theo quy định định kỳ. Hãy đổi quy định đó."))
