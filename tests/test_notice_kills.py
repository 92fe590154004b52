"""The sender killed at any moment and run again: exactly one row for each person, kind, thing and day."""

import os
import random
import signal
import sys
import time
from collections import Counter

import pytest
from django.db import connection, connections

from directives.models import Notice
from directives.notices import finding, hours, sending

from .factories import assignments_of
from .notices_world import Desk, letterbox, on, run
from .test_races import MachineFailedError, breaking_at

pytestmark = pytest.mark.django_db
ROOMS, TASKS = 10, 50


@pytest.fixture
def box(settings):
    with letterbox(settings) as server:
        yield server


def wanted():
    """A line for each row that must be there: 1,000 and some."""
    with on():
        found = finding.find(hours.hour(None))
    return Counter(one.key for one in found)


def made():
    fields = ("person_id", "kind", "assignment_id", "directive_id")
    rows = Notice.objects.values_list(*fields)
    return Counter((p, k, work, None if work else document) for p, k, work, document in rows)


def killed_after(seconds) -> bool:
    """Run the sender in a child process and kill it; whether it was still at work."""
    connections.close_all()  # a child must not talk, or say goodbye, on its parent's connection
    child = os.fork()
    if not child:
        sys.stdout = sys.stderr = open(os.devnull, "w")  # noqa: PTH123, SIM115
        try:
            run()
        finally:
            os._exit(0)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    _pid, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def whole_run() -> float:
    """How long it takes when nobody kills it."""
    started = time.monotonic()
    run()
    return time.monotonic() - started


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kills", [10, pytest.param(100, marks=pytest.mark.long)])
def test_killed_at_random_points_and_run_again(box, kills):
    desk, lots = Desk(rooms=ROOMS), random.Random(kills)
    desk.due(-5, tasks=TASKS, to=desk.rooms)
    expected = wanted()
    assert len(expected) > 2 * ROOMS * TASKS
    length, hit = whole_run(), 0
    for _ in range(kills):
        Notice.objects.all().delete()
        box.raw.clear()
        hit += killed_after(lots.uniform(0, length))
        in_flight = (
            Notice.objects.exclude(claimed_at=None).filter(mailed_at=None).values("person").distinct().count()
        )
        assert run().silence is None
        assert made() == expected
        assert Notice.objects.filter(mailed_at=None).count() == 0
        letters = Counter(letter["To"] for letter in box.letters)
        assert len(letters) == ROOMS + 2
        assert max(letters.values()) <= 2
        assert sum(letters.values()) <= ROOMS + 2 + in_flight
        assert len({letter["Message-ID"] for letter in box.letters}) == ROOMS + 2
    assert hit > kills / 2


def test_broken_at_every_statement_and_run_again(box):
    """Not at random: the machine fails at the first statement, then at the second, and so on to the end."""
    desk = Desk(rooms=1)
    works = assignments_of(desk.due(-5, tasks=2))
    with on():
        desk.urge(works[0])
    expected, number = wanted(), 0
    while True:
        Notice.objects.all().delete()
        try:
            with breaking_at(number):
                run()
        except MachineFailedError:
            connection.set_rollback(False)  # only the test stands in one transaction
            run()
            assert made() == expected, f"after statement {number}"
            assert Notice.objects.filter(mailed_at=None).count() == 0
            number += 1
        else:
            break
    assert number > 15


def test_beside_a_file_one_run_at_a_time():
    if connection.vendor == "postgresql":
        return  # the test below
    with sending._alone() as first, sending._alone() as second:
        assert (first, second) == (True, False)
        assert run().silence == hours.Silence.BUSY
    assert run().silence is None


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_are_one(box):
    """While one is at work the other leaves at once; what the first wrote stays once."""
    desk = Desk(rooms=2)
    desk.due(-5, tasks=5)
    expected, ends = wanted(), []
    connections.close_all()

    def second(execute, sql, params, many, context):
        if "INSERT" in sql and not ends:
            ends.append(other_process_is_silent())
        return execute(sql, params, many, context)

    with connection.execute_wrapper(second):
        run()
    assert ends == [True]
    assert made() == expected
    assert len(box.letters) == 3


def other_process_is_silent() -> bool:
    """A second sender in a process of its own, on a connection of its own."""
    child = os.fork()
    if not child:
        code = 2
        try:
            for one in connections.all():
                one.connection = None  # the parent's; not ours to close
                one.in_atomic_block, one.savepoint_ids = False, []
            code = 0 if run().silence else 1
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
