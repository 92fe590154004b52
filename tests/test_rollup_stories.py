"""The counters after random stories of every kind of verb, and when two people act at one moment."""

from collections import Counter
from contextlib import suppress
from datetime import timedelta
from random import Random
from threading import Thread

import pytest
from django.db import connections, transaction

from directives import issuing, lifecycle, recurring, rollup
from directives.enums import ENDED
from directives.errors import Refused
from directives.models import Assignment, Mark
from directives.periods import Rule
from units import clock

from .factories import Office, assignments_of
from .rollup_world import agree
from .screens import ago
from .test_stories import World
from .waiting import ended_or_waits

pytestmark = pytest.mark.django_db
LAGS = (45, 1, 0)
MONTHLY = Rule("monthly", due="next_month", day=5)


class Everything(World):
    """The two tasks of the stories, one that comes back every month, and documents issued and revoked besides."""

    def _issue(self):
        draft = self.office.draft(tasks=3, to=self.office.rooms[:2], due_in=40, extension_limit=9)
        draft.tasks.filter(position=2).update(due_on=None, undated_reason="Thường xuyên")
        draft.tasks.filter(position=3).update(due_on=None, **recurring.columns(MONTHLY))
        issuing.submit(draft, by=self.office.clerk)
        issuing.sign(draft, by=self.office.leader)
        return issuing.issue(draft, by=self.office.clerk)

    def live(self, dice):
        """One act of somebody; what it was called where it was done."""
        act = dice.choices([self._work, self._recipients, self._document], [40, 3, 4])[0]
        with suppress(Refused), transaction.atomic():
            return act(dice)

    def _work(self, dice):
        rows = list(Assignment.objects.select_related("directive", "task").order_by("pk"))
        row = dice.choice([row for row in rows if row.state not in ENDED or dice.random() < 0.2] or rows)
        verbs = [
            verb for verb, one in lifecycle.ASSIGNMENT.items() if one.target and row.state in one.sources
        ]
        verb = dice.choice([*verbs, "extend", "set_deadline", "delegate"])
        if verb in ("cancel", "transfer") and dice.random() < 0.7:
            return None
        able = [person for person in self.people if lifecycle.ASSIGNMENT[verb].rule(person, row)]
        self.act(verb, row, dice.choice(able or self.people), dice.choice([8, 11, 16, 17, 22]))
        return verb

    def _recipients(self, dice):
        verb = dice.choice(["add_recipient", "remove_recipient"])
        self.change_recipients(verb, self.office.monitor, dice.randrange(1, 26))
        return verb

    def _document(self, dice):
        act = dice.choice(["issue", "issue", "revoke", "open_periods", "change_rhythm"])
        if act == "issue":
            self.office.issue(tasks=2, to=self.office.rooms, due_in=dice.randrange(1, 30))
        elif act == "revoke":
            self._revoke()
        elif act == "open_periods":
            recurring.open_periods()
        else:
            rule = Rule("monthly", due="next_month", day=dice.randrange(1, 28))
            task = self.directive.tasks.get(position=3)
            recurring.change_rhythm(task, by=self.office.leader, rule=rule, reason="Đổi hạn")
        return act

    def _revoke(self):
        others = Assignment.objects.exclude(directive=self.directive).order_by("directive")
        if row := others.select_related("directive").exclude(directive__state="revoked").first():
            issuing.revoke(row.directive, by=self.office.leader, reason="Sai")


@pytest.mark.parametrize("acts", [100, pytest.param(3_000, marks=pytest.mark.long)])
def test_after_any_story_the_counters_say_what_a_recount_says(acts):
    dice, done = Random(acts), Counter()
    with ago(80):
        world = Everything()
    for lag, until in zip(LAGS, (*LAGS[1:], 0), strict=True):
        with ago(lag):
            rollup.advance()
        for n in range(acts // len(LAGS)):
            with ago(lag - (lag - until) * n // (acts // len(LAGS))):
                done[world.live(dice)] += 1
                if n % max(1, acts // 20) == 0:
                    assert rollup.faults() == []
        assert Mark.objects.get().as_of == clock.today() - timedelta(days=lag)
        agree(world.office.leader)
    rollup.advance()
    agree(world.office.leader)
    missing = {verb for verb, one in lifecycle.ASSIGNMENT.items() if one.target} - set(done)
    assert acts < 1_000 or not missing, missing
    assert sum(done.values()) - done[None] > acts / 3


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
class TestAtOneMoment:
    @pytest.fixture
    def rows(self):
        rollup.rebuild()
        office = Office(rooms=1)
        issued = [office.issue(tasks=3, to=office.rooms) for _ in range(2)]
        return office, [row for one in issued for row in assignments_of(one)]

    def beside(self, act, *, until=Thread.join):
        """Run in a connection of its own, until it has ended or a moment is over."""
        thread = Thread(target=lambda: (act(), connections.close_all()))
        thread.start()
        until(thread, 3)
        return thread

    def test_two_reports_of_one_unit_wait_for_nobody(self, rows):
        office, (one, two, *_) = rows
        with transaction.atomic():
            office.report(one)
            other = self.beside(lambda: self.acknowledge_and_report(office, office.issue(tasks=1)))
            assert not other.is_alive()
        agree(office.leader)

    def acknowledge_and_report(self, office, directive):
        for row in assignments_of(directive):
            office.report(row)

    def test_who_advances_waits_for_who_books_and_nobody_stands_behind_them(self, rows):
        office, (one, *_, last) = rows
        with ago(3):
            rollup.advance()
        with transaction.atomic():
            office.report(one)
            advancing = self.beside(rollup.advance, until=ended_or_waits)
            assert advancing.is_alive(), "it waits for the report"
            other = self.beside(lambda: office.report(last))
            assert not other.is_alive(), "another report does not wait behind it"
        advancing.join(timeout=20)
        assert not advancing.is_alive()
        assert Mark.objects.get().as_of == clock.today()
        agree(office.leader)

    def test_many_acts_while_the_mark_moves(self, rows):
        office, found = rows
        ended = []

        def work(row):
            office.accept(row)
            ended.append(row)

        threads = [Thread(target=lambda row=row: (work(row), connections.close_all())) for row in found]
        for thread in threads:
            thread.start()
        for days in (5, 4, 3, 2, 1, 0):
            with ago(days):
                rollup.advance()
                assert rollup.faults() == []
        for thread in threads:
            thread.join(timeout=30)
        assert len(ended) == len(found)
        agree(office.leader)
