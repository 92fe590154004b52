"""The filters a person keeps under a name: their own alone, opened as an address, one of them first."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from time import sleep
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from directives import keeping, periods
from directives.enums import Recurrence
from directives.errors import Incomplete
from directives.models import SavedView
from tests.factories import Office
from units import clock

pytestmark = pytest.mark.django_db
PAGE = "/thong-ke/cach-xem/"


@pytest.fixture
def office():
    office = Office()
    office.issue(tasks=2)
    return office


def sign_in(user):
    client = Client()
    client.force_login(user)
    return client


def send(client, address, **fields):
    return client.post(address, fields | {"form_key": str(uuid4())})


def this_quarter():
    return periods.period_on(periods.Rule(Recurrence.QUARTERLY), clock.today()).key


def test_the_present_filter_is_kept_and_opens_as_an_address(office):
    client, room = sign_in(office.leader), office.rooms[0]
    answer = send(client, f"{PAGE}?don-vi={room.pk}&vai-tro=tat-ca&la=gi", name="  Phòng  một ")
    view = SavedView.objects.get()
    assert (view.person, view.name) == (office.leader, "Phòng một")
    assert answer["Location"] == f"/thong-ke/?{view.query}"
    opened = client.get(answer["Location"]).context
    assert (opened["scope"].chosen["unit"], opened["scope"].duty) == (room.pk, "tat-ca")
    assert [one.name for one in opened["views"]] == ["Phòng một"]
    assert "la=gi" not in view.query


def test_a_running_period_stays_the_running_one(office):
    client = sign_in(office.leader)
    answer = send(client, f"{PAGE}?ky={this_quarter()}", name="Quý này")
    view = SavedView.objects.get()
    assert "ky=quy-nay" in view.query
    assert "sang kỳ sau, cách xem này mở kỳ sau" in client.get(answer["Location"]).content.decode()
    with clock.travel(clock.now() + timedelta(days=100)):
        scope = client.get(f"/thong-ke/?{view.query}").context["scope"]
        assert scope.chosen["period"] == this_quarter()
        assert f'value="{this_quarter()}" selected' in str(scope.form["period"])


def test_one_view_may_be_what_the_figures_begin_with(office):
    client = sign_in(office.leader)
    for name, query in [("Một", "vai-tro=support"), ("Hai", "vai-tro=tat-ca")]:
        send(client, f"{PAGE}?{query}", name=name)
    first, second = SavedView.objects.order_by("pk")
    assert client.get("/thong-ke/").status_code == 200
    for view in (first, second):
        send(client, f"{PAGE}{view.pk}/mo-dau/")
        assert client.get("/thong-ke/")["Location"] == f"/thong-ke/?{view.query}"
    assert SavedView.objects.filter(is_default=True).count() == 1
    assert client.get("/thong-ke/?ky=").status_code == 200
    send(client, f"{PAGE}{second.pk}/mo-dau/")
    assert client.get("/thong-ke/").status_code == 200


def test_it_is_renamed_and_deleted(office):
    client = sign_in(office.leader)
    send(client, f"{PAGE}?vai-tro=support", name="Một")
    view = SavedView.objects.get()
    send(client, f"{PAGE}{view.pk}/doi-ten/", name="Phối hợp")
    assert "Phối hợp" in client.get(PAGE).content.decode()
    send(client, f"{PAGE}{view.pk}/xoa/")
    assert not SavedView.objects.exists()
    assert "Chưa lưu cách xem nào" in client.get(PAGE).content.decode()


@pytest.mark.parametrize("verb", ["doi-ten", "mo-dau", "xoa"])
def test_what_is_another_persons_is_not_found(office, verb):
    view = keeping.save_view(by=office.leader, name="Của tôi", query="vai-tro=lead")
    stranger = sign_in(office.monitor)
    assert send(stranger, f"{PAGE}{view.pk}/{verb}/", name="Khác").status_code == 404
    assert "Của tôi" not in stranger.get(PAGE).content.decode()
    assert "Của tôi" not in stranger.get("/thong-ke/").content.decode()
    kept = SavedView.objects.get()
    assert (kept.name, kept.is_default) == ("Của tôi", False)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("   ", "Hãy ghi tên"),
        ("Một", "Đã có một cách xem mang tên này."),
        ("x" * 81, "Tên dài quá"),
    ],
)
def test_a_name_that_cannot_be_is_said_and_comes_back(office, name, sentence):
    client = sign_in(office.leader)
    send(client, f"{PAGE}?vai-tro=support", name="Một")
    view = keeping.save_view(by=office.leader, name="Hai", query="")
    for address in (f"{PAGE}?vai-tro=tat-ca", f"{PAGE}{view.pk}/doi-ten/"):
        answer = send(client, address, name=name)
        assert answer.status_code == 422
        shown = answer.content.decode()
        assert sentence in shown
        assert f'value="{name}"' in shown
    assert sorted(SavedView.objects.values_list("name", flat=True)) == ["Hai", "Một"]


def test_sent_twice_it_is_kept_once(office):
    client, key = sign_in(office.leader), str(uuid4())
    for _time in range(2):
        answer = client.post(f"{PAGE}?vai-tro=support", {"name": "Một", "form_key": key})
        assert answer.status_code in (302, 303)
    assert SavedView.objects.count() == 1


def test_nobody_keeps_more_than_can_be_read(office, monkeypatch):
    monkeypatch.setattr(keeping, "MOST_VIEWS", 1)
    keeping.save_view(by=office.leader, name="Một", query="")
    with pytest.raises(Incomplete):
        keeping.save_view(by=office.leader, name="Hai", query="")


def test_the_database_lets_one_view_be_first(office):
    SavedView.objects.create(person=office.leader, name="Một", is_default=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        SavedView.objects.create(person=office.leader, name="Hai", is_default=True)
    SavedView.objects.create(person=office.monitor, name="Một", is_default=True)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_of_two_beginnings_at_one_moment_the_second_is_left(office):
    first, second = (
        keeping.save_view(by=office.leader, name=f"Cách {n}", query="vai-tro=lead") for n in range(2)
    )
    with ThreadPoolExecutor(1) as other:
        with transaction.atomic():
            keeping.begin_with(first)
            waiting = other.submit(_apart, second)
            sleep(0.5)
        waiting.result(timeout=20)
    assert list(SavedView.objects.filter(is_default=True)) == [second]


def _apart(view):
    try:
        keeping.begin_with(view)
    finally:
        connection.close()
