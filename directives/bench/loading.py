"""Loading millions of rows into PostgreSQL: indexes and foreign keys are set aside and put back at the end.

Row by row they cost more than the rows; built once over the finished tables they are a few sorts, and each
foreign key is checked by one join, so that what comes out is as valid as what was inserted one by one.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def unhindered(*models) -> Iterator[None]:
    """One transaction in which the tables have neither indexes (but those of constraints) nor foreign keys.

    Locks the tables exclusively. Whatever happens inside, they are as before afterwards. Elsewhere than on
    PostgreSQL it is a transaction and nothing more.
    """
    with transaction.atomic():
        if connection.vendor != "postgresql":
            yield
            return
        tables = [model._meta.db_table for model in models]
        drop, restore = _foreign_keys(tables)
        more_drop, more_restore = _indexes(tables)
        _run(drop + more_drop)
        yield
        _run(
            [
                "SET CONSTRAINTS ALL IMMEDIATE",
                "SET LOCAL maintenance_work_mem = '256MB'",
                *more_restore,
                *restore,
            ]
        )


def _indexes(tables):
    found = _fetch(
        """
        SELECT i.indexrelid::regclass, pg_get_indexdef(i.indexrelid) FROM pg_index i
        WHERE i.indrelid = ANY(%s::regclass[])
            AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid)
        """,
        [tables],
    )
    return [f"DROP INDEX {name}" for name, _ in found], [definition for _, definition in found]


def _foreign_keys(tables):
    found = _fetch(
        """
        SELECT conrelid::regclass, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint
        WHERE contype = 'f' AND conrelid = ANY(%s::regclass[])
        """,
        [tables],
    )
    drop = [f"ALTER TABLE {table} DROP CONSTRAINT {name}" for table, name, _ in found]
    return drop, [
        f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}" for table, name, definition in found
    ]


def _fetch(query, params):
    with connection.cursor() as cursor:
        cursor.execute(query, params)
        return cursor.fetchall()


def _run(statements):
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
