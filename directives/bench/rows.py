"""Rows into the database as fast as it takes them: COPY on PostgreSQL, bulk_create elsewhere."""

import csv
import io
import json
from collections.abc import Iterable
from itertools import islice

from django.core.management.color import no_style
from django.db import connection

CHUNK = 20_000
_NULL = r"\N"


def write(model, rows: Iterable[dict]) -> None:
    """Insert rows given as {attribute: value}; what a row leaves out takes the field's default.

    All rows have the keys of the first. Signals and `save` are not called: folded columns and paths are the
    caller's to fill.
    """
    rows = iter(rows)
    defaults = _defaults(model)
    put = _copy if connection.vendor == "postgresql" else _bulk_create
    while chunk := [defaults | row for row in islice(rows, CHUNK)]:
        put(model, chunk)


def first_id(model) -> int:
    """The first primary key that is free."""
    return (model.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1


def settle(*models) -> None:
    """Let the sequences continue after keys that were given by hand."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def analyze() -> None:
    """Let the planner know what was just loaded."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def tidy() -> None:
    """What a database does by itself some minutes after a load; index-only scans wait for it."""
    if connection.vendor == "postgresql" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def _defaults(model):
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    return {field.attname: field.get_default() for field in fields}


def _bulk_create(model, rows):
    model.objects.bulk_create(model(**row) for row in rows)


def _copy(model, rows):
    columns = [model._meta.get_field(name).column for name in rows[0]]
    names = ", ".join(map(connection.ops.quote_name, columns))
    text = io.StringIO()
    csv.writer(text).writerows(map(_plain, row.values()) for row in rows)
    text.seek(0)
    with connection.cursor() as cursor:
        table = connection.ops.quote_name(model._meta.db_table)
        cursor.copy_expert(f"COPY {table} ({names}) FROM STDIN WITH (FORMAT csv, NULL '{_NULL}')", text)


def _plain(value):
    if value is None:
        return _NULL
    return json.dumps(value) if isinstance(value, list | dict) else value
