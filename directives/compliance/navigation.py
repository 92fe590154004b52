"""The counts that stand on every page: each its own small question, so that none reads more than what it counts.

One query asks them all. Each is counted to a thousand and no further (`COUNTED_TO`): a badge on every page must not cost
more where more work has piled up.
"""

from django.db.models import IntegerField, Q, QuerySet, Subquery

from directives import rules
from directives.enums import AssignmentState, Decision
from directives.models import Assignment, Correction, Notice, ProgressNote, Request
from units import clock
from units.models import User

from .undated import to_review
from .waiting import late_given_rows, to_answer, to_clear, to_decide, to_hurry, unanswered

COUNTED_TO = 1_000


class Counted(Subquery):
    """How many rows there are; from one more than `COUNTED_TO` on nobody counts."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()

    def __init__(self, rows: QuerySet):
        super().__init__(rows.order_by().values("pk")[: COUNTED_TO + 1])


def waiting_count(user) -> dict[str, int]:
    """Counts by section of the navigation: what to decide on (`queue`), late or returned work (`tasks`).

    Whoever has a queue also gets its parts, `reports`, `requests`, `obstacles`, `undated` and `corrections`, which
    it adds up, and `overdue_given` and `unanswered`, which only others have to do something about. The head of a unit
    gets the `obstacles` that lie with it, everybody the unread `notices`. A number above `COUNTED_TO` says "more than
    that". At most one query; none for a person whose navigation shows neither section.
    """
    sections = set(rules.nav_sections(user)) & {"queue", "tasks"}
    if not sections:
        return {}
    asked = {"notices": Notice.objects.filter(rules.unread_notices(user, clock.today()))}
    if "tasks" in sections:
        asked["tasks"] = Assignment.objects.filter(to_hurry(user, clock.today()))
    if rules.can_clear(user):
        asked["obstacles"] = _stuck(user)
    if "queue" in sections:
        asked |= _queue(user)
    one_row = User.objects.filter(pk=user.pk).order_by()
    found = one_row.values(**{f"n_{name}": Counted(rows) for name, rows in asked.items()}).get()
    counts = {name: found[f"n_{name}"] for name in asked}
    return _added_up(counts) if "queue" in sections else counts


def _queue(user) -> dict[str, QuerySet]:
    """What is decided or answered; `twice` and `again` are in two of the parts, and the queue counts them once."""
    today = clock.today()
    asked, stuck = _asked(user), _stuck(user)
    undated = Assignment.objects.filter(to_review(user, today))
    return {
        "reports": Assignment.objects.filter(to_decide(user), state=AssignmentState.REPORTED),
        "requests": asked,
        "undated": undated,
        "corrections": Correction.objects.filter(
            rules.answerable_corrections(user), decision=Decision.PENDING
        ),
        "overdue_given": late_given_rows(user, today),
        "unanswered": unanswered(user),
        "twice": asked.filter(to_clear(user) | to_review(user, today)),
        "again": stuck.filter(to_review(user, today)).exclude(to_answer(user)),
    }


def _asked(user):
    """Found by the few requests that wait, not by looking through all work."""
    waiting = Request.objects.filter(decision=Decision.PENDING).values("assignment")
    return Assignment.objects.filter(to_answer(user), pk__in=waiting)


def _stuck(user):
    """Also of work that the person does not see: only what stands in its way came to them."""
    waiting = ProgressNote.objects.filter(~Q(obstacle=""), answered_at=None).values("assignment")
    return Assignment.objects.filter(to_clear(user), pk__in=waiting)


def _added_up(counts):
    twice = counts.pop("twice") + counts.pop("again")
    parts = ("reports", "requests", "obstacles", "undated", "corrections")
    return counts | {"queue": sum(counts[name] for name in parts) - twice}
