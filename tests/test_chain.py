"""From above down to each room: what a chain adds up to, nothing counted twice, seen as far as rows are seen."""

import re
from datetime import timedelta
from html import unescape
from random import Random

import pytest

from directives import compliance, tracking
from directives.compliance import Tally, chains
from directives.enums import BASIS, AssignmentState, Relation
from directives.models import Assignment, Citation, Report, Task
from units import clock
from units.enums import Role

from .chain_world import Cascade, accept, cite, link, rows_of
from .factories import Office, assignments_of, make_user
from .figures_world import NUMBER, counted, get
from .screens import ago, page, send, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return Cascade()


def chain_of(directive, user, when=None):
    return compliance.chain(directive, user, when or clock.today())


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


def test_a_past_day_is_told_as_it_was_known_then(world):
    with ago(5):
        above = world.give_down()
        below = world.carry_out(above)
    accept(world.department, assignments_of(below)[0])
    yesterday = clock.today() - timedelta(days=1)
    for day, done in ((yesterday, 0), (clock.today(), 1)):
        found = chain_of(above, world.province.leader, day)
        assert (found.leaves.total, found.leaves.done, found.handed_down.total) == (2, done, 1)
    assert chain_of(above, world.province.leader, yesterday - timedelta(days=9)).leaves.total == 0


def test_tasks_of_documents_below_that_carry_out_nothing_above_are_told_apart(world):
    above = world.give_down(tasks=2)
    below = world.carry_out(above, tasks=3, links=rows_of(above, world.department.unit)[:1])
    found = chain_of(above, world.province.leader)
    assert (found.leaves.total, found.unlinked.total, found.handed_down.total) == (7, 4, 1)
    assert "4 chưa gắn với việc cấp trên giao" in page(
        sign_in(world.province.leader), f"/van-ban/{above.pk}/chuoi/"
    )
    own = chain_of(below, world.province.leader)
    assert (own.leaves.total, own.unlinked.total) == (6, 0), "of the document itself there is nothing above"


def test_what_is_handed_down_is_so_in_any_month(world):
    """Also in one in which nothing falls due of those to whom it was handed."""
    above = world.give_down(due_in=70)
    world.carry_out(above, due_in=5)
    (row,) = rows_of(above, world.department.unit)
    month = f"{row.due_on:%Y-M%m}"
    for narrowed in ("", f"&han-trong={month}", f"&ky={clock.today().year}"):
        address = f"/thong-ke/phan-viec/?chuoi={above.pk}&giao-tiep=1{narrowed}"
        assert get(world.province.leader, address).context["count"] == 1, narrowed


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
        leaves, handed_down, unlinked = recount(top, person)
        assert (found.leaves.total, found.handed_down.total) == (leaves, handed_down)
        assert found.unlinked.total == unlinked
        rows = compliance.chain_rows(top, person, clock.today(), unlinked=True)
        assert compliance.count(rows, clock.today(), Tally.total) == unlinked
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


def recount(top, person) -> tuple[int, int, int]:
    """In Python alone: every row of every document met on the way down, whether anything below it goes on, and whether its
    task carries out anything that was met."""
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
    leaves = [row for row in going_on if row.pk not in carried]
    superiors = (row.task.implements for row in leaves if row.directive_id != top.pk)
    unlinked = sum(one is None or one.directive_id not in met for one in superiors)
    return len(leaves), len(going_on) - len(leaves), unlinked


# --- On the screens -----------------------------------------------------------------------------


def test_the_superiors_work_shows_what_lies_below_to_whoever_sees_it(world):
    above = world.give_down()
    (owed,) = assignments_of(above)
    below = world.carry_out(above)
    done, open_row = assignments_of(below)
    accept(world.department, done)
    address = f"/nhiem-vu/{owed.pk}/"
    for person in (world.department.leader, world.province.leader):
        text = page(sign_in(person), address)
        assert "2 phần việc giao tiếp xuống dưới" in text
        assert "1 minh chứng đã xác nhận" in text
        assert f'href="/nhiem-vu/{open_row.pk}/"' in text
    assert "Chưa tiếp nhận" not in text
    owed.refresh_from_db()
    assert owed.state == AssignmentState.NOT_STARTED


def test_accepted_proof_from_below_is_taken_along(world):
    above = world.give_down()
    (owed,) = assignments_of(above)
    below = world.carry_out(above)
    done, waiting = assignments_of(below)
    accept(world.department, done)
    world.department.report(waiting, evidence=[tracking.Document("99/BC", clock.today())])
    client = sign_in(world.heads[world.department.unit.pk])
    address = f"/nhiem-vu/{owed.pk}/bao-cao/"
    form = client.get(address).context["form"]
    (proof,) = form.below
    assert (proof.report.assignment, form.documents) == (done, [below])
    answer = send(client, address, text="Đã thực hiện", reused=[proof.pk], carried=[below.pk])
    assert answer.status_code == 303
    kept = Report.objects.get(assignment=owed).evidence.order_by("pk")
    assert [(one.code, one.document) for one in kept] == [(proof.code, None), (below.code, below)]
    owed.refresh_from_db()
    assert owed.state == AssignmentState.REPORTED, "the province still has to accept it"


def test_the_chain_is_read_from_the_top_down_to_each_room(world):
    above = world.give_down()
    below = world.carry_out(above)
    client = sign_in(world.province.leader)
    document = page(client, f"/van-ban/{above.pk}/")
    assert "2 phần việc ở tầng cuối (chưa kể 1 việc được giao tiếp xuống dưới)" in plain(document)
    text = page(client, f"/van-ban/{above.pk}/chuoi/")
    assert "2 phần việc ở tầng cuối (chưa kể 1 việc được giao tiếp xuống dưới)" in plain(text)
    for row in assignments_of(below):
        assert f'href="/nhiem-vu/{row.pk}/">{row.unit_name}' in text
    assert text.index(f'id="vb{above.pk}"') < text.index(f'id="vb{below.pk}"')


def plain(text):
    return re.sub("<[^>]+>", "", text)


def test_every_number_of_a_chain_opens_exactly_its_rows(world):
    """Of the leaves, of what is handed down, of each document and each task; read by who sees all and by who sees a part."""
    above = world.give_down(tasks=2)
    below = world.carry_out(above)
    accept(world.department, assignments_of(below)[0])
    tracking.cancel(assignments_of(below)[1], by=world.department.monitor, reason="Thôi")
    for reader in (
        world.province.leader,
        world.department.leader,
        world.heads[world.department.unit.pk],
    ):
        client = sign_in(reader)
        for address in (
            f"/van-ban/{above.pk}/chuoi/",
            f"/van-ban/{above.pk}/",
            f"/van-ban/{below.pk}/chuoi/",
        ):
            links = NUMBER.findall(page(client, address))
            assert any("chuoi=" in url for url, _number in links)
            for url, number in links:
                behind = client.get(unescape(url))
                assert (behind.context["count"], len(behind.context["found"])) == (
                    int(number),
                    int(number),
                ), url


def test_the_rows_of_a_chain_say_which_and_of_what_is_not_seen_there_are_none(world):
    above = world.give_down(tasks=2)
    world.carry_out(above)
    client, rows = sign_in(world.province.leader), "/thong-ke/phan-viec/"
    assert f"Tầng cuối của chuỗi {above.code}" in page(client, f"{rows}?chuoi={above.pk}")
    assert f"Được giao tiếp trong chuỗi {above.code}" in page(client, f"{rows}?chuoi={above.pk}&giao-tiep=1")
    then = f"{clock.today() - timedelta(days=1):%Y-%m-%d}"
    by_todays_links = "theo liên kết giữa các văn bản hôm nay"
    assert by_todays_links in page(client, f"{rows}?chuoi={above.pk}&ngay={then}")
    assert by_todays_links not in page(client, f"{rows}?chuoi={above.pk}")
    own = page(client, f"{rows}?chuoi={above.pk}&chua-gan=1")
    assert f"Tầng cuối của chuỗi {above.code}; chưa gắn với việc cấp trên giao" in own
    stranger = get(Office(rooms=1).leader, rows, chuoi=above.pk)
    assert (stranger.context["count"], above.code in stranger.content.decode()) == (0, False)


def test_what_may_not_be_read_is_a_header_at_most(world):
    """The department's own letter hangs under a paper that only the province and the department read."""
    first, second = world.give_down(), world.give_down()
    cite(second, first)
    hidden = world.province.issue(tasks=1, to=[Office(rooms=0, parent=world.province.unit).unit])
    cite(hidden, first)
    text = page(sign_in(world.department.leader), f"/van-ban/{first.pk}/chuoi/")
    assert f'id="vb{second.pk}"' in text
    assert hidden.code not in text
    below = world.carry_out(second)
    cite(below, hidden)
    text = page(sign_in(world.department.leader), f"/van-ban/{first.pk}/chuoi/")
    assert hidden.code in text
    assert f'href="/van-ban/{hidden.pk}/"' not in text
    room = sign_in(world.department.heads[world.department.rooms[0]])
    assert room.get(f"/van-ban/{first.pk}/chuoi/").status_code == 404


def test_what_the_superior_wrote_is_read_by_whom_it_was_written_to(world):
    """A room reads whose work its own carries out by code and number; the text stands in a paper it does not receive."""
    above = world.give_down()
    Task.objects.filter(directive=above).update(text="Rà soát cán bộ diện quy hoạch")
    below = world.carry_out(above)
    row = next(row for row in assignments_of(below) if row.unit == world.department.rooms[0])
    room, leader = world.department.heads[row.unit], world.department.leader
    for address in (f"/nhiem-vu/{row.pk}/", f"/van-ban/{below.pk}/"):
        text = page(sign_in(room), address)
        assert f"{above.code}, nhiệm vụ 1" in text
        assert "Rà soát cán bộ" not in text
        assert "Rà soát cán bộ" in page(sign_in(leader), address)


@pytest.mark.parametrize("address", ["/van-ban/{}/", "/van-ban/{}/chuoi/"])
def test_the_queries_do_not_grow(address):
    taken = []
    for papers in (1, 3):
        world = Cascade(departments=papers, rooms=papers)
        above = world.give_down(tasks=papers)
        for office in world.departments:
            world.carry_out(above, office=office, tasks=papers)
        taken.append(counted(world.province.leader, address.format(above.pk)).queries)
    assert taken[0] == taken[1] <= 16


def test_the_superiors_work_is_asked_for_in_as_many_queries(world):
    taken = []
    for rooms in (1, 3):
        world = Cascade(rooms=rooms)
        above = world.give_down()
        world.carry_out(above, tasks=1)
        taken.append(counted(world.department.leader, f"/nhiem-vu/{assignments_of(above)[0].pk}/").queries)
    assert taken[0] == taken[1]


def test_a_wide_chain_says_that_it_is_cut(world, monkeypatch):
    monkeypatch.setattr(chains, "MOST_DOCUMENTS", 2)
    monkeypatch.setattr(chains, "UNITS_SHOWN", 1)
    above = world.give_down(tasks=1)
    for _ in range(3):
        world.carry_out(above)
    found = chain_of(above, world.province.leader)
    assert (found.is_cut, len(found.nodes)) == (True, 3)
    text = page(sign_in(world.province.leader), f"/van-ban/{above.pk}/chuoi/")
    assert "Chuỗi dài hơn một trang" in text
    assert text.count("Xem thêm 1 phần việc") == 2
