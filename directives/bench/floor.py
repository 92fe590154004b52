"""The same work with nothing around it: bare SQL, rows joined to a page. What the portal costs is the ratio to this."""

from collections.abc import Callable
from html import escape
from itertools import groupby
from typing import Any
from wsgiref.util import setup_testing_defaults

from django.db import connection, transaction
from django.utils.text import compress_string

from directives import rollup, rules
from directives.models import Directive
from units import clock
from units.models import Unit


def insert_assignments(tasks_of: Directive, like: Directive) -> None:
    """Every task of one directive to every recipient of another, committed."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            _INSERT,
            [
                like.pk,
                like.issuer_id,
                like.kind,
                like.issued_on,
                like.issued_at,
                like.issued_on,
                like.pk,
                tasks_of.pk,
            ],
        )


_INSERT = """
INSERT INTO directives_assignment (task_id, unit_id, period, duty, directive_id, issuer_id, kind, issued_on, unit_name,
    state, is_returned, due_on, first_due_on, updated_at, since_on)
SELECT t.id, r.unit_id, '', 'lead', %s, %s, %s, %s, r.unit_name, 'not_started', false, t.due_on, t.due_on, %s, %s
FROM directives_recipient r, directives_task t
WHERE r.directive_id = %s AND t.directive_id = %s
"""


def remove_assignments(tasks_of: Directive) -> None:
    """Take the bare rows away again, so that no figure after this one counts them."""
    with connection.cursor() as cursor:
        cursor.execute(_REMOVE, [tasks_of.pk])


_REMOVE = """
DELETE FROM directives_assignment WHERE task_id IN (SELECT id FROM directives_task WHERE directive_id = %s)
"""


def application(page: Callable[[], bytes]) -> Callable[[], bytes]:
    """A page served by a bare WSGI application, compressed as the portal's pages are: asked once, to its last byte."""

    def app(environ, start_response):
        body = compress_string(page())
        told = [("Content-Type", "text/html; charset=utf-8"), ("Content-Encoding", "gzip")]
        start_response("200 OK", [*told, ("Content-Length", str(len(body)))])
        return [body]

    environ: dict[str, Any] = {}
    setup_testing_defaults(environ)
    return lambda: b"".join(app(dict(environ), lambda status, headers: None))


def matrix(directive: Directive) -> bytes:
    """Units by row, tasks by column, a letter in each cell."""
    cells = _fetch(_MATRIX, [str(clock.today()), directive.pk])
    rows = (
        f"<tr><th>{escape(name)}</th>" + "".join(_CELL[code] for _, _, code in row) + "</tr>"
        for (_, name), row in groupby(cells, key=lambda cell: cell[:2])
    )
    return f"<table>{''.join(rows)}</table>".encode()


_CELL = {code: f'<td class="{code}">{code}</td>' for code in "alenop"}
_MATRIX = """
SELECT unit_id, unit_name, CASE
    WHEN state = 'accepted' THEN CASE WHEN due_on IS NULL OR reported_on <= due_on THEN 'e' ELSE 'l' END
    WHEN state = 'reported' THEN 'a' WHEN due_on IS NULL THEN 'n' WHEN due_on < %s THEN 'o' ELSE 'p' END
FROM directives_assignment WHERE directive_id = %s ORDER BY unit_id, task_id
"""


def counters(user, when) -> list[list[rollup.Sum]] | None:
    """The bare sums of the counters, fetched."""
    return rollup.read(Unit.objects.filter(rules.units_seen_whole(user)), rollup.owed(since=when.first))


def task_rows(task_id: int) -> bytes:
    """One line per unit that owes the task."""
    return _table(
        "SELECT unit_name, state, due_on, reported_on FROM directives_assignment WHERE task_id = %s ORDER BY unit_id",
        [task_id],
    )


def unit_rows(unit_id: int) -> bytes:
    """One line per task that the unit owes."""
    return _table(
        "SELECT t.text, a.state, a.due_on, a.reported_on FROM directives_assignment a"
        " JOIN directives_task t ON t.id = a.task_id WHERE a.unit_id = %s ORDER BY a.due_on",
        [unit_id],
    )


def _table(query, params):
    lines = ("".join(f"<td>{escape(str(value))}</td>" for value in row) for row in _fetch(query, params))
    return f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>".encode()


def _fetch(query, params):
    with connection.cursor() as cursor:
        cursor.execute(query, params)
        return cursor.fetchall()
