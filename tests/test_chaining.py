"""Saying whose work a task carries out: offered, said by people, and never in a circle."""

from dataclasses import replace
from datetime import timedelta
from random import Random
from threading import Barrier, Thread

import pytest
from django.db import connections
from django.http import QueryDict

from directives import chaining, drafting
from directives.errors import Incomplete, NotAllowed, Stale
from directives.forms.chaining import CarriedOutForm
from directives.models import Assignment, Task
from units import clock
from units.models import Event

from .chain_world import Cascade, accept, cite, link
from .factories import Office, assignments_of
from .screens import page, send, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return Cascade()


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


# --- On the screens -----------------------------------------------------------------------------


def test_the_clerk_is_offered_the_superiors_work_and_nothing_is_set_for_them(world):
    (owed,) = assignments_of(world.give_down())
    draft = world.department.draft(tasks=2)
    client = sign_in(world.department.clerk)
    address = f"/quan-tri/directives/directive/{draft.pk}/change/"
    answer = client.get(address)
    text = answer.content.decode()
    assert text.count(f'<option value="{owed.pk}">{owed.directive.code}, nhiệm vụ 1: ') == 2
    assert f'value="{owed.pk}" selected' not in text
    form = fields_of(answer) | {"task-1-implements": str(owed.pk)}
    assert send(client, address, **form, act="save").status_code == 302
    assert [task.implements for task in draft.tasks.order_by("position")] == [None, owed]
    assert f'value="{owed.pk}" selected' in page(client, address)


def test_work_that_is_not_the_offices_is_refused_at_its_field(world):
    foreign = assignments_of(Cascade().give_down())[0]
    world.give_down()
    draft = world.department.draft(tasks=1)
    client = sign_in(world.department.clerk)
    address = f"/quan-tri/directives/directive/{draft.pk}/change/"
    form = fields_of(client.get(address)) | {"task-0-implements": str(foreign.pk), "task-0-text": "Đã sửa"}
    answer = send(client, address, **form, act="save")
    assert answer.status_code == 422
    assert "Chỉ gắn được với nhiệm vụ mà cấp trên giao cho chính cơ quan" in answer.content.decode()
    assert "Đã sửa" in answer.content.decode()
    rows = [replace(row, implements=foreign) for row in drafting.sheet_of(draft).tasks]
    with pytest.raises(Incomplete):
        drafting.replace_tasks(draft, by=world.department.clerk, version=draft.version, tasks=rows)


def fields_of(answer) -> dict:
    """Everything the desk's form would send as it stands."""
    forms = answer.context["forms"]
    sent = {forms.tasks.count_name: len(forms.tasks), forms.addressees.count_name: len(forms.addressees)}
    sent[forms.citations.count_name] = len(forms.citations)
    for form in (forms.heading, *forms.tasks, *forms.addressees, *forms.citations):
        for bound in form:
            value = bound.value()
            if value not in (None, False):
                sent[bound.html_name] = bound.field.prepare_value(value)
    return {name: value for name, value in sent.items() if value is not None}


def test_the_office_says_from_both_sides_what_is_carried_out(world):
    (owed,) = assignments_of(world.give_down())
    below = world.department.issue(tasks=2)
    first, second = below.tasks.all()
    client = sign_in(world.department.monitor)
    from_task = f"/van-ban/{below.pk}/thuc-hien/{first.pk}/"
    assert send(client, from_task, implements=owed.pk).status_code == 303
    document = f"/van-ban/{below.pk}/"
    assert f'href="/nhiem-vu/{owed.pk}/">{owed.directive.code}, nhiệm vụ 1: ' in page(client, document)
    head = sign_in(world.department.heads[world.department.rooms[0]])
    read = page(head, document)
    assert owed.directive.code in read, "the room reads whose work it carries out"
    assert f"/nhiem-vu/{owed.pk}/" not in read
    assert "/thuc-hien/" not in read
    from_work = f"/nhiem-vu/{owed.pk}/viec-thuc-hien/"
    text = page(client, from_work)
    assert f'value="{first.pk}"' in text
    assert text.count(" checked") == 1
    assert send(client, from_work, tasks=[second.pk]).status_code == 303
    assert [task.implements for task in below.tasks.all()] == [None, owed]
    assert "Nhiệm vụ 1 thôi gắn với việc cấp trên giao" in page(client, f"/van-ban/{below.pk}/nhat-ky/")
    assert send(client, from_work, tasks=["999999"]).status_code == 422


# --- Two at once --------------------------------------------------------------------------------


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("papers", [2, 4])
def test_two_people_do_not_close_a_circle_between_them(papers):
    """All but two links of a circle are there; both are made at one moment, each by somebody who does not see the other's."""
    for _ in range(5):
        offices = [Office(rooms=0) for _ in range(papers)]
        given = [
            one.issue(tasks=1, to=[offices[at - 1].unit]) for at, one in enumerate(offices)
        ]  # each gives work to the one before it
        links = [
            (given[at].tasks.get(), assignments_of(given[(at + 1) % papers])[0], one)
            for at, one in enumerate(offices)
        ]
        both = links[0], links[papers // 2]
        for one in links:
            if one not in both:
                link(*one)
        ends = at_once([lambda one=one: link(*one) for one in both])
        assert sorted(map(str, ends)) == ["None", "thành vòng"]
        assert is_ordered()


def at_once(acts) -> list:
    """How each ended: None, or the word of its refusal that matters here."""
    together, ends = Barrier(len(acts)), [None] * len(acts)

    def run(at, act):
        try:
            together.wait(timeout=20)
            act()
        except Incomplete as refused:
            sentence = str(refused.fields["implements"])
            ends[at] = "thành vòng" if "thành vòng" in sentence else sentence
        except Exception as other:  # noqa: BLE001 - told by the test
            ends[at] = repr(other)
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=one) for one in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return ends


@pytest.fixture
def crowded(world):
    """Linked to work that is older than all that is offered."""
    (owed,) = assignments_of(world.give_down(due_in=60))
    task = world.department.issue(tasks=1).tasks.get()
    link(task, owed, world.department)
    for _ in range(chaining.MOST_OFFERED):
        world.give_down()
    Assignment.objects.filter(pk=owed.pk).update(issued_on=clock.today() - timedelta(days=9))
    return task, owed


def test_what_a_task_carries_out_stays_choosable_however_much_there_is(world, crowded):
    task, owed = crowded
    assert chaining.offered(task.directive)[0] == owed
    client = sign_in(world.department.monitor)
    address = f"/van-ban/{task.directive_id}/thuc-hien/{task.pk}/"
    shown = page(client, address)
    assert f'value="{owed.pk}" selected' in shown
    assert send(client, address, implements=owed.pk, seen=owed.pk).status_code == 303
    assert Task.objects.get(pk=task.pk).implements == owed


def test_tasks_that_carry_it_out_stand_first_however_many_there_are(world, monkeypatch):
    monkeypatch.setattr(chaining, "MOST_TASKS", 2)
    (owed,) = assignments_of(world.give_down())
    first = world.department.issue(tasks=1).tasks.get()
    link(first, owed, world.department)
    world.department.issue(tasks=3)
    assert chaining.free_tasks(owed)[0] == first


def test_of_two_people_each_changes_only_what_they_changed(world):
    (owed,) = assignments_of(world.give_down())
    (other,) = assignments_of(world.give_down())
    first, second, third = world.department.issue(tasks=3).tasks.order_by("position")
    link(third, owed, world.department)
    address = f"/nhiem-vu/{owed.pk}/viec-thuc-hien/"
    client = sign_in(world.department.monitor)
    assert f'name="seen" value="{third.pk}"' in page(client, address)
    link(second, owed, world.department)
    assert send(client, address, seen=third.pk, tasks=[first.pk, third.pk]).status_code == 303
    assert set(Task.objects.filter(implements=owed)) == {first, second, third}
    link(first, other, world.department)
    answer = send(client, address, seen=f"{first.pk},{second.pk}", tasks=[second.pk])
    assert answer.status_code == 303, "it was not this person's any more, and is not on the page"
    answer = send(client, address, seen="", tasks=[first.pk])
    assert (answer.status_code, "vừa được gắn với việc khác" in answer.content.decode()) == (422, True)
    assert Task.objects.get(pk=first.pk).implements == other


def test_who_read_another_link_than_there_is_does_not_overwrite_it(world):
    (owed,), (other,) = (assignments_of(world.give_down()) for _ in range(2))
    task = world.department.issue(tasks=1).tasks.get()
    link(task, other, world.department)
    with pytest.raises(Stale, match="vừa gắn"):
        chaining.carry_out(owed, [task], by=world.department.monitor, among=[task], seen=())
    address = f"/van-ban/{task.directive_id}/thuc-hien/{task.pk}/"
    client = sign_in(world.department.monitor)
    answer = send(client, address, implements=owed.pk, seen="")
    text = answer.content.decode()
    assert (answer.status_code, "Người khác vừa gắn" in text) == (422, True)
    assert f'name="seen" value="{other.pk}"' in text
    assert Task.objects.get(pk=task.pk).implements == other
    assert send(client, address, implements=owed.pk, seen=other.pk).status_code == 303
    assert Task.objects.get(pk=task.pk).implements == owed


def test_a_refused_form_is_sent_again_with_what_was_read_at_first(world):
    """What another did meanwhile is not undone by sending it a second time."""
    (owed,), (other,) = (assignments_of(world.give_down()) for _ in range(2))
    first, second, third = world.department.issue(tasks=3).tasks.order_by("position")
    link(third, owed, world.department)
    client, address = sign_in(world.department.monitor), f"/nhiem-vu/{owed.pk}/viec-thuc-hien/"
    link(second, owed, world.department), link(first, other, world.department)
    again = send(client, address, seen=third.pk, tasks=[first.pk, third.pk])
    assert (again.status_code, again.context["form"].looked_at) == (422, str(third.pk))
    assert send(client, address, seen=third.pk, tasks=[third.pk]).status_code == 303
    assert set(Task.objects.filter(implements=owed)) == {second, third}
    alone = f"/van-ban/{first.directive_id}/thuc-hien/{first.pk}/"
    assert send(client, alone, seen="", implements="9999").context["form"].looked_at == ""
    told = send(client, alone, seen="", implements=owed.pk).content.decode()
    assert f"với việc khác: {other.directive.code}, nhiệm vụ 1" in told


def test_who_is_told_what_another_did_keeps_it_beside_their_own(world):
    (owed,) = assignments_of(world.give_down())
    first, second, third = world.department.issue(tasks=3).tasks.order_by("position")
    offered = [first, second, third]
    link(second, owed, world.department)
    sent = QueryDict(f"seen={first.pk}&tasks={third.pk}")
    form = CarriedOutForm(
        owed, list(Task.objects.order_by("position").filter(pk__in=[one.pk for one in offered])), sent
    )
    assert form.is_valid()
    form.take(Stale())
    assert (form["tasks"].value(), form.looked_at) == (
        sorted([str(second.pk), str(third.pk)]),
        str(second.pk),
    )


def test_all_that_a_draft_is_linked_to_is_offered_and_something_new_besides(world, monkeypatch):
    monkeypatch.setattr(chaining, "MOST_OFFERED", 2)
    owed = [one for _ in range(5) for one in assignments_of(world.give_down())]
    tasks = world.department.issue(tasks=3).tasks.order_by("position")
    for task, one in zip(tasks, owed, strict=False):
        link(task, one, world.department)
    offered = chaining.offered(tasks[0].directive, 2)
    assert {one.pk for one in offered[:3]} == {one.pk for one in owed[:3]}
    assert {one.pk for one in offered[3:]} == {one.pk for one in owed[3:]}
