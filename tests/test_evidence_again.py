"""Proof sent once proves again: without a second upload, seen with each report, and never by anybody else."""

import pytest
from django.urls import reverse

from directives import tracking
from directives.enums import AssignmentState
from directives.models import Directive, Evidence, Report
from units import clock
from units.models import Event

from .factories import Office, assignments_of
from .screens import ago, page, sign_in
from .test_reporting import paper, report

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return Office(rooms=2)


@pytest.fixture
def rows(office):
    return assignments_of(office.issue(tasks=3, to=office.rooms[:1]))


@pytest.fixture
def head(client, office, rows):
    person = office.head_of(rows[0])
    client.force_login(person)
    return person


def offered(client, row):
    return client.get(reverse("assignment-report", args=[row.pk])).context["form"].offered


def test_a_file_proves_a_second_task_without_a_second_upload(client, office, rows, head):
    report(client, rows[0], papers=paper("a.pdf"))
    (again,) = offered(client, rows[1])
    assert "a.pdf" in page(client, reverse("assignment-report", args=[rows[1].pk]))
    assert report(client, rows[1], reused=[again.pk]).status_code == 303
    first, second = Evidence.objects.order_by("pk")
    assert (first.file.name, first.sha256) == (second.file.name, second.sha256)
    assert [one.report.assignment for one in (first, second)] == rows[:2]
    assert len(offered(client, rows[2])) == 1, "each file once"
    for one in (first, second):
        assert client.get(reverse("evidence-file", args=[one.pk])).status_code == 200
        stranger = sign_in(office.heads[office.rooms[1]])
        assert stranger.get(reverse("evidence-file", args=[one.pk])).status_code == 404


def test_a_document_goes_along_by_its_number(client, rows, head):
    day = clock.today()
    report(client, rows[0], code="12/BC-P", dated_on=day.isoformat(), addressed_to="Văn phòng")
    (again,) = offered(client, rows[1])
    assert report(client, rows[1], reused=[again.pk]).status_code == 303
    kept = Evidence.objects.latest("pk")
    assert (kept.code, kept.dated_on, kept.addressed_to) == ("12/BC-P", day, "Văn phòng")


def test_another_units_proof_is_neither_offered_nor_taken(client, office, rows, head):
    other = assignments_of(office.issue(tasks=1, to=office.rooms[1:]))[0]
    office.report(other)
    assert offered(client, rows[0]) == []
    assert report(client, rows[0], reused=[Evidence.objects.get().pk]).status_code == 422


def test_of_another_document_only_what_is_recent_is_offered(client, office, rows, head):
    for days in (10, 70):
        with ago(days):
            earlier = assignments_of(office.issue(tasks=1, to=office.rooms[:1]))[0]
            office.report(earlier, evidence=[tracking.Document(f"{days}/BC", clock.today())])
    assert [one.code for one in offered(client, rows[0])] == ["10/BC"]


def test_what_is_chosen_stays_chosen_while_something_is_missing(client, rows, head):
    report(client, rows[0], papers=paper("a.pdf"))
    (again,) = offered(client, rows[1])
    answer = report(client, rows[1], text=" ", reused=[again.pk], along=[rows[2].pk])
    assert answer.status_code == 422
    text = answer.content.decode()
    assert f'name="reused" value="{again.pk}" checked' in text
    assert f'name="along" value="{rows[2].pk}" checked' in text


# --- Several at once ----------------------------------------------------------------------------


def test_several_tasks_are_reported_with_one_proof(client, office, rows, head):
    sent = report(client, rows[0], papers=[paper("a.pdf")], along=[row.pk for row in rows[1:]])
    assert sent.status_code == 303
    assert {row.state for row in assignments_of(rows[0].directive)} == {AssignmentState.REPORTED}
    assert Report.objects.count() == Event.objects.filter(verb="report").count() == 3
    assert Evidence.objects.values("file").distinct().count() == 1
    assert "Đã gửi báo cáo 3 nhiệm vụ" in page(client, "/nhiem-vu/")


def test_all_of_them_or_none(client, office, rows, head):
    assert report(client, rows[0], along=[row.pk for row in rows]).status_code == 422
    assert not Report.objects.exists()


def test_no_work_of_others_goes_along(client, office, rows, head):
    other = assignments_of(office.issue(tasks=1, to=office.rooms[1:]))[0]
    report(client, rows[0], papers=paper(), along=[other.pk])
    assert Report.objects.get().assignment == rows[0]


# --- Its own date, its own document -------------------------------------------------------------


def test_a_file_has_its_own_date_beside_the_day_it_was_sent(client, office, rows, head):
    with ago(3):
        day = clock.today()
    report(client, rows[0], papers=paper("a.pdf"), proved_on=clock.printed_day(day))
    assert Evidence.objects.get().dated_on == day
    rows[0].refresh_from_db()
    assert rows[0].reported_on == clock.today(), "the day of the report decides"
    text = page(client, f"/nhiem-vu/{rows[0].pk}/")
    assert f"ngày {clock.printed_day(day)} · nộp {clock.printed_day(clock.today())}" in text
    answer = report(client, rows[1], papers=paper("b.pdf"), proved_on="01/01/2999")
    assert "Ngày của minh chứng không được sau hôm nay." in answer.content.decode()


def test_a_document_in_the_store_is_opened_by_whoever_may_read_it(client, office, rows, head):
    stored = office.issue(tasks=1, to=office.rooms[1:])
    report(client, rows[0], code=stored.code, dated_on=clock.today().isoformat())
    assert Evidence.objects.get().document == stored
    address, link = f"/nhiem-vu/{rows[0].pk}/", f'href="/van-ban/{stored.pk}/"'
    assert link not in page(client, address), "the unit did not receive it"
    for person in (office.leader, office.monitor):
        assert link in page(sign_in(person), address)
    assert link in page(sign_in(office.monitor), "/cho-xu-ly/")
    assert Directive.objects.count() == 2
