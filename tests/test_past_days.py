"""The pages of figures on a day that is past: what they lead to is of that day, and nothing on them acts upon it."""

import re
from datetime import timedelta
from html import unescape

import pytest

from tests.factories import Office, assignments_of
from tests.figures_world import get, html
from tests.screens import ago
from units import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return Office(rooms=2)


@pytest.fixture
def late(office):
    """Two pieces of work that were late ten days ago; one was reported since."""
    with ago(40):
        rows = assignments_of(office.issue(tasks=1, due_in=10))
    office.accept(rows[0])
    return rows


def past(days):
    return f"{clock.today() - timedelta(days=days):%Y-%m-%d}"


@pytest.mark.parametrize("asked", [{}, {"ngay": 10}, {"den": 10}])
def test_what_was_late_is_listed_as_it_was_counted(office, late, asked):
    query = {name: past(days) for name, days in asked.items()}
    shown = get(office.leader, "/thong-ke/", **query)
    way = re.search(r'href="([^"]+)">Xem từng việc', html(shown))[1]
    rows = get(office.leader, unescape(way)).context["found"]
    assert len(rows) == shown.context["tally"].overdue == (2 if asked else 1)
    assert ("Việc quá hạn hôm nay cần quyết" in html(shown)) == bool(asked)


def test_nobody_is_asked_to_explain_on_a_past_day(office, late):
    address = "/thong-ke/phan-viec/?chi-tieu=qua-han"
    ask = f"/nhiem-vu/{late[1].pk}/giai-trinh/"
    assert ask in html(get(office.leader, address))
    before = html(get(office.leader, address, ngay=past(10)))
    assert late[1].unit_name in before
    assert ask not in before


def test_where_no_document_has_unfinished_work_the_dashboard_says_so(office):
    with ago(40):
        for row in assignments_of(office.issue(tasks=1, due_in=10)):
            office.accept(row)
    shown = html(get(office.leader, "/thong-ke/"))
    assert "Không còn văn bản nào có việc chưa xong." in shown
