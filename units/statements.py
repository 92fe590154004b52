"""SQL that a worker keeps: to put some questions into SQL costs more than to answer them.

What is kept is found again by a key, which must say all that the SQL depends on: the `reach` of the person where rights
are in it, and the day.
"""

from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import suppress
from copy import copy
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BigIntegerField, Model, QuerySet

# Of so many questions one worker keeps the SQL.
KEPT = 500

# No rows.
NOTHING = "SELECT 0 WHERE 1 = 0"

# Stands in a question for what is told each time anew; no row has such a key.
TOLD = -1
# No row has a greater key, and no database is asked for one.
MOST = BigIntegerField.MAX_BIGINT

Row = TypeVar("Row", bound=Model)

# A statement, and what its placeholders stand for.
Statement = tuple[str, Sequence[Any]]

_statements: dict[Hashable, Any] = {}


def kept(key: Hashable, put: Callable[[], Any]) -> Any:
    """What `put` made when it was first asked for by this key."""
    # Looked up once: another thread may forget everything at any moment.
    return _statements.get(key) or _keep(key, put())


def rows(key: Hashable, ask: Callable[[], QuerySet]) -> list[tuple]:
    """The rows of a `values_list` as the database gives them: no days or moments, which SQLite writes as text, and 0 or 1
    for what is true or not. One query; none where its filters leave nothing."""
    statement, told = kept(key, lambda: _put_into_sql(ask()))
    return fetch(statement, told) if statement else []


def objects(key: Hashable, ask: Callable[[], QuerySet[Row]], told: int | None = None) -> list[Row]:
    """The objects of a queryset; with what is `told`, where its filters say `TOLD`. One query; none where its filters
    leave nothing."""
    asked, compiler, (statement, params) = kept(key, lambda: _compiled(ask()))
    if not statement or (told is not None and told > MOST):
        return []
    # The compiler knows how a row becomes objects; a copy, for another thread may ask at the same moment.
    mine = copy(compiler)
    said = params if told is None else tuple(told if one == TOLD else one for one in params)
    mine.as_sql = lambda *_, **__: (statement, said)
    again = asked.all()
    again.query.get_compiler = lambda *_, **__: mine
    return list(again)


def counted(asked: QuerySet, named: QuerySet) -> Iterator[tuple]:
    """Of the rows of a `values_list` of two, a key and a text, each pair that differs, how many such there are, and what
    `named` (a `values_list` that begins with the key) says of the key, or as many None. Values as `rows` gives them. One
    query.

    The database counts what it has reckoned. Grouped by what it reckons it would hold every row to be another, and sort
    them all by it, names and all.
    """
    with suppress(EmptyResultSet):
        known, told = asked.query.sql_with_params()
        names, told_of_names = named.query.sql_with_params()
        # Reckoned before it is counted: a barrier to PostgreSQL's planner.
        apart = " OFFSET 0" if connection.vendor == "postgresql" else ""
        # Only what the models put into SQL is put in.
        statement = (
            f"WITH known (key, said) AS ({known}{apart}), named AS ({names}),"  # noqa: S608
            " counted (key, said, n) AS (SELECT key, said, COUNT(*) FROM known GROUP BY 1, 2)"
            " SELECT counted.*, named.* FROM counted LEFT JOIN named ON named.id = counted.key"
        )
        yield from fetch(statement, [*told, *told_of_names])


def counting(
    asked: dict[str, QuerySet], together: tuple[str, Sequence[str]] | None
) -> tuple[Sequence[str], str, Sequence[Any]]:
    """The SQL that counts the rows of each of several `values_list` of a key, and by one name more how many different
    keys those have `together` that stand behind it: the names of its columns, itself, what its placeholders stand for."""
    put = {name: _put_into_sql(rows) for name, rows in asked.items()}
    # Only what the models put into SQL is put in, and names that the code gives.
    parts = ", ".join(f"{name} (id) AS ({statement or NOTHING})" for name, (statement, _told) in put.items())
    counted = {name: f"(SELECT COUNT(*) FROM {name})" for name in put}  # noqa: S608
    if together:
        name, some = together
        every = " UNION ".join(f"SELECT id FROM {one}" for one in some)  # noqa: S608
        counted[name] = f"(SELECT COUNT(*) FROM ({every}) AS every)"  # noqa: S608
    told = [one for _statement, those in put.values() for one in those]
    return [*counted], f"WITH {parts} SELECT {', '.join(counted.values())}", told


def fetch(statement: str, told: Sequence[Any]) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(statement, told)
        return cursor.fetchall()


def _keep(key, made):
    if len(_statements) >= KEPT:
        for oldest in [*_statements][:1]:
            _statements.pop(oldest, None)
    _statements[key] = made
    return made


def _compiled(asked):
    # By the name of the connection, not by that of the thread which asks first.
    compiler = asked.query.get_compiler(connection=connection)
    return asked, compiler, _sql_of(compiler.as_sql)


def _put_into_sql(asked) -> Statement:
    return _sql_of(asked.query.sql_with_params)


def _sql_of(put: Callable[[], Statement]) -> Statement:
    try:
        return put()
    except EmptyResultSet:
        return "", ()
