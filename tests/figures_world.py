"""An office with work in every standing, and what the tests of figures ask of a page."""

import re
from datetime import timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from directives import tracking
from tests.factories import assignments_of
from units import clock

# A link to the rows behind a number, and the number.
NUMBER = re.compile(r'<a\b[^>]*href="(/thong-ke/phan-viec/[^"]*)"[^>]*>(?:<b>|<strong>)?([\d.]+)')


def mixed_document(office):
    """One document of two tasks, ten days late: one accepted late, one waiting, one returned, the rest overdue."""
    with clock.travel(clock.now() - timedelta(days=20)):
        directive = office.issue(tasks=2, due_in=10)
    accepted, waiting, returned, *_ = assignments_of(directive)
    office.accept(accepted)
    office.report(waiting)
    office.report(returned)
    tracking.send_back(returned, by=office.monitor, reason="Thiếu biên bản")
    return directive


def get(user, address, **query):
    return _signed_in(user).get(address, query)


def counted(user, address, **query):
    """The answer with its `queries`: how many it takes once the first page has looked up what is kept for good."""
    client = _signed_in(user)
    client.get(address, query)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address, query)
    answer.queries = len(queries)
    return answer


def _signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def html(answer) -> str:
    return answer.content.decode()
