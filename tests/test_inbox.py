"""The inbox: one's own notices, read and unread, and which of them come by mail."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from directives import compliance, notices
from directives.enums import NoticeKind
from directives.models import Notice, Urging

from .factories import assignments_of, make_user
from .notices_world import WEDNESDAY, Desk, on, run

pytestmark = [pytest.mark.django_db, pytest.mark.walk]
YESTERDAY, TODAY = WEDNESDAY, WEDNESDAY + timedelta(days=1)


@pytest.fixture(autouse=True)
def late_morning():
    with on(TODAY, 11):
        yield


@pytest.fixture
def desk():
    return Desk(rooms=2)


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def page(person, path="/thong-bao/"):
    return signed_in(person).get(path).content.decode()


def unread(person):
    person.__dict__.pop("memberships_in_force", None)
    return compliance.waiting_count(person)["notices"]


def test_the_newest_day_stands_first_and_each_day_once(desk):
    desk.due(-5, tasks=2)
    run(YESTERDAY)
    run(TODAY)
    told = page(desk.head)
    assert told.index("thứ Năm 26/11/2026") < told.index("thứ Tư 25/11/2026")
    assert told.count("thứ Tư 25/11/2026") == 1
    assert told.count("Quá hạn 6 ngày") == 2
    assert told.count("Quá hạn 5 ngày") == 2


def test_opening_one_by_its_button_marks_it_and_leads_there(desk):
    (work,) = assignments_of(desk.due(-5))
    run(TODAY)
    notice = Notice.objects.get(person=desk.head)
    client = signed_in(desk.head)
    assert client.get(f"/thong-bao/{notice.pk}/mo/").status_code == 405
    answer = client.post(f"/thong-bao/{notice.pk}/mo/")
    assert (answer.status_code, answer.url) == (303, f"/nhiem-vu/{work.pk}/")
    assert Notice.objects.exclude(read_at=None).get() == notice
    assert unread(desk.head) == 0


def test_no_get_writes(desk):
    desk.due(-5)
    run(TODAY)
    for path in ("/thong-bao/", "/thong-bao/nhan-thu/?thoi=overdue", "/"):
        page(desk.head, path)
    assert not Notice.objects.exclude(read_at=None).exists()
    assert not desk.head.unsubscriptions.exists()


def test_all_read_at_once_are_ones_own_alone(desk):
    desk.due(-5, tasks=3)
    run(TODAY)
    answer = signed_in(desk.head).post("/thong-bao/da-doc/")
    assert (answer.status_code, answer.url) == (303, "/thong-bao/")
    assert set(Notice.objects.exclude(read_at=None).values_list("person", flat=True)) == {desk.head.pk}
    assert "Đánh dấu đã đọc tất cả" not in page(desk.head)


def test_strangers_see_and_touch_only_their_own(desk):
    desk.due(-5)
    run(TODAY)
    notice = Notice.objects.get(person=desk.head)
    for stranger in (desk.deputy, make_user()):
        assert signed_in(stranger).post(f"/thong-bao/{notice.pk}/mo/").status_code == 404
    assert "Chưa có thông báo nào" in page(desk.heads[desk.rooms[1]])
    assert Client().get("/thong-bao/").status_code == 302


def test_whoever_left_the_unit_reads_of_its_work_no_more(desk):
    desk.due(-5)
    run(TODAY)
    desk.head.memberships.update(ends_on=YESTERDAY)
    assert "Nội dung nhiệm vụ" not in page(desk.head)


def test_an_urging_is_seen_when_its_notice_is_read(desk):
    (work,) = assignments_of(desk.due(20))
    desk.urge(work)
    run(TODAY, 11)
    client, notice = signed_in(desk.head), Notice.objects.get(person=desk.head)
    client.get("/thong-bao/")
    assert Urging.objects.get().seen_at is None
    client.post(f"/thong-bao/{notice.pk}/mo/")
    assert Urging.objects.get().seen_at is not None


def test_reading_all_sees_urgings_too(desk):
    (work,) = assignments_of(desk.due(20))
    desk.urge(work)
    run(TODAY, 11)
    notices.mark_all_read(by=desk.head)
    assert Urging.objects.get().seen_at is not None


def test_the_bell_counts_what_still_stands(desk):
    """Of yesterday's digest nothing counts: this morning's says it anew."""
    (work, _other) = assignments_of(desk.due(-5, tasks=2))
    with on(YESTERDAY, 7):
        desk.urge(work)
    run(YESTERDAY)
    run(TODAY)
    assert Notice.objects.filter(person=desk.head).count() == 5
    assert unread(desk.head) == 3
    assert '3<span class="vh"> chưa đọc' in page(desk.head, "/")


def test_a_long_inbox_is_turned_over_and_costs_the_same(desk):
    client = signed_in(desk.head)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            client.get("/thong-bao/")
        return len(queries)

    desk.due(-5)
    run(TODAY)
    few = asked()
    for _ in range(2):
        desk.due(-5, tasks=20)
    run(TODAY, 11, 30)
    assert asked() == few <= 4
    first = client.get("/thong-bao/").content.decode()
    after = first.split("?sau=")[1].split('"')[0]
    second = client.get(f"/thong-bao/?sau={after}").content.decode()
    assert (first.count("formaction"), second.count("formaction")) == (30, 11)


# --- By mail ------------------------------------------------------------------------------------


def test_the_kinds_are_chosen_on_a_page(desk):
    client = signed_in(desk.head)
    answer = client.post("/thong-bao/nhan-thu/", {"at_once": ["urged"], "in_the_morning": ["overdue", "new"]})
    assert (answer.status_code, answer.url) == (303, "/thong-bao/nhan-thu/")
    assert notices.unwanted_kinds(desk.head) == set(NoticeKind) - {"urged", "overdue", "new"}
    assert client.get("/thong-bao/nhan-thu/").content.decode().count("checked") == 3
    assert client.post("/thong-bao/nhan-thu/", {"at_once": ["khong-co"]}).status_code == 422
    client.post("/thong-bao/nhan-thu/", {"at_once": [], "in_the_morning": []})
    assert notices.unwanted_kinds(desk.head) == set(NoticeKind)


def test_the_link_of_a_mail_stops_one_kind_with_one_click(desk):
    client = signed_in(desk.head)
    asked = client.get("/thong-bao/nhan-thu/?thoi=overdue").content.decode()
    assert 'name="stop" value="overdue"' in asked
    client.post("/thong-bao/nhan-thu/", {"stop": "overdue"})
    assert notices.unwanted_kinds(desk.head) == {"overdue"}
    assert 'name="stop"' not in client.get("/thong-bao/nhan-thu/?thoi=overdue").content.decode()


def test_what_is_claimed_and_not_wanted_any_more_is_not_mailed(desk):
    desk.due(-5)
    run(TODAY)
    Notice.objects.update(mailed_at=None)
    notices.set_mailed_kinds(by=desk.head, wanted=set())
    assert set(Notice.objects.filter(by_mail=True).values_list("person", flat=True)) == {
        desk.deputy.pk,
        desk.leader.pk,
    }
