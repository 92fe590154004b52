"""The dashboard says the same, whether it counts every row or reads the counters."""

import re
from datetime import timedelta
from functools import partial
from random import Random

import pytest

from directives import compliance, rollup
from directives.compliance import figures
from units import clock, statements
from units.enums import Role
from units.models import User

from .factories import Office, assignments_of, make_unit, make_user
from .figures_world import counted, get, html
from .screens import ago
from .test_rollup_stories import Everything

pytestmark = pytest.mark.django_db
ACTS = 40
ADDRESSES = (
    "",
    "?ky=",
    "?ky=quy-nay",
    "?ky={year}",
    "?vai-tro=tat-ca&ky=",
    "?don-vi={unit}&ky=",
    "?don-vi={unit}&rieng=1&ky=",
)
BESIDE = ("?loai=letter", "?co-quan={unit}", "?ngay={yesterday}", "?den={yesterday}")


@pytest.fixture
def world():
    """Some weeks of random acts, booked since twenty days ago."""
    dice = Random(7)
    with ago(60):
        world = Everything()
    for days in range(55, -1, -5):
        with ago(days):
            for _ in range(ACTS // 12 + 1):
                world.live(dice)
            if days == 20:
                rollup.advance()
    return world


def shown(user, address):
    """The page as it is read, without what is new each time it is asked for."""
    answer = get(user, f"/thong-ke/{address}")
    assert answer.status_code == 200, address
    text = re.sub(
        r'name="csrfmiddlewaretoken"[^>]*>|name="khoa"[^>]*>|nonce="[^"]*"|value="[0-9a-f-]{36}"',
        "",
        html(answer),
    )
    return re.sub(r"\d\d:\d\d", "", text)


def filled(address, office):
    told = {
        "unit": office.unit.pk,
        "year": clock.today().year,
        "yesterday": clock.today() - timedelta(days=1),
    }
    return address.format(**told)


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_page_is_the_same_from_the_counters(world, settings, address, monkeypatch):
    office = world.office
    asked = []

    def read(*questions, read=rollup.read, **told):
        answer = read(*questions, **told)
        asked.extend([] if answer is None else [answer])
        return answer

    monkeypatch.setattr(rollup, "read", read)
    readers = (office.leader, office.heads[office.rooms[0]])
    settings.COUNTERS_FROM = 10**9
    live = [shown(user, filled(address, office)) for user in readers]
    assert not asked
    settings.COUNTERS_FROM = 0
    assert [shown(user, filled(address, office)) for user in readers] == live
    assert asked


@pytest.mark.parametrize("address", BESIDE)
def test_what_the_counters_do_not_know_is_counted(world, settings, address, monkeypatch):
    monkeypatch.setattr(rollup, "read", lambda *a, **b: pytest.fail("asked the counters"))
    settings.COUNTERS_FROM = 0
    shown(world.office.leader, filled(address, world.office))


def test_the_page_asks_as_much_for_one_as_for_three(world, settings):
    settings.COUNTERS_FROM = 0
    office = world.office
    one = counted(office.leader, "/thong-ke/").queries
    office.issue(), office.issue(tasks=4)
    assert counted(office.leader, "/thong-ke/").queries == one <= 12


def test_the_newest_with_open_work_are_the_same_however_few_are_looked_through_first(monkeypatch):
    office = Office(rooms=2)
    for n in range(6):
        with ago(9 - n):
            issued = office.issue(tasks=1, to=[office.rooms[n % 2]])
        if n in (2, 5):  # done, one of them the newest of all
            office.accept(assignments_of(issued)[0])
    seen = compliance.visible(office.leader)
    for limit in range(1, 6):
        every = compliance.by_directive(seen, clock.today(), limit=limit)
        assert len(every) == min(limit, 4)
        for looked in range(1, 8):
            monkeypatch.setattr(figures, "LOOKED_THROUGH", looked)
            among = partial(compliance.newest_seen, office.leader)
            assert compliance.by_directive(seen, clock.today(), limit=limit, among=among) == every


def test_all_is_the_same_whatever_sql_a_worker_keeps(world, settings):
    settings.COUNTERS_FROM = 0
    office, said = world.office, []
    upper, lower = office.rooms[:2]

    def told(person):
        fresh = User.objects.get(pk=person.pk)
        addresses = ("", "?vai-tro=tat-ca&ky=", f"?don-vi={upper.pk}&ky=")
        return [_told_of(get(fresh, f"/thong-ke/{address}").context) for address in addresses]

    for change in (
        lambda: None,
        lambda: office.issue(tasks=1, due_in=3),
        lambda: make_unit(),
        lambda: _put_below(upper, lower),
        lambda: office.leader.memberships.update(unit=upper),
        lambda: office.leader.memberships.update(unit=lower),
    ):
        change()
        kept = told(office.leader)
        statements._statements.clear()
        assert kept == told(office.leader)
        said.append(kept)
    assert said[0] != said[1] == said[2] != said[3] != said[4] != said[5], "the changes are seen"


def _put_below(upper, lower):
    lower.parent = upper
    lower.save()


def _told_of(shown):
    """Documents, the units to choose from and those that give work, and since when each unit is late."""
    documents = [(one.directive_id, dict(one.tally.counts)) for one in shown["documents"]]
    late = [(one.path, one.oldest) for one in shown["units"]]
    return documents, shown["scope"].form.paths, shown["scope"].form.giving, late


@pytest.mark.parametrize("counters_from", [0, 10**9])
def test_a_unit_without_work_in_the_period_may_have_had_some_before(settings, counters_from):
    """The table is of the units below the one, and the other is above none of them."""
    settings.COUNTERS_FROM = counters_from
    province = make_unit()
    one, other = Office(rooms=2, parent=province), Office(rooms=1, parent=province)
    leader = make_user(Role.LEADER, province)
    with ago(40):
        (done,) = assignments_of(other.issue(tasks=1, to=[other.unit], due_in=5))
        other.heads[other.unit] = make_user(Role.HEAD, other.unit)
        other.accept(done)
    one.issue(tasks=1, due_in=3)
    rollup.rebuild()
    page = get(leader, "/thong-ke/?ky=thang-nay")
    assert {row.path for row in page.context["units"]} == {room.path for room in one.rooms}
