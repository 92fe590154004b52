"""Who gets what at each address: the table of tests/routes.py, asked over HTTP."""

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from directives.demo import world
from tests import routes
from tests.counts import LONG
from tests.routes import LINES, PEOPLE, STRANGER
from tests.test_english import Spoken
from units.models import Event, User

EVERYBODY = [*PEOPLE, STRANGER]
SIGN_IN = ("/dang-nhap/?next=", "/quan-tri/")  # the administration's own door leads to the portal's


def test_every_route_has_a_line():
    """A new address cannot be forgotten: say in the table who may open it."""
    assert routes.routes() - {line.route for line in LINES} == set()


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", pytest.param("vi", marks=pytest.mark.walk)])
def test_every_address_answers_everybody_as_its_line_says(language):
    """Asked for in English, so that the same walk hears what is not translated (test_english.py)."""
    world.make()
    keys, events = routes.complete(), Event.objects.count()
    User.objects.update(language=language)
    spoken = Spoken() if language == "en" else None
    wrong = [told for person in EVERYBODY for told in _surprises(person, language, keys, spoken)]
    assert not wrong, "\n".join(wrong)
    assert Event.objects.count() == events, "no GET writes"
    if spoken:
        assert not (left := spoken.vietnamese()), "\n".join(left)


def _client(person, language):
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    if person != STRANGER:
        client.force_login(User.objects.get(username=person))
    return client


def _asks(person, line, language) -> bool:
    """In English on SQLite as everybody; else as the first to get each answer, and as a third of the rest in turn."""
    if LONG or (language == "en" and connection.vendor != "postgresql"):
        return True
    first = next(one for one in EVERYBODY if line.status(one) == line.status(person))
    return person == first or (EVERYBODY.index(person) + LINES.index(line)) % 3 == 0


def _surprises(person, language, keys, spoken):
    client = _client(person, language)
    for line in [line for line in LINES if _asks(person, line, language)]:
        path = line.path.format_map(keys)
        answer = client.get(path)
        if answer.status_code != line.status(person):
            yield f"{person} {path}: {answer.status_code} and not {line.status(person)}"
        if person == STRANGER and answer.status_code == 302 and not answer.url.startswith(SIGN_IN):
            yield f"{path} sends a stranger to {answer.url}"
        if spoken and answer.status_code != 302:
            spoken.listen(f"{person} {path}", answer)
