"""A form is sent once: double clicks, second tabs, retries after an error, and many clicks at the same moment."""

from itertools import islice
from threading import Barrier, Thread
from uuid import UUID, uuid4

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from directives.models import Assignment, Report
from units import clock, once
from units.models import FormKey

from .factories import Office, assignments_of

pytestmark = pytest.mark.django_db


def test_the_keys_of_a_page_differ_from_each_other_and_from_those_of_any_other():
    pages = [list(islice(once.new_keys(), 300)) for _ in range(3)]
    assert len({UUID(key) for keys in pages for key in keys}) == 900
    assert [len({key[:32] for key in keys}) for keys in pages] == [1, 1, 1]


@pytest.fixture
def office():
    return Office(rooms=1)


@pytest.fixture
def assignment(office):
    return assignments_of(office.issue(tasks=1))[0]


@pytest.fixture
def head(client, office, assignment):
    person = office.head_of(assignment)
    client.force_login(person)
    return person


def form(key, **fields):
    today = clock.today().isoformat()
    return {once.FIELD: key, "text": "Đã xong", "code": "12/BC", "dated_on": today, **fields}


def send(client, assignment, key, **fields):
    return client.post(reverse("assignment-report", args=[assignment.pk]), form(key, **fields))


def test_a_double_click_makes_one_report(client, head, assignment):
    key = once.new_key()
    first = send(client, assignment, key)
    # The second click arrives when the assignment is reported already, where a fresh form would be refused.
    second = send(client, assignment, key)
    assert first.status_code == 303
    assert second.status_code in {302, 303}
    assert first["Location"] == second["Location"]
    assert Report.objects.count() == 1


def test_a_form_with_an_error_gives_its_key_back(client, head, assignment):
    key = once.new_key()
    assert send(client, assignment, key, text="").status_code == 422
    assert not FormKey.objects.exists()
    assert send(client, assignment, key).status_code == 303
    assert Report.objects.count() == 1


def test_a_refused_verb_gives_the_key_back(client, office, assignment):
    client.force_login(office.monitor)
    key = once.new_key()
    answer = client.post(reverse("assignment-accept", args=[assignment.pk]), {once.FIELD: key})
    assert answer.status_code in {303, 409}
    assert not FormKey.objects.exists()


def test_two_forms_are_two_acts(client, head, assignment):
    send(client, assignment, once.new_key())
    client.post(reverse("assignment-withdraw", args=[assignment.pk]), {once.FIELD: once.new_key()})
    send(client, assignment, once.new_key())
    assert Report.objects.count() == 2


@pytest.mark.parametrize("key", ["", "1", "<script>"])
def test_a_form_without_a_key_is_refused(client, head, assignment, key):
    answer = client.post(reverse("assignment-acknowledge", args=[assignment.pk]), {once.FIELD: key})
    assert answer.status_code in {303, 422}
    assert Assignment.objects.get().acknowledged_at is None


def test_every_form_carries_a_key_of_its_own(client, head, assignment):
    page = client.get(reverse("assignment-list")).content.decode()
    keys = [part.split('value="')[1].split('"')[0] for part in page.split(f'name="{once.FIELD}"')[1:]]
    assert len(keys) == len(set(keys)) == 2


def clicks(assignment, head, key, count):
    """The same form from `count` browsers at once; the answers' status and where they lead."""
    together, answers = Barrier(count), []

    def click():
        browser = Client()
        browser.force_login(head)
        together.wait(timeout=20)
        try:
            answer = send(browser, assignment, key)
            answers.append((answer.status_code, answer["Location"]))
        finally:
            connections.close_all()

    threads = [Thread(target=click) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_clicks_at_the_same_moment_make_one_report(office):
    assignment = assignments_of(office.issue(tasks=1))[0]
    answers = clicks(assignment, office.head_of(assignment), str(uuid4()), 4)
    assert len(answers) == 4
    assert {where for _, where in answers} == {reverse("assignment-detail", args=[assignment.pk])}
    assert Report.objects.count() == 1
