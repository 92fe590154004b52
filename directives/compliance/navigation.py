"""The counts that stand on every page: each its own small question, so that none reads more than what it counts.

One query asks them all. Each is counted to a thousand and no further (`COUNTED_TO`): a badge on every page must not cost
more where more work has piled up.
"""

from django.db.models import QuerySet

from directives import rules
from directives.enums import AssignmentState, Decision
from directives.models import Assignment, Correction, Notice
from units import clock

from .counting import Counted, asked_daily
from .undated import to_review
from .waiting import (
    late_given_rows,
    requested_work,
    stuck_work,
    to_answer,
    to_clear,
    to_decide,
    to_hurry,
    unanswered,
)

COUNTED_TO = 1_000
# Of an office's many rows those that wait are found in this order.
BY = {"reports": "reported_at", "undated": "due_on", "overdue_given": "due_on"}


def waiting_count(user) -> dict[str, int]:
    """Counts by section of the navigation: what to decide on (`queue`), late or returned work (`tasks`).

    Whoever has a queue also gets its parts, `reports`, `requests`, `obstacles`, `undated` and `corrections`, which
    it adds up, and `overdue_given` and `unanswered`, which only others have to do something about. The head of a unit
    gets the `obstacles` that lie with it, everybody the unread `notices`. A number above `COUNTED_TO` says "more than
    that". At most one query; none for a person whose navigation shows neither section.
    """
    sections = _sections(user)
    if not sections:
        return {}
    counts = asked_daily(_questions, user, clock.today())
    return _added_up(counts) if "queue" in sections else counts


def _sections(user):
    return set(rules.nav_sections(user)) & {"queue", "tasks"}


def _questions(user, day) -> dict[str, Counted]:
    sections = _sections(user)
    parts: dict[str, QuerySet] = {"notices": Notice.objects.filter(rules.unread_notices(user, day))}
    if "tasks" in sections:
        parts["tasks"] = Assignment.objects.filter(to_hurry(user, day))
    if rules.can_clear(user):
        parts["obstacles"] = stuck_work(user)
    if "queue" in sections:
        parts |= _queue(user, day)
    return {name: Counted(rows, to=COUNTED_TO, by=BY.get(name)) for name, rows in parts.items()}


def _queue(user, today) -> dict[str, QuerySet]:
    """What is decided or answered; `twice` and `again` are in two of the parts, and the queue counts them once."""
    requested, stuck = requested_work(user), stuck_work(user)
    undated = Assignment.objects.filter(to_review(user, today))
    return {
        "reports": Assignment.objects.filter(to_decide(user), state=AssignmentState.REPORTED),
        "requests": requested,
        "undated": undated,
        "corrections": Correction.objects.filter(
            rules.answerable_corrections(user), decision=Decision.PENDING
        ),
        "overdue_given": late_given_rows(user, today),
        "unanswered": unanswered(user),
        "twice": requested.filter(to_clear(user) | to_review(user, today)),
        "again": stuck.filter(to_review(user, today)).exclude(to_answer(user)),
    }


def _added_up(counts):
    twice = counts.pop("twice") + counts.pop("again")
    parts = ("reports", "requests", "obstacles", "undated", "corrections")
    return counts | {"queue": sum(counts[name] for name in parts) - twice}
