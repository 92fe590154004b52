"""The numbers: one grouped query each, from whatever rows the caller may see."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.lookups import IsNull

from directives import rules
from directives.enums import PUBLISHED
from directives.models import Assignment, Directive
from directives.standing import standing
from units import statements

from .columns import Listed
from .counting import First
from .facts import with_facts
from .packing import PackedCounts, read_counts
from .spans import THEN, Span, within
from .tally import Key, Tally, half_up

# A rate of fewer duties than this says nothing about a unit, so it is shown and not ranked.
RANKED_FROM = 5
# Of many documents so many of the newest are looked through first for unfinished work.
LOOKED_THROUGH = 200


def visible(user) -> QuerySet[Assignment]:
    """The rows every number starts from."""
    return Assignment.objects.filter(rules.visible_assignments(user))


def visible_of(directive: Directive, user) -> QuerySet[Assignment]:
    """Of one document's rows those that the person may see; where that is all of them no row is looked at for it."""
    seen = Q() if rules.sees_all_rows(user, directive) else rules.visible_assignments(user)
    return Assignment.objects.filter(seen, directive=directive)


def rows(assignments: QuerySet[Assignment], when: date | Span, line: Listed) -> QuerySet[Any]:
    """The rows behind one number, each with the dates it had then: `due_then`, `reported_then`."""
    found = with_facts(standing_on(assignments, when), Span.of(when), *line.where)
    found = found.annotate(due_then=F(f"{THEN}due_on"), reported_then=F(f"{THEN}reported_on"))
    return found.filter(**{f"{name}__in": values for name, values in line.where.items()})


def count(assignments: QuerySet[Assignment], when: date | Span, line: Listed) -> int:
    """How many rows stand behind one number. One query."""
    return rows(assignments, when, line).count()


def standing_on(assignments: QuerySet[Assignment], when: date | Span) -> QuerySet[Any]:
    """The rows that count then, each with where it `stands`, whether it `came_back`, and its duty then. No query by itself.

    Of a day all that was given and known then; of a `Span` what counts in that period.
    """
    span = Span.of(when)
    counted = within(assignments, span)
    return counted.annotate(
        stands=standing(span.as_of, THEN), came_back=F(f"{THEN}is_returned"), duty_then=F(f"{THEN}duty")
    )


def tally(assignments: QuerySet[Assignment], when: date | Span) -> Tally:
    """What the rows add up to. One query."""
    return grouped(assignments, when).get((), Tally())


def grouped(assignments: QuerySet[Assignment], when: date | Span, *fields: str) -> dict[tuple, Tally]:
    """A tally for each value of the fields. One query."""
    return counted(standing_on(assignments, when), *fields)


def counted(standing_rows: QuerySet[Any], *fields: str) -> dict[tuple, Tally]:
    """A tally for each value of the fields, of rows that say where they stand (`standing_on`). One query."""
    found = standing_rows.order_by().values_list(*fields, "stands", "duty_then", "came_back")
    counts: dict[tuple, Counter[Key]] = defaultdict(Counter)
    for *group, stands, duty, returned, n in found.annotate(n=Count("*")):
        counts[tuple(group)][Key(stands, duty, bool(returned))] += n
    return {group: Tally(one) for group, one in counts.items()}


@dataclass(frozen=True)
class UnitFigures:
    """A unit, under the name it has today, and its tally: of the unit `alone`, or of it and all below it.

    Beside it, where a page compares: the headline rate of the period before, those of the last months, and the
    earliest deadline of what is overdue.
    """

    unit_id: int
    name: str
    path: str
    tally: Tally
    rank: int | None = None
    alone: bool = True
    rate_before: float | None = None
    rates: tuple[float | None, ...] = ()
    oldest: date | None = None

    @property
    def change(self) -> float | None:
        """How many points the rate is above that of the period before."""
        return points(self.tally.rate_headline, self.rate_before)

    @property
    def is_ranked(self) -> bool:
        """By what its rate is made of: work in support alone gives no rate to be ranked by."""
        return comparable(self.tally) is not None


def comparable(tally: Tally) -> float | None:
    """The headline rate, where it is of enough duties to be compared with another."""
    return tally.rate_headline if tally.lead.fallen_due >= RANKED_FROM else None


def points(rate: float | None, before: float | None) -> float | None:
    """How many points a rate rose, as the two are printed; None where one of them says nothing."""
    if rate is None or before is None:
        return None
    return half_up(half_up(rate * 100) - half_up(before * 100))


def by_unit(assignments: QuerySet[Assignment], when: date | Span) -> list[UnitFigures]:
    """Each unit's tally, the worst rate first; units with too little to rank stand behind, those without any rate last.
    One query."""
    found = grouped(assignments, when, "unit_id", "unit__name", "unit__path")
    figures = [UnitFigures(pk, name, path, one) for (pk, name, path), one in found.items()]
    return worst_first(figures)


def worst_first(figures: Iterable[UnitFigures]) -> list[UnitFigures]:
    return sorted(figures, key=_worst_first)


def _worst_first(figures: UnitFigures):
    rate = figures.tally.rate_headline
    return (not figures.is_ranked, rate is None, rate or 0, -figures.tally.overdue, figures.path)


@dataclass(frozen=True)
class DirectiveFigures:
    """A directive, by its header, and its tally."""

    directive_id: int
    code: str
    kind: str
    title: str
    tally: Tally


def by_directive(
    assignments: QuerySet[Assignment],
    when: date | Span,
    *,
    limit: int | None = None,
    among: Callable[[], QuerySet[Any]] | None = None,
    key: Hashable = None,
) -> list[DirectiveFigures]:
    """Each directive's tally, the most overdue first; with a limit, of the newest with unfinished work only. One query,
    whose SQL is kept where a `key` says all that the rest depends on.

    The newest are found without counting every row, which the most overdue would ask for; and where enough of them are
    `among` the newest documents of all, which are looked through first, no other is looked at.
    """

    def ask():
        return _of_directives(assignments, when, limit, among)

    found = statements.rows(key, ask) if key else ask()
    figures = [
        DirectiveFigures(pk, code, kind, title, read_counts(packed))
        for pk, code, kind, title, packed in found
        if packed
    ]
    return sorted(figures, key=lambda one: (-one.tally.overdue, -one.tally.open, -one.directive_id))


def _of_directives(assignments, when, limit, among):
    """Each is counted by itself: counted together, the rows of large documents would be sorted by their titles too."""
    given = Q(pk__in=assignments.order_by().values("directive"))
    which = given if limit is None else _newest_open(assignments, when, limit, among)
    owed = standing_on(assignments.filter(directive=OuterRef("pk")), when)
    asked = Directive.objects.filter(which).order_by().annotate(packed=PackedCounts(owed))
    return asked.values_list("pk", "code", "kind", "title", "packed")


def _newest_open(assignments, when, limit, among) -> Q:
    unfinished = standing_on(assignments.filter(directive=OuterRef("pk")), when)
    unfinished = unfinished.filter(stands__in=Tally.open.standings).order_by("task_id", "unit_id")
    every = _newest_first().filter(Exists(unfinished)).values("pk")[:limit]
    if among is None:
        return Q(pk__in=every)
    found = (
        _newest_first().alias(open=First(unfinished)).filter(open__isnull=False, pk__in=among()).values("pk")
    )
    too_few = Q(IsNull(Subquery(found[limit - 1 : limit]), True))
    return Q(pk__in=found[:limit]) | too_few & Q(pk__in=every)


def newest_seen(user) -> QuerySet[Any]:
    """The keys of the newest documents that the person sees: as many as are looked through for those with open work."""
    return _newest_first().filter(rules.visible_directives(user)).values("pk")[:LOOKED_THROUGH]


def _newest_first():
    # What is published has its day of issue: it is sorted as an index keeps it.
    return Directive.objects.filter(state__in=PUBLISHED).order_by(F("issued_on").desc(), F("id").desc())


def by_task(assignments: QuerySet[Assignment], when: date | Span) -> dict[int, Tally]:
    """Each task's tally. One query."""
    return {task: one for (task,), one in grouped(assignments, when, "task_id").items()}


def total(figures: Iterable[UnitFigures | DirectiveFigures]) -> Tally:
    """The sum of a table's rows, which is its total row."""
    return Tally.sum(one.tally for one in figures)
