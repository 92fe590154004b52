"""A directive seen from above: the documents that stand on it, whose tasks carry out whose work, and what it all adds up to.

Figures of a chain count leaves. Work that somebody carries out by tasks of their own is counted apart: it is the superior's row, and
the rows below it are counted themselves. So nothing is counted twice:

    rows of the chain = leaves + rows handed down
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When, Window
from django.db.models.functions import Coalesce, RowNumber

from directives import rules
from directives.enums import BASIS, PUBLISHED, ReportOutcome, Standing
from directives.models import Assignment, Citation, Directive, Evidence, Task

from .figures import grouped, standing_on, visible
from .spans import THEN, Span
from .tally import Tally

# So far down, and so many documents, tasks of one and units of a task: what is left out is said, and has a page of its own.
DEEPEST = 6
MOST_DOCUMENTS = 120
_LONG = ("source", "body", "search")
TASKS_OF_THE_FIRST, TASKS_SHOWN, UNITS_SHOWN = 100, 20, 12


@dataclass
class Step:
    """A numbered task of a document in the chain: what its rows add up to, and who owes them."""

    task: Any
    tally: Tally
    handed_down: Tally
    rows: list = field(default_factory=list)
    among: int = 0

    @property
    def more(self) -> int:
        return self.among - len(self.rows)


@dataclass
class Node:
    """A document in the chain. One that may not be opened is a header: its rows are nobody's here."""

    directive: Directive
    tally: Tally = field(default_factory=Tally)
    handed_down: Tally = field(default_factory=Tally)
    below: list["Node"] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    more_steps: int = 0

    @property
    def leaves(self) -> Tally:
        return self.tally - self.handed_down

    @property
    def whole(self) -> Tally:
        """The leaves of this document and of all that stand on it."""
        return Tally.sum(node.leaves for node in self.walk())

    def placed(self, depth: int = 0) -> Iterator[tuple["Node", int]]:
        yield self, depth
        for node in self.below:
            yield from node.placed(depth + 1)

    def walk(self) -> Iterator["Node"]:
        return (node for node, _depth in self.placed())


@dataclass
class Chain:
    """What stands on one directive, as far as one person may see it. Tallies are kept by document and task."""

    top: Node
    is_cut: bool
    links: dict[int, list[Task]]
    tallies: dict[tuple, Tally]
    handed: dict[tuple, Tally]

    @cached_property
    def nodes(self) -> list[Node]:
        return list(self.top.walk())

    @property
    def flat(self) -> Iterator[tuple[Node, int]]:
        """The documents in reading order, each with how deep it hangs."""
        return self.top.placed()

    @cached_property
    def leaves(self) -> Tally:
        return self.top.whole

    @cached_property
    def handed_down(self) -> Tally:
        """The rows that are carried out by tasks below: counted apart."""
        return Tally.sum(node.handed_down for node in self.nodes)

    @cached_property
    def unlinked(self) -> Tally:
        """Of the leaves those of documents below whose tasks carry out nothing of the chain."""
        below = {node.directive.pk for node in self.nodes} - {self.top.directive.pk}
        linked = {task.pk for tasks in self.links.values() for task in tasks}
        return Tally.sum(
            tally - self.handed.get((document, task), Tally())
            for (document, task), tally in self.tallies.items()
            if document in below and task not in linked
        )


def chain(directive: Directive, user, when: date | Span) -> Chain:
    """The tree of documents below the directive, each with its tally. Five queries and one more for each level.

    A document is found where one cites it as a basis, or has a task that carries out its work; it stands once, under the
    newest of those. Beyond what may be read only headers are followed.
    """
    nodes, is_cut = _tree(directive, user)
    links = _links(nodes)
    tallies = _tallies(visible(user).filter(directive__in=nodes), when)
    handed = _tallies(_carried_out(nodes, user, when), when) if links else {}
    for (document, _task), tally in tallies.items():
        nodes[document].tally += tally
    for (document, _task), tally in handed.items():
        nodes[document].handed_down += tally
    return Chain(nodes[directive.pk], is_cut, links, tallies, handed)


def chain_rows(
    directive: Directive, user, day: date, *, handed_down: bool = False, unlinked: bool = False
) -> QuerySet[Assignment]:
    """The rows that the leaves of a chain count on a day, or those it counts apart; of them, on demand, the `unlinked` ones.
    The queries of the walk, and one for its documents; none for the rows."""
    nodes, _is_cut = _tree(directive, user)
    rows = visible(user).filter(directive__in=[node.directive.pk for node in nodes[directive.pk].walk()])
    if unlinked:
        rows = rows.exclude(directive=directive).exclude(task__implements__directive__in=nodes)
    apart = _carried_out(nodes, user, day).order_by().values("pk")
    return rows.filter(pk__in=apart) if handed_down else rows.exclude(pk__in=apart)


def has_below() -> Q:
    """Whether any document stands on this one, seen or not; as SQL, no query by itself."""
    cites = Citation.objects.filter(relation__in=BASIS, cited=OuterRef("pk"), directive__state__in=PUBLISHED)
    # The few tasks that carry something out are looked through, not all the work of the document.
    carrying = Task.objects.filter(implements__isnull=False, directive__state__in=PUBLISHED)
    carries_out = carrying.filter(implements__directive=OuterRef("pk"))
    return Q(Exists(cites)) | Q(Exists(carries_out))


def has_above() -> Exists:
    """Whether the document stands on any other; as SQL, no query by itself."""
    return Exists(Citation.objects.filter(relation__in=BASIS, directive=OuterRef("pk")))


def with_steps(found: Chain, user, when: date | Span) -> Chain:
    """The chain with the tasks of each document and the units that owe them, the overdue first. Two queries."""
    nodes = {node.directive.pk: node for node in found.nodes}
    steps = {}
    for task in _tasks_shown(nodes, found.top.directive.pk):
        key = task.directive_id, task.pk
        steps[task.pk] = Step(task, found.tallies.get(key, Tally()), found.handed.get(key, Tally()))
        node = nodes[task.directive_id]
        node.steps.append(steps[task.pk])
        node.more_steps = task.among - len(node.steps)
    for row in _rows_shown(visible(user).filter(directive__in=nodes, task__in=steps), when):
        row.carried_by = found.links.get(row.pk, ())
        steps[row.task_id].rows.append(row)
        steps[row.task_id].among = row.among
    return found


def under(assignment: Assignment, user) -> QuerySet[Assignment]:
    """The rows by which the unit's own tasks carry out the work, as far as the person may see them. No query by itself."""
    return visible(user).filter(task__implements=assignment.pk)


def with_proofs(rows: QuerySet[Assignment], when: date | Span) -> QuerySet[Any]:
    """Where each stands, and how many pieces of evidence (`proofs`) were accepted with it; by task, then by unit."""
    accepted = Evidence.objects.filter(
        report__assignment=OuterRef("pk"), report__outcome=ReportOutcome.ACCEPTED
    )
    counted = accepted.order_by().values("report__assignment").annotate(n=Count("pk")).values("n")
    owed = standing_on(rows, when).annotate(
        due_then=F(f"{THEN}due_on"),
        reported_then=F(f"{THEN}reported_on"),
        proofs=Coalesce(Subquery(counted), Value(0)),
    )
    related = owed.select_related("task__directive").defer(*(f"task__directive__{name}" for name in _LONG))
    return related.order_by("task__directive_id", "task__position", "task_id", "unit__path", "period", "pk")


# --- Which documents ----------------------------------------------------------------------------


def _tree(directive, user) -> tuple[dict[int, Node], bool]:
    """The documents, hung below each other from the first on; and whether there is more than a page can hold."""
    parents, is_cut = _reach(directive, user)
    nodes = {one.pk: Node(one) for one in _documents({directive.pk, *parents}, user)}
    _hang(nodes, directive.pk, parents)
    return nodes, is_cut


def _reach(directive, user) -> tuple[dict[int, set[int]], bool]:
    """Document → those it stands on; and whether there is more than a page can hold. A query for each level."""
    headers = (
        Directive.objects.filter(rules.visible_headers(user), state__in=PUBLISHED).order_by().values("pk")
    )
    parents: dict[int, set[int]] = {}
    level = {directive.pk}
    for depth in range(DEEPEST + 1):
        found: dict[int, set[int]] = defaultdict(set)
        for above, below in _edges(level, headers):
            found[below].add(above)
        found.pop(directive.pk, None)
        new = sorted(found.keys() - parents.keys())
        kept = set(new[: MOST_DOCUMENTS - len(parents)]) if depth < DEEPEST else set()
        for below in found.keys() & (parents.keys() | kept):
            parents.setdefault(below, set()).update(found[below])
        if len(kept) < len(new) or not new:
            return parents, bool(new)
        level = kept
    return parents, False


def _edges(level, headers):
    cites = Citation.objects.filter(relation__in=BASIS, cited__in=level, directive__in=headers)
    carries_out = Task.objects.filter(implements__directive__in=level, directive__in=headers)
    pairs = cites.order_by().values_list("cited", "directive")
    return pairs.union(carries_out.order_by().values_list("implements__directive", "directive"))


def _documents(keys, user):
    readable = Directive.objects.filter(rules.visible_directives(user), pk=OuterRef("pk"))
    found = Directive.objects.filter(pk__in=keys).annotate(may_open=Exists(readable))
    return found.select_related("issuer").defer(*_LONG)


def _hang(nodes, top, parents):
    """Each document once, under the newest of those it stands on that is older; of papers with wrong days, under any
    that already hangs. What only such a paper held together is hung as soon as it can be."""
    hung = {top}
    waiting = sorted(parents, key=lambda pk: _age(nodes[pk]))
    while waiting:
        left = [pk for pk in waiting if not _hung_under(pk, nodes, parents, hung)]
        if len(left) == len(waiting):
            break
        waiting = left


def _hung_under(pk, nodes, parents, hung) -> bool:
    above = max(parents[pk] & hung, key=lambda one: _age(nodes[one]), default=None)
    if above is None:
        return False
    nodes[above].below.append(nodes[pk])
    hung.add(pk)
    return True


def _age(node):
    return node.directive.issued_on or date.min, node.directive.pk


# --- What they add up to ------------------------------------------------------------------------


def _links(nodes) -> dict[int, list[Task]]:
    """Assignment → the tasks in the chain that carry it out. One query."""
    links: dict[int, list[Task]] = defaultdict(list)
    tasks = Task.objects.filter(directive__in=nodes, implements__directive__in=nodes)
    for task in tasks.only("label", "position", "directive", "implements").order_by(
        "directive_id", "position"
    ):
        task.directive = nodes[task.directive_id].directive
        if task.implements_id:
            links[task.implements_id].append(task)
    return dict(links)


def _carried_out(nodes, user, when):
    """The rows that are handed down: tasks in the chain carry them out, with a row that the person sees and that was not
    let off. No query by itself."""
    below = standing_on(visible(user).filter(directive__in=nodes, task__implements__isnull=False), when)
    below = below.exclude(stands=Standing.DROPPED).order_by()
    return visible(user).filter(directive__in=nodes, pk__in=below.values("task__implements"))


def _tallies(rows, when):
    return grouped(rows, when, "directive_id", "task_id")


def _tasks_shown(nodes, top):
    turn = Window(RowNumber(), partition_by=F("directive"), order_by=["position", "id"])
    among = Window(Count("pk"), partition_by=F("directive"))
    readable = [pk for pk, node in nodes.items() if node.directive.may_open]
    tasks = Task.objects.filter(directive__in=readable, is_heading=False).annotate(turn=turn, among=among)
    most = Case(When(directive=top, then=Value(TASKS_OF_THE_FIRST)), default=Value(TASKS_SHOWN))
    return tasks.annotate(most=most).filter(turn__lte=F("most")).order_by("directive_id", "position", "id")


def _rows_shown(rows, when):
    late = Case(When(stands=Standing.OVERDUE, then=Value(0)), default=Value(1))
    owed = standing_on(rows, when).annotate(
        late=late, due_then=F(f"{THEN}due_on"), reported_then=F(f"{THEN}reported_on")
    )
    turn = Window(RowNumber(), partition_by=F("task"), order_by=["late", "unit__path", "period", "pk"])
    owed = owed.annotate(turn=turn, among=Window(Count("pk"), partition_by=F("task")))
    return owed.filter(turn__lte=UNITS_SHOWN).order_by("task_id", "turn")
