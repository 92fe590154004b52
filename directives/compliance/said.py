"""What was said to a unit about its work and waits for an answer: how much of it, and of what work."""

from django.db.models import Case, Count, Exists, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from directives.enums import OPEN, TOLD_AS, AssignmentState, DirectiveState
from directives.models import Notice, Urging

UNDECIDED = OPEN | {AssignmentState.REPORTED}


def words_open() -> Coalesce:
    """Of one piece of work how much was said and is open; as SQL, no query by itself."""
    counted = _open().order_by().values("assignment").annotate(n=Count("pk"))
    return Coalesce(Subquery(counted.values("n")), Value(0))


def owes_answer(**which) -> Q:
    """Work of which the unit owes an answer now; `which` narrows what was said."""
    still = Q(state__in=UNDECIDED, directive__state=DirectiveState.ISSUED)
    return still & Q(Exists(_open().filter(**which)))


def is_noticed() -> Case:
    """Of what was said whether a notice of it went out, which none does at night; as SQL, no query by itself."""
    since = Notice.objects.filter(assignment=OuterRef("assignment"), made_at__gte=OuterRef("urged_at"))
    sent = [When(kind=kind, then=Exists(since.filter(kind=told_as))) for kind, told_as in TOLD_AS.items()]
    return Case(*sent, default=Value(False))


def _open():
    return Urging.objects.filter(assignment=OuterRef("pk"), replied_at=None)
