"""The directory of units: the tree of a day, its names, its heads, for everybody with a role."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse

from tests.factories import Office, give_role, make_unit, make_user
from tests.screens import sign_in
from units import clock, rules, structure
from units.directory import directory
from units.enums import Role, SuccessionKind
from units.models import Succession, User

pytestmark = pytest.mark.django_db

DAY = date(2024, 7, 1)


@pytest.fixture
def office():
    return Office(rooms=2)


def names(found):
    return [entry.name for entry in found.entries]


def test_the_directory_is_the_tree_of_its_day():
    top = make_unit("Sở", code="SO")
    second = make_unit("B", parent=top, position=2)
    first = make_unit("A", parent=top, position=1)
    make_unit("A1", parent=first)
    make_unit("Cũ", parent=top, ends_on=DAY)
    assert [(e.name, e.depth) for e in directory(clock.today()).entries] == [
        ("Sở", 0),
        ("A", 1),
        ("A1", 2),
        ("B", 1),
    ]
    assert "Cũ" in names(directory(DAY - timedelta(days=1)))
    assert "Cũ" not in names(directory(DAY))
    assert second.name in names(directory(DAY))


def test_the_directory_speaks_the_names_of_the_day():
    unit = make_unit("Sở Giao thông vận tải")
    structure.rename(unit, "Sở Xây dựng", by=None, starts_on=date(2025, 3, 1))
    (entry,) = directory(DAY).entries
    assert (entry.name, entry.now) == ("Sở Giao thông vận tải", "Sở Xây dựng")
    (entry,) = directory(clock.today()).entries
    assert (entry.name, entry.now) == ("Sở Xây dựng", "")


def test_the_directory_names_who_took_over():
    gone, heir = make_unit("Ban A", ends_on=date(2025, 3, 1)), make_unit("Ban B")
    Succession.objects.create(
        predecessor=gone,
        successor=heir,
        kind=SuccessionKind.MERGE,
        effective_on=date(2025, 3, 1),
        legal_basis="QĐ",
    )
    assert {e.name: e.now for e in directory(DAY).entries} == {"Ban A": "Ban B", "Ban B": ""}


def test_the_directory_tells_who_headed_a_unit_that_day():
    unit = make_unit()
    give_role(make_user(full_name="Ông Trước"), Role.HEAD, unit, post="Trưởng phòng", ends_on=DAY)
    give_role(
        make_user(full_name="Bà Sau"), Role.HEAD, unit, post="Trưởng phòng", starts_on=DAY + timedelta(days=1)
    )
    assert directory(DAY).entries[0].head == "Ông Trước, Trưởng phòng"
    assert directory(clock.today()).entries[0].head == "Bà Sau, Trưởng phòng"


@pytest.mark.parametrize("role", list(Role))
def test_everybody_with_a_role_may_look(role, office):
    page = sign_in(make_user(role, office.unit)).get(reverse("unit-list"))
    assert page.status_code == 200
    assert office.rooms[0].name in page.content.decode()


def test_nobody_else_may(office):
    assert sign_in(make_user()).get(reverse("unit-list")).status_code == 403
    assert Client().get(reverse("unit-list")).status_code == 302
    assert not rules.can_see_units(AnonymousUser())


def test_the_directory_shows_no_private_address(office):
    User.objects.update(phone="0905123456", email="rieng@example.vn")
    page = sign_in(office.clerk).get(reverse("unit-list")).content.decode()
    assert "0905123456" not in page
    assert "rieng@" not in page


def test_an_impossible_day_is_told_and_nothing_is_lost(office):
    page = (
        sign_in(office.clerk).get(reverse("unit-list"), {"ngay": "31/02/2024", "q": "phong"}).content.decode()
    )
    assert "không có trong lịch" in page
    assert 'value="31/02/2024"' in page
    assert office.rooms[0].name in page


def test_the_directory_is_searched_without_marks(office):
    page = sign_in(office.clerk).get(reverse("unit-list"), {"q": "van phong so"}).content.decode()
    assert "Văn phòng Sở" in page
    assert office.rooms[0].name not in page


def test_the_directory_costs_the_same_for_few_and_for_many(office, django_assert_num_queries):
    for n in (0, 250):
        for _ in range(n):
            make_unit(parent=office.unit)
        with django_assert_num_queries(5):
            directory(clock.today())


def test_many_units_come_in_pages(office):
    for _ in range(250):
        make_unit(parent=office.unit)
    client = sign_in(office.clerk)
    first = client.get(reverse("unit-list"))
    assert 'rel="next"' in first.content.decode()
    second = client.get(reverse("unit-list"), {"tu": 200}).content.decode()
    assert 'rel="prev"' in second
    assert 'rel="next"' not in second
