"""A unit's list, turned over page by page: every piece of work once, in the order that its rule says.

PostgreSQL puts a page together out of two halves; SQLite, which sorts them all, is what it is compared with.
"""

from datetime import date, timedelta
from zlib import crc32

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from directives import rules
from directives.enums import ENDED, AssignmentState, Standing
from directives.models import Assignment
from directives.views.paging import PAGE, page
from directives.views.tracking import owed
from units import clock

from .counts import LONG
from .factories import Office
from .screens import ago, sign_in

pytestmark = pytest.mark.django_db

MOST = 3 * PAGE + 5
BEGUN, COMING = -40, 3
FAR = date(9999, 12, 31)
# Of the filters those of unfinished work; nothing came back here, and nothing was said.
FILTERS = [*owed.OPEN_GROUPS, owed.COMING]
# State, deadline, day of the report, day of issue: days from today. Many rows have the same.
KINDS = {
    "late": (AssignmentState.NOT_STARTED, -6, None, BEGUN),
    "late too": (AssignmentState.IN_PROGRESS, -2, None, BEGUN),
    "soon": (AssignmentState.IN_PROGRESS, 4, None, BEGUN),
    "undated": (AssignmentState.NOT_STARTED, None, None, BEGUN),
    "reported": (AssignmentState.REPORTED, 9, -3, BEGUN),
    "reported, undated": (AssignmentState.REPORTED, None, -1, BEGUN),
    "paused": (AssignmentState.PAUSED, -9, None, BEGUN),
    "of a period to come": (AssignmentState.NOT_STARTED, 12, None, COMING),
    "done": (AssignmentState.ACCEPTED, -8, -9, BEGUN),
}


@pytest.fixture
def office(db):
    office = Office(rooms=1)
    with ago(-BEGUN):
        office.issue(tasks=MOST)
    return office


def live(kinds):
    keys = list(Assignment.objects.order_by("pk").values_list("pk", flat=True))
    for kind, (state, due, reported, issued) in KINDS.items():
        these = [key for key, one in zip(keys, kinds, strict=True) if one == kind]
        Assignment.objects.filter(pk__in=these).update(
            state=state, due_on=day(due), reported_on=day(reported), issued_on=day(issued)
        )


def day(offset):
    return None if offset is None else clock.today() + timedelta(days=offset)


def place(row):
    """The rule of the list, written a second time: what is to be done by deadline, without one, reported, paused, not begun."""
    if row.issued_on > clock.today():
        return 5, row.due_on or FAR, row.pk
    if row.state == AssignmentState.PAUSED:
        return 4, row.due_on or FAR, row.pk
    if row.state == AssignmentState.REPORTED:
        return 3, row.reported_on, row.pk
    return 1 if row.due_on else 2, row.due_on or FAR, row.pk


def belongs(row, group):
    """Whether the group has the row, of what this world knows."""
    if row.issued_on > clock.today() or group is owed.COMING:
        return group is owed.COMING and row.issued_on > clock.today()
    if row.state == AssignmentState.PAUSED:
        return group.chip == Standing.PAUSED
    if row.state == AssignmentState.REPORTED:
        return group.chip == Standing.AWAITING
    late = row.due_on and row.due_on < clock.today()
    stands = Standing.OVERDUE if late else Standing.DUE_SOON if row.due_on else Standing.UNDATED
    return group.chip == stands


def turned_over(user, **asked):
    rows, after, found = Assignment.objects.filter(rules.owed_assignments(user)), "", []
    while after or not found:
        chosen = owed.sorted_by_urgency(
            owed.narrowed(rows, {"q": "", "group": None, "directive": None} | asked)
        )
        one = page(chosen, owed.KEY, after, parts=owed._by_deadline())
        assert len(one.rows) == PAGE or not one.after
        found += one.rows
        after = one.after
        if not one.rows:
            break
    return [row.pk for row in found]


def of(**counts):
    kinds = [kind for kind, n in counts.items() for _ in range(n)]
    return kinds + ["done"] * (MOST - len(kinds))


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from([*KINDS]), min_size=MOST, max_size=MOST).flatmap(st.permutations))
@example(of(late=PAGE))
@example(of(late=PAGE, undated=1))
@example(of(late=PAGE + 1, undated=1))
@example(of(late=PAGE - 1, paused=2, undated=PAGE))
@example(of(undated=PAGE + 1, late=1))
@example(of(late=2 * PAGE, undated=PAGE))
@example(of())
def test_every_page_goes_on_where_the_last_ended(office, kinds):
    with transaction.atomic():
        live(kinds)
        unfinished = Assignment.objects.exclude(state__in=ENDED)
        head = office.heads[office.rooms[0]]
        assert turned_over(head) == [row.pk for row in sorted(unfinished, key=place)]
        for group in some_filters(kinds):
            chosen = turned_over(head, group=group)
            assert chosen == sorted(chosen, key=[row.pk for row in sorted(unfinished, key=place)].index)
            assert set(chosen) == {row.pk for row in unfinished if belongs(row, group)}, group.word
        transaction.set_rollback(True)


def some_filters(kinds):
    """All of them in the long run; in the ordinary one a third, another for other lists."""
    return FILTERS if LONG else FILTERS[crc32(" ".join(kinds).encode()) % 3 :: 3]


def test_the_page_that_opens_begins_the_same_list(office):
    live(of(late=PAGE - 1, undated=2, paused=1))
    head = office.heads[office.rooms[0]]
    answer = sign_in(head).get("/nhiem-vu/")
    shown = [card.assignment.pk for _group, _count, cards in answer.context["sections"] for card in cards]
    assert shown == turned_over(head)[:PAGE]
    assert answer.context["after"]
