"""Who gets what at each address: the table of tests/routes.py, asked over HTTP."""

import pytest
from django.test import Client

from directives.demo import world
from tests import routes
from tests.routes import LINES, PEOPLE, STRANGER
from units.models import Event, User

SIGN_IN = ("/dang-nhap/?next=", "/quan-tri/")  # the administration's own door leads to the portal's


def test_every_route_has_a_line():
    """A new address cannot be forgotten: say in the table who may open it."""
    assert routes.routes() - {line.route for line in LINES} == set()


@pytest.mark.django_db
def test_every_address_answers_everybody_as_its_line_says():
    world.make()
    keys, events = routes.complete(), Event.objects.count()
    wrong = [told for person in [*PEOPLE, STRANGER] for told in _surprises(person, keys)]
    assert not wrong, "\n".join(wrong)
    assert Event.objects.count() == events, "no GET writes"


def _surprises(person, keys):
    client = Client()
    if person != STRANGER:
        client.force_login(User.objects.get(username=person))
    for line in LINES:
        path = line.path.format_map(keys)
        answer = client.get(path)
        if answer.status_code != line.status(person):
            yield f"{person} {path}: {answer.status_code} and not {line.status(person)}"
        if person == STRANGER and answer.status_code == 302 and not answer.url.startswith(SIGN_IN):
            yield f"{path} sends a stranger to {answer.url}"
