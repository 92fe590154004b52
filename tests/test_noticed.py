"""Whether the unit was told: of what was said at night it is not said that the unit does not open its notice."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from directives import notices, tracking
from tests.factories import Office, assignments_of
from tests.screens import page, send, sign_in
from units import clock

pytestmark = pytest.mark.django_db
LIST, UNOPENED, UNSENT = "/cho-xu-ly/chi-dao/", "chưa mở thông báo", "chưa gửi thông báo"
LATER = "Thông báo sẽ gửi đến đơn vị trong giờ làm việc."
# The night before a Thursday, and its morning.
NIGHT = datetime(2026, 6, 17, 22, tzinfo=timezone.get_default_timezone())
MORNING = NIGHT + timedelta(hours=10)


@pytest.fixture
def office():
    return Office(rooms=1)


@pytest.fixture
def row(office):
    with clock.travel(NIGHT - timedelta(days=40)):
        return assignments_of(office.issue(tasks=1, due_in=10))[0]


def at(moment, act):
    with clock.travel(moment):
        return act()


def told(office, row, moment):
    client = sign_in(office.monitor)
    return [at(moment, lambda url=url: page(client, url)) for url in (LIST, f"/nhiem-vu/{row.pk}/")]


def test_only_of_a_notice_that_went_out_it_is_said_that_it_was_not_opened(office, row):
    at(NIGHT, lambda: tracking.urge(row, by=office.monitor, text="Nhanh", reply_by=MORNING.date()))
    for shown in told(office, row, NIGHT):
        assert UNSENT in shown
        assert "(gửi trong giờ làm việc)" in shown
        assert UNOPENED not in shown
    at(MORNING, notices.send)
    for shown in told(office, row, MORNING):
        assert UNOPENED in shown
        assert UNSENT not in shown


@pytest.mark.parametrize(("moment", "later"), [(NIGHT, True), (MORNING, False)])
@pytest.mark.parametrize("verb", ["don-doc", "qua-han"])
def test_whoever_urges_at_night_is_told_when_the_unit_is(office, row, moment, later, verb):
    client = sign_in(office.monitor)
    url = f"/nhiem-vu/{row.pk}/don-doc/" if verb == "don-doc" else "/cho-xu-ly/qua-han/"
    sent = {"text": "Nhanh", "reply_by": f"{MORNING:%d/%m/%Y}", "chon": [row.pk]}
    with clock.travel(moment):
        assert send(client, url, **sent).status_code == 303
        shown = page(client, LIST)
    assert "Đã đôn đốc" in shown
    assert (LATER in shown) is later
