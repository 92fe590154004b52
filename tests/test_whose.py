"""A unit's list by whose the work is: the whole unit's, one's own, one person's, nobody's."""

import pytest

from directives import tracking
from units.enums import Role

from .factories import Office, assignments_of, make_user
from .screens import issue_earlier, page, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.walk]

LIST = "/nhiem-vu/"


@pytest.fixture
def office():
    return Office(rooms=2)


@pytest.fixture
def people(office):
    names = ("Trần Thị Làm", "Lê Văn Nhận")
    return [make_user(Role.STAFF, office.rooms[0], full_name=name) for name in names]


@pytest.fixture
def rows(office, people):
    """Five pieces of work: three of the first, one of the second, one nobody's; one of the first is done."""
    late = assignments_of(issue_earlier(office, 20, tasks=2, due_in=10, to=office.rooms[:1]))
    found = late + assignments_of(office.issue(tasks=3, to=office.rooms[:1]))
    for row, person in zip(found, [*people, people[0], people[0]], strict=False):
        tracking.delegate(row, by=office.head_of(row), to=person)
    office.accept(found[3])
    return found


def shown(person, query=""):
    return sign_in(person).get(f"{LIST}{query}")


def listed(answer):
    return {card.assignment for _group, _count, cards in answer.context["sections"] for card in cards}


def counted(answer):
    return {group.word: count for group, count in answer.context["counts"] if count}


def test_ones_own_and_the_whole_units(office, people, rows):
    worker = people[0]
    assert listed(shown(worker)) == {rows[0], rows[1], rows[2], rows[4]}
    own = shown(worker, "?nguoi=toi")
    assert listed(own) == {rows[0], rows[2]}
    assert counted(own) == {"qua-han": 1, "trong-han": 1}
    assert "Theo người thực hiện" not in own.content.decode()
    assert (own.context["shares"].mine, own.context["shares"].all) == (2, 4)


def test_the_head_looks_at_each_person_and_at_what_nobody_has(office, people, rows):
    head = office.heads[office.rooms[0]]
    everybody = shown(head).context["shares"].people
    assert [(one.name, one.unfinished) for one in everybody] == [
        ("Lê Văn Nhận", 1),
        ("Trần Thị Làm", 2),
        ("", 1),
    ]
    for one, wanted in zip(everybody, ({rows[1]}, {rows[0], rows[2]}, {rows[4]}), strict=True):
        answer = shown(head, f"?nguoi={one.word}")
        assert listed(answer) == wanted
        assert len(wanted) == one.unfinished


def test_it_stays_in_the_address_of_everything_on_the_page(office, people, rows):
    text = page(sign_in(people[0]), f"{LIST}?nguoi=toi")
    assert 'href="?nguoi=toi&amp;tinh-trang=qua-han"' in text
    assert '<input type="hidden" name="nguoi" value="toi">' in text
    assert 'href="?nguoi=toi&amp;tinh-trang=hoan-thanh"' in text
    late = shown(people[0], "?nguoi=toi&tinh-trang=qua-han")
    assert listed(late) == {rows[0]}


def test_another_units_person_shows_nothing_of_theirs(office, people, rows):
    stranger = office.heads[office.rooms[1]]
    for who in (people[0].pk, "toi", "chua-giao", "khong-phai-so"):
        assert listed(shown(stranger, f"?nguoi={who}")) == set()


def test_who_was_given_nothing_reads_that(office, people):
    office.issue(tasks=1, to=office.rooms[:1])
    assert "Không có nhiệm vụ nào khớp" in page(sign_in(people[0]), f"{LIST}?nguoi=toi")


@pytest.mark.parametrize("count", [1, 3])
def test_it_costs_six_queries_whoever_it_is_of(office, people, count, django_assert_num_queries):
    for row in assignments_of(issue_earlier(office, 20, tasks=count, due_in=10, to=office.rooms[:1])):
        tracking.delegate(row, by=office.head_of(row), to=people[count % 2])
    client = sign_in(office.heads[office.rooms[0]])
    for query in ("", "?nguoi=toi", f"?nguoi={people[count % 2].pk}"):
        client.get(f"{LIST}{query}")
    with django_assert_num_queries(6):
        client.get(f"{LIST}?nguoi={people[count % 2].pk}")
