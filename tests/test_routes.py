"""Who gets what at each address: the table of tests/routes.py, asked over HTTP."""

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import Client

from directives.demo import world
from tests import routes
from tests.canaries import no_get_writes, seen_by
from tests.counts import LONG
from tests.factories import make_unit, make_user
from tests.routes import LINES, PEOPLE, STRANGER
from tests.test_english import Spoken
from units.models import UnitGroup, User

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
    keys = routes.complete()
    User.objects.update(language=language)
    spoken = Spoken() if language == "en" else None
    wrong = [told for person in EVERYBODY for told in _surprises(person, language, keys, spoken)]
    assert not wrong, "\n".join(wrong)
    if spoken:
        assert not (left := spoken.vietnamese()), "\n".join(left)


@pytest.mark.django_db
def test_a_write_is_found_out():
    person = make_user()
    for write in (
        person.save,
        person.delete,
        make_unit,
        lambda: User.objects.update(language="en"),
        lambda: UnitGroup.objects.bulk_create([UnitGroup(name="x")], ignore_conflicts=True),
    ):
        with pytest.raises(AssertionError), transaction.atomic(), connection.execute_wrapper(no_get_writes):
            write()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "write",
    [
        "WITH x AS (SELECT 1) UPDATE units_unitgroup SET name = ''",
        "WITH x AS (DELETE FROM units_unitgroup RETURNING id) SELECT id FROM x",
        "UPDATE ONLY units_unitgroup SET name = ''",
        "TRUNCATE TABLE units_unitgroup",
        "/* by hand */ DELETE FROM units_unitgroup",
        "-- by hand\nINSERT OR IGNORE INTO units_unitgroup (name) VALUES ('x')",
    ],
)
def test_a_write_by_hand_is_found_out_before_it_is_done(write):
    with pytest.raises(AssertionError, match="units_unitgroup"), connection.execute_wrapper(no_get_writes):
        connection.cursor().execute(write)


@pytest.mark.django_db
def test_what_only_reads_is_no_write():
    told = "WITH x AS (SELECT 'UPDATE' AS verb FROM units_unitgroup) SELECT verb FROM x"
    with connection.execute_wrapper(no_get_writes):
        connection.cursor().execute(told)


def _client(person, language):
    client = Client()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    if person != STRANGER:
        client.force_login(User.objects.get(username=person))
    return client


def _asks(person, line, language) -> bool:
    """On SQLite in English as everybody who gets a page, and as a third of the others and of the Vietnamese in turn; else
    as the first to get each answer."""
    first = next(one for one in EVERYBODY if line.status(one) == line.status(person))
    if LONG or person == first:
        return True
    has_page = language == "en" and line.status(person) == 200
    in_turn = has_page or (EVERYBODY.index(person) + LINES.index(line)) % 3 == 0
    return in_turn and connection.vendor != "postgresql"


def _surprises(person, language, keys, spoken):
    client = _client(person, language)
    for line in [line for line in LINES if _asks(person, line, language)]:
        path = line.path.format_map(keys)
        answer = seen_by(client, path)
        if answer.status_code != line.status(person):
            yield f"{person} {path}: {answer.status_code} and not {line.status(person)}"
        if person == STRANGER and answer.status_code == 302 and not answer.url.startswith(SIGN_IN):
            yield f"{path} sends a stranger to {answer.url}"
        if spoken and answer.status_code != 302:
            spoken.listen(f"{person} {path}", answer)
