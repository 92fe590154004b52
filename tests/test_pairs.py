"""Two people press at the same moment, whichever verbs they press: one wins, the other is told, nothing is doubled."""

from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from threading import Barrier, Thread

import pytest
from django.db import connections

from directives import lifecycle, tracking
from directives.enums import AssignmentState
from directives.errors import Refused
from directives.models import Assignment, Report, Request
from units import clock, events
from units.models import Event

from .factories import Office, assignments_of
from .test_races import ROW, Meeting, afresh
from .test_stories import TOLD, World, check_rows

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

PERSONS_WAIT = 20  # seconds


@pytest.mark.parametrize("pairs", [25, pytest.param(200, marks=pytest.mark.long)])
def test_of_two_at_once_one_wins_and_the_other_is_told(pairs):
    world, dice = World(), Random(pairs)
    met = [_meet(world, dice) for _ in range(pairs)]
    check_rows()
    assert list(events.faults()) == []
    refused = [press.sentence for pair in met for press in pair if press.sentence is not None]
    assert len(refused) > pairs / 4
    assert all(sentence.strip() for sentence in refused)
    assert len({press.verb for pair in met for press in pair if press.done}) > 5


@pytest.mark.parametrize("asks_first", [True, False])
def test_nothing_is_asked_of_work_whose_clock_stands(asks_first):
    """Whichever came first, a request waits or the work rests; never both, for then nobody could answer it."""
    office = Office(rooms=1)
    row = assignments_of(office.issue(tasks=1, due_in=10))[0]
    seen, day = afresh(row), clock.today() + timedelta(days=20)
    acts = [
        lambda: tracking.request_extension(row, by=office.head_of(row), due_on=day, reason="Chờ vốn"),
        lambda: tracking.pause(seen, by=office.monitor, reason="Bão", review_on=day),
    ]
    met = Meeting(*(acts if asks_first else reversed(acts)), at=ROW)
    assert met.ends["first"] == "done"
    assert met.ends["second"] != "done"
    is_paused = afresh(row).state == AssignmentState.PAUSED
    assert Request.objects.filter(assignment=row.pk).exists() != is_paused
    assert list(events.faults()) == []


@dataclass
class Press:
    """What one person does to the row as they see it, and how it ended."""

    verb: str
    by: object
    choice: int
    row: Assignment
    done: bool = False
    sentence: str | None = None
    broken: list = field(default_factory=list)


def _meet(world, dice) -> list[Press]:
    row = _row_in_some_state(world, dice)
    pair = [_press(world, row, dice) for _ in range(2)]
    before, reports = Event.objects.count(), Report.objects.filter(assignment=row).count()
    together = Barrier(2)
    threads = [Thread(target=_run, args=(world, press, together)) for press in pair]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=PERSONS_WAIT)
        assert not thread.is_alive()
    told = ", ".join(f"{press.verb}: {press.sentence or press.done}" for press in pair)
    assert not any(press.broken for press in pair), (told, [press.broken for press in pair])
    done = [press for press in pair if press.done]
    assert len(done) <= (1 if _exclude(pair) else 2), told
    assert Event.objects.count() - before == sum(TOLD[press.verb] or 1 for press in done), told
    assert Report.objects.filter(assignment=row).count() - reports <= 1, told
    return pair


def _exclude(pair) -> bool:
    """Whether both would move the row from the state in which both saw it."""
    return all(lifecycle.ASSIGNMENT[press.verb].target for press in pair)


def _row_in_some_state(world, dice):
    """Work of a document of its own, as far as a story may have brought it."""
    office = world.office
    row = assignments_of(office.issue(tasks=1, to=office.rooms[:1], due_in=10, extension_limit=2))[0]
    Assignment.objects.filter(pk=row.pk).update(since_on=clock.today() - timedelta(days=dice.randrange(2)))
    for verb in dice.choice(_WAYS):
        by = office.monitor if lifecycle.ASSIGNMENT[verb].rule(office.monitor, row) else office.head_of(row)
        world.act(verb, row, by, 16)
    return row


_WAYS = [
    [],
    ["acknowledge"],
    ["acknowledge", "request_extension"],
    ["decline"],
    ["report"],
    ["report"],
    ["report", "accept"],
    ["pause"],
]


def _press(world, row, dice) -> Press:
    able = [
        (verb, person)
        for verb, one in lifecycle.ASSIGNMENT.items()
        for person in world.people
        if row.state in one.sources and one.rule(person, row)
    ]
    moving = [(verb, person) for verb, person in able if lifecycle.ASSIGNMENT[verb].target]
    verb, person = dice.choice(moving if moving and dice.random() < 0.7 else able)
    seen = Assignment.objects.select_related("directive", "task").get(pk=row.pk)
    return Press(verb, person, dice.choice([16, 17, 22]), seen)


def _run(world, press, together):
    try:
        together.wait(timeout=PERSONS_WAIT)
        world.act(press.verb, press.row, press.by, press.choice)
        press.done = True
    except Refused as refused:
        press.sentence = str(refused.sentence)
    except Exception as other:  # noqa: BLE001 - what is no sentence is a fault, told by the test
        press.broken.append(repr(other))
    finally:
        connections.close_all()
