"""Who goes on with a recurring duty: whom its next period goes to.

The newest row of each unit says it: who was let off it, or handed it on, has no more. What another unit took over of an
earlier period, from one giver or along a row of them, does not make it the task's unit: whoever gave it away went on.
"""

from collections.abc import Sequence

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from directives import periods, rollup
from directives.distribution import COLUMNS, DUE_ON, WORDS, executed
from directives.enums import AssignmentState
from directives.models import Assignment
from directives.periods import Period
from units import clock
from units.models import Unit, UnitName


def holders(directive) -> QuerySet[Assignment]:
    """The newest rows of recurring tasks whose units go on with them. No query by itself."""
    return Assignment.objects.filter(pk__in=RawSQL(_HOLDERS, [directive.pk, directive.pk]))  # noqa: S611 - ours


def give_again(task_id, period, *, given_on, due_on, covered_by: Sequence[str] = ()) -> int:
    """The rows of a later period, to each unit that goes on and has none of it yet; one whose newest period is in
    `covered_by` owes this part of the year already. One INSERT, set-based, two more queries for the counters; returns
    how many rows.
    """
    kept = {f"kept{number}": key for number, key in enumerate(covered_by)}
    told = {"task": task_id, "period": period, "given_on": given_on, "due_on": due_on, "now": clock.now()}
    names = ", ".join(["%(period)s", *(f"%({name})s" for name in kept)])
    with executed(_INSERT_AGAIN.format(kept=names), told | kept | WORDS) as cursor:
        made = [pk for (pk,) in cursor.fetchall()]
    if made:
        rollup.added(Assignment.objects.filter(pk__in=made))
    return len(made)


def kept_from_before(rhythm) -> list[Period]:
    """Periods of another rule that were to begin under this one and stayed, since their units had begun on them. One query,
    none of the rule that the document was issued with."""
    if rhythm.made_by_id is None:
        return []
    ahead = Assignment.objects.filter(task=rhythm.task_id, issued_on__gte=rhythm.starts_on)
    others = ahead.exclude(period="").exclude(period__regex=periods.pattern_of(rhythm.rule))
    return [periods.read(key) for key in others.order_by().values_list("period", flat=True).distinct()]


def let_off(directive, unit) -> None:
    """What the unit goes on with it gets no later period of, until it is given the task again. One UPDATE."""
    holders(directive).filter(unit=unit).update(let_off_at=clock.now())


def take_up(task, unit) -> None:
    """The unit has finished its newest period, was let off the next ones, and gets them again. One UPDATE."""
    Assignment.objects.filter(task=task, unit=unit).update(let_off_at=None)


_A, _U, _N = (model._meta.db_table for model in (Assignment, Unit, UnitName))
_GONE = f"('{AssignmentState.CANCELLED.value}', '{AssignmentState.TRANSFERRED.value}')"
# Each row that was taken over, with all through whose hands it came.
_CHAIN = f"""
WITH RECURSIVE chain (taken, giver) AS (
    SELECT t.id, t.transferred_from_id FROM {_A} t WHERE t.{{scope}} AND t.transferred_from_id IS NOT NULL
    UNION
    SELECT c.taken, g.transferred_from_id FROM chain c JOIN {_A} g ON g.id = c.giver
    WHERE g.transferred_from_id IS NOT NULL
)"""  # noqa: S608 - only names of our own tables are put in
_GOES_ON = f"""a.{{scope}} AND a.period <> '' AND a.let_off_at IS NULL AND a.state NOT IN {_GONE}
    AND NOT EXISTS (SELECT 1 FROM {_A} n WHERE n.task_id = a.task_id AND n.unit_id = a.unit_id
        AND (n.issued_on > a.issued_on OR (n.issued_on = a.issued_on AND n.id > a.id)))
    AND NOT EXISTS (SELECT 1 FROM chain c JOIN {_A} o ON o.id = c.giver
        JOIN {_A} l ON l.task_id = o.task_id AND l.unit_id = o.unit_id AND l.issued_on > o.issued_on
        WHERE c.taken = a.id)"""  # noqa: S608
_OF_DIRECTIVE = {"scope": "directive_id = %s"}
_HOLDERS = f"{_CHAIN} SELECT a.id FROM {_A} a WHERE {_GOES_ON}".format(**_OF_DIRECTIVE)  # noqa: S608
# When a pause of an earlier period is looked at again says nothing of this one.
_NO_DAY = "CASE WHEN a.id IS NULL THEN a.review_on END"
_INSERT_AGAIN = f"""{_CHAIN.format(scope="task_id = %(task)s")}
INSERT INTO {_A} ({COLUMNS})
SELECT a.task_id, a.unit_id, %(period)s, a.duty, a.directive_id, a.issuer_id, a.kind, %(given_on)s,
    COALESCE((SELECT n.name FROM {_N} n WHERE n.unit_id = a.unit_id AND n.starts_on <= %(given_on)s
        AND (n.ends_on IS NULL OR n.ends_on > %(given_on)s) ORDER BY n.starts_on DESC LIMIT 1), u.name),
    %(new)s, false, {DUE_ON.format(row="a")}, {DUE_ON.format(row="a")}, {_NO_DAY}, %(now)s, %(today)s
FROM {_A} a
JOIN {_U} u ON u.id = a.unit_id AND (u.ends_on IS NULL OR u.ends_on > %(given_on)s)
WHERE {_GOES_ON.format(scope="task_id = %(task)s")}
    AND a.issued_on <= %(given_on)s AND a.period NOT IN ({{kept}})
ON CONFLICT (task_id, unit_id, period) DO NOTHING
RETURNING id
"""  # noqa: S608 - only names of our own tables are put in
