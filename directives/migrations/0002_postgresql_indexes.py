"""Where the database is PostgreSQL: covering indexes for matrix and figures, trigrams for search."""

from django.db import migrations

STATEMENTS = [
    "DROP INDEX assignment_matrix",
    "CREATE INDEX assignment_matrix ON directives_assignment (directive_id, task_id, unit_id)"
    " INCLUDE (state, due_on, reported_on, duty, is_returned)",
    "DROP INDEX assignment_open_due",
    "CREATE INDEX assignment_open_due ON directives_assignment (due_on)"
    " INCLUDE (unit_id, issued_on, issuer_id, kind)"
    " WHERE state NOT IN ('accepted', 'cancelled', 'transferred')",
    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
    "CREATE INDEX directive_search ON directives_directive USING gin (search gin_trgm_ops)",
]


def create(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for statement in STATEMENTS:
            schema_editor.execute(statement)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX directive_search")


class Migration(migrations.Migration):
    dependencies = [("directives", "0001_initial")]

    operations = [migrations.RunPython(create, drop)]
