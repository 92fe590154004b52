"""What the Office does with work that has no deadline: gives it one, or looks at it again on a day, or leaves it so."""

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from directives import lifecycle
from directives.errors import Incomplete, WrongState
from directives.lifecycle import advance
from units import clock

from .requiring import require_issued, require_words, with_deadline

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
    """Look at undated work: again on a day, at most 90 days ahead; without a day it stays undated for the reason given."""
    lifecycle.check(assignment, "review", by=by)
    require_issued(assignment)
    _require_undated(assignment)
    require_words(reason=reason)
    today = clock.today()
    if review_on and not today < review_on <= today + timedelta(days=MOST_DAYS_UNREVIEWED):
        sentence = _("Ngày xem lại phải sau hôm nay và trong %(days)d ngày tới.")
        raise Incomplete(fields={"review_on": sentence % {"days": MOST_DAYS_UNREVIEWED}})
    return advance(assignment, "review", by=by, note=reason, review_on=review_on, reviewed_on=today)


def _require_undated(assignment):
    if assignment.due_on:
        raise WrongState(_("Nhiệm vụ này đã có thời hạn."))
    if assignment.period:
        raise WrongState(_("Thời hạn của nhiệm vụ định kỳ theo quy định định kỳ. Hãy đổi quy định đó."))
