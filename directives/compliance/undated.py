"""What the Office looks at again: work without a deadline, with how long nobody has moved it, and work that is paused."""

from datetime import date, datetime, time, timedelta

from django.db.models import DateField, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Greatest, TruncDate
from django.utils import timezone

from directives import rules
from directives.enums import OPEN, AssignmentState
from directives.models import ProgressNote

# From so many days on it stands in the queue; from so many it stands out there.
STALE_DAYS, LONG_STALE_DAYS = 30, 90


def moved_on() -> Greatest:
    """The last day on which the work was given, told of, or looked at by the Office; as SQL, no query by itself."""
    noted = ProgressNote.objects.filter(assignment=OuterRef("pk")).order_by("-noted_at").values("noted_at")
    told_on = Coalesce(TruncDate(Subquery(noted[:1])), F("issued_on"), output_field=DateField())
    return Greatest(F("issued_on"), Coalesce(F("reviewed_on"), F("issued_on")), told_on)


def is_undated() -> Q:
    """Open, without a deadline, and not of a period, which says by itself when the work comes back."""
    return Q(state__in=OPEN, due_on=None, period="")


def to_review(user, as_of: date) -> Q:
    """What waits for a look of the Office, for who may decide on it: undated and paused work."""
    return undated_to_review(user, as_of) | paused_to_review(user, as_of)


def undated_to_review(user, as_of: date) -> Q:
    """Undated work whose day of review has come, or that nobody has moved for 30 days."""
    edge = as_of - timedelta(days=STALE_DAYS)
    following = timezone.make_aware(datetime.combine(edge + timedelta(days=1), time.min))
    told = ProgressNote.objects.filter(assignment=OuterRef("pk"), noted_at__gte=following)
    unmoved = Q(review_on=None, issued_on__lte=edge) & (Q(reviewed_on=None) | Q(reviewed_on__lte=edge))
    due = Q(review_on__lte=as_of) | unmoved & ~Q(Exists(told))
    return rules.movable_assignments(user) & is_undated() & due


def paused_to_review(user, as_of: date) -> Q:
    """Paused work whose day of review has come."""
    return rules.movable_assignments(user) & paused_until(as_of)


def paused_until(day: date) -> Q:
    """Paused, to be looked at by that day. Every pause names one; a row without it must not rest for ever."""
    return Q(state=AssignmentState.PAUSED) & (Q(review_on__lte=day) | Q(review_on=None))
