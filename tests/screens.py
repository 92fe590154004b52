"""How tests use the screens: read a page, carry out a verb, live through earlier days."""

from datetime import timedelta

from django.test import Client
from django.urls import reverse

from units import clock, once, structure


def sign_in(user):
    client = Client()
    client.force_login(user)
    return client


def send(client, url, **data):
    """Post a form with the key it was shown with."""
    return client.post(url, data | {once.FIELD: once.new_key()})


def page(client, address, **options):
    return client.get(address, **options).content.decode()


def act(client, row, verb, **fields):
    fields = {once.FIELD: once.new_key(), **fields}
    return client.post(reverse(f"assignment-{verb}", args=[row.pk]), fields)


def ago(days):
    return clock.travel(clock.now() - timedelta(days=days))


def issue_earlier(office, days, **fields):
    with ago(days):
        return office.issue(**fields)


NO_NAMES = {"names-TOTAL_FORMS": 0, "names-INITIAL_FORMS": 0}


def unit_form(unit, **changes):
    """What the admin's form of the unit sends when nothing but `changes` is typed."""
    fields = {name: getattr(unit, name) for name in structure.UNIT_FIELDS} | {"parent": unit.parent_id}
    return {name: "" if value is None else value for name, value in fields.items()} | NO_NAMES | changes
