"""From above to each room: who carries out whose work, no circle, and nothing counted twice."""

from random import Random

import pytest

from directives import chaining, compliance, tracking
from directives.compliance import Tally
from directives.enums import BASIS, AssignmentState, Relation
from directives.errors import Incomplete, NotAllowed
from directives.models import Assignment, Citation, Task
from units import clock
from units.enums import Role
from units.models import Event

from .chain_world import Cascade, accept, cite, link, rows_of
from .factories import Office, assignments_of, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return Cascade()


def chain_of(directive, user, when=None):
    return compliance.chain(directive, user, when or clock.today())


# --- Saying which work is carried out -----------------------------------------------------------


def test_the_monitor_says_which_work_a_task_carries_out(world):
    above = world.give_down()
    (owed,) = assignments_of(above)
    task = world.department.issue(tasks=1).tasks.get()
    link(task, owed, world.department)
    assert Task.objects.get(pk=task.pk).implements == owed
    event = Event.objects.get(verb="implement")
    assert event.after["answered"] == f"{above.code}, 1"
    link(task, owed, world.department)
    assert Event.objects.filter(verb="implement").count() == 1, "what is so already is no event"
    link(task, None, world.department)
    assert Task.objects.get(pk=task.pk).implements is None


def test_only_the_offices_own_work_that_is_not_finished(world):
    other = Cascade()
    task = world.department.issue(tasks=1).tasks.get()
    foreign = assignments_of(other.give_down())[0]
    of_a_room = assignments_of(task.directive)[0]
    done = accept(world.province, assignments_of(world.give_down())[0])
    for assignment in (foreign, of_a_room, done):
        with pytest.raises(Incomplete) as refused:
            link(task, assignment, world.department)
        assert refused.value.fields["implements"]
    assert not Event.objects.filter(verb="implement").exists()


def test_nobody_but_the_offices_monitor_and_leader(world):
    (owed,) = assignments_of(world.give_down())
    task = world.department.issue(tasks=1).tasks.get()
    for person in (world.province.monitor, world.department.clerk, world.heads[world.department.unit.pk]):
        with pytest.raises(NotAllowed):
            chaining.implement(task, owed, by=person)
    chaining.implement(task, owed, by=world.department.leader)


def test_of_cited_documents_first_then_the_newest(world):
    first, second, third = (world.give_down() for _ in range(3))
    draft = world.department.draft(tasks=1)
    cite(draft, second)
    accept(world.province, assignments_of(first)[0])
    offered = chaining.offered(draft)
    assert [(one.directive_id, one.is_cited) for one in offered] == [(second.pk, True), (third.pk, False)]


# --- No circle ----------------------------------------------------------------------------------


def test_two_documents_do_not_carry_out_each_other(world):
    """The rooms of an office give work back only where somebody records it so; the circle is refused anyway."""
    above = world.give_down(tasks=2)
    below = world.carry_out(above)
    back = Assignment.objects.create(
        task=below.tasks.get(),
        unit=world.province.unit,
        directive=below,
        issuer=world.department.unit,
        kind=below.kind,
        issued_on=below.issued_on,
        unit_name="UBND",
    )
    with pytest.raises(Incomplete, match="thành vòng"):
        link(above.tasks.last(), back, world.province)


@pytest.mark.parametrize("seed", range(4))
def test_no_circle_in_random_graphs(seed):
    """Every office may carry out any other's work; whatever is tried, what is kept can be put in an order."""
    dice = Random(seed)
    offices = [Office(rooms=0) for _ in range(4)]
    papers = [
        (one, one.issue(tasks=2, to=[other.unit for other in offices if other is not one])) for one in offices
    ]
    refused = 0
    for _ in range(30):
        office, paper = dice.choice(papers)
        owed = Assignment.objects.filter(unit=office.unit).order_by("pk")
        try:
            link(dice.choice(paper.tasks.all()), dice.choice(owed), office)
        except Incomplete:
            refused += 1
        assert is_ordered()
    assert refused


def is_ordered() -> bool:
    pairs = Task.objects.exclude(implements=None).values_list("directive_id", "implements__directive_id")
    edges = set(pairs)
    while edges:
        ends = {below for below, above in edges} - {above for below, above in edges}
        if not ends:
            return False
        edges = {(below, above) for below, above in edges if below not in ends}
    return True


# --- What it adds up to -------------------------------------------------------------------------


def test_work_handed_down_is_counted_apart(world):
    above = world.give_down(tasks=2)
    below = world.carry_out(above)
    accept(world.department, assignments_of(below)[0])
    found = chain_of(above, world.province.leader)
    assert [node.directive for node in found.nodes] == [above, below]
    assert (found.leaves.total, found.leaves.done, found.handed_down.total) == (3, 1, 1)
    assert rows_of(above, world.department.unit)[0].state == AssignmentState.NOT_STARTED, "the superior's own"


def test_work_whose_carrying_out_was_let_off_is_a_leaf_again(world):
    above = world.give_down()
    below = world.carry_out(above)
    for row in assignments_of(below):
        tracking.cancel(row, by=world.department.monitor, reason="Thôi")
    found = chain_of(above, world.province.leader)
    assert (found.leaves.total, found.handed_down.total, found.leaves.dropped) == (1, 0, 2)


def test_a_document_stands_once_under_the_newest_it_stands_on(world):
    first, second = world.give_down(), world.give_down()
    cite(second, first)
    below = world.carry_out(second)
    cite(below, first, Relation.BASED_ON)
    (node,) = chain_of(first, world.province.leader).top.below
    assert (node.directive, [one.directive for one in node.below]) == (second, [below])


def test_papers_that_cite_each_other_end_the_walk(world):
    first, second = world.give_down(), world.give_down()
    cite(first, second)
    cite(second, first)
    assert [node.directive for node in chain_of(first, world.province.leader).nodes] == [first, second]
    assert [node.directive for node in chain_of(second, world.province.leader).nodes] == [second, first]


def test_rows_are_counted_as_far_as_they_are_seen(world):
    above = world.give_down()
    world.carry_out(above)
    beside = make_user(Role.LEADER, Office(rooms=0, parent=world.province.unit).unit)
    assert chain_of(above, beside).leaves.total == 0
    head = make_user(Role.HEAD, world.department.rooms[0])
    below = chain_of(above, world.heads[world.department.unit.pk])
    assert (below.leaves.total, below.handed_down.total) == (2, 1)
    own = chain_of(above, head)
    assert (own.leaves.total, own.handed_down.total) == (1, 0)


@pytest.mark.parametrize("seed", range(5))
def test_leaves_and_rows_handed_down_equal_a_naive_recount(seed):
    dice = Random(seed)
    top, people = a_random_tree(dice)
    for person in people:
        found = compliance.with_steps(chain_of(top, person), person, clock.today())
        leaves, handed_down = recount(top, person)
        assert (found.leaves.total, found.handed_down.total) == (leaves, handed_down)
        steps = [step for node in found.nodes for step in node.steps]
        assert sum((step.tally for step in steps), Tally()).total == leaves + handed_down
        assert sum((step.handed_down for step in steps), Tally()).total == handed_down
        assert all(row.carried_by for step in steps for row in step.rows if not step.tally.total) or steps


def a_random_tree(dice):
    world = Cascade(departments=3, rooms=2)
    top = world.give_down(tasks=3)
    papers = [top]
    for _ in range(dice.randrange(2, 6)):
        office = dice.choice(world.departments)
        paper = office.issue(tasks=dice.randrange(1, 3), to=dice.sample(office.rooms, dice.randrange(1, 3)))
        if dice.random() < 0.6:
            cite(paper, dice.choice(papers), dice.choice(list(Relation)))
        for task in paper.tasks.all():
            owed = list(Assignment.objects.filter(unit=office.unit))
            if dice.random() < 0.7:
                link(task, dice.choice(owed), office)
        papers.append(paper)
    for row in Assignment.objects.select_related("directive", "task", "unit"):
        if dice.random() < 0.3:
            office = next(one for one in [world.province, *world.departments] if one.unit.pk == row.issuer_id)
            tracking.cancel(row, by=office.monitor, reason="Thôi")
    return top, [world.province.leader, *(one.leader for one in world.departments)]


def recount(top, person) -> tuple[int, int]:
    """In Python alone: every row of every document met on the way down, and whether anything below it goes on."""
    seen = list(compliance.visible(person).select_related("task"))
    met, waiting = set(), [top.pk]
    while waiting:
        paper = waiting.pop()
        met.add(paper)
        below = {c.directive_id for c in Citation.objects.filter(cited=paper) if c.relation in BASIS}
        below |= {
            t.directive_id
            for t in Task.objects.exclude(implements=None)
            if t.implements.directive_id == paper
        }
        waiting += below - met
    going_on = [
        row
        for row in seen
        if row.directive_id in met
        and row.state not in {AssignmentState.CANCELLED, AssignmentState.TRANSFERRED}
    ]
    carried = {row.task.implements_id for row in going_on}
    handed_down = sum(row.pk in carried for row in going_on)
    return len(going_on) - handed_down, handed_down
