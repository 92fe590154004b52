"""How tests use the screens: read a page, carry out a verb, live through earlier days."""

from datetime import timedelta

from django.urls import reverse

from units import clock, once


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
