"""The counts that stand on every page: each its own small question, so that none reads more than what it counts.

One query asks them all. Each is counted to a thousand and no further (`COUNTED_TO`): a badge on every page must not cost
more where more work has piled up.
"""

from django.db.models import QuerySet

from directives import rules
from directives.enums import Decision
from directives.models import Assignment, Correction, Notice
from units import clock

from .counting import asked_daily
from .undated import paused_to_review, undated_to_review
from .waiting import late_given_rows, requested_work, stuck_work, to_decide, to_hurry, unanswered

COUNTED_TO = 1_000
# Of an office's many rows those that wait are found in this order.
BY = {"reports": "reported_at", "undated": "issued_on", "paused": "review_on", "overdue_given": "due_on"}
# What is looked at again: each half has an index of its own, and no work stands in both.
TO_REVIEW = ("undated", "paused")
# One piece of open work may wait for several things: the queue counts it once.
OPEN_WORK = ("requests", "obstacles", *TO_REVIEW)


def waiting_count(user) -> dict[str, int]:
    """Counts by section of the navigation: what to decide on (`queue`), late or returned work (`tasks`).

    Whoever has a queue also gets its parts, `reports`, `requests`, `obstacles`, `to_review` and `corrections`, and
    `overdue_given` and `unanswered`, which only others have to do something about. The head of a unit gets the
    `obstacles` that lie with it, everybody the unread `notices`. A number above `COUNTED_TO` says "more than that".
    At most one query; none for a person whose navigation shows neither section.
    """
    sections = _sections(user)
    if not sections:
        return {}
    if "queue" not in sections:
        return asked_daily(_questions, user, clock.today(), to=COUNTED_TO)
    counts = asked_daily(_questions, user, clock.today(), to=COUNTED_TO, together=("open_work", OPEN_WORK))
    counts["to_review"] = sum(counts.pop(name) for name in TO_REVIEW)
    return counts | {"queue": counts["reports"] + counts["corrections"] + counts.pop("open_work")}


def _sections(user):
    return set(rules.nav_sections(user)) & {"queue", "tasks"}


def _questions(user, day) -> dict[str, QuerySet]:
    sections = _sections(user)
    parts: dict[str, QuerySet] = {"notices": Notice.objects.filter(rules.unread_notices(user, day))}
    if "tasks" in sections:
        parts["tasks"] = Assignment.objects.filter(to_hurry(user, day))
    if rules.can_clear(user):
        parts["obstacles"] = stuck_work(user)
    if "queue" in sections:
        parts |= _queue(user, day)
    return {name: rows.order_by(*filter(None, [BY.get(name)])) for name, rows in parts.items()}


def _queue(user, today) -> dict[str, QuerySet]:
    """What is decided or answered."""
    return {
        "reports": Assignment.objects.filter(to_decide(user)),
        "requests": requested_work(user),
        "undated": Assignment.objects.filter(undated_to_review(user, today)),
        "paused": Assignment.objects.filter(paused_to_review(user, today)),
        "corrections": Correction.objects.filter(
            rules.answerable_corrections(user), decision=Decision.PENDING
        ),
        "overdue_given": late_given_rows(user, today),
        "unanswered": unanswered(user),
    }
