"""The matrix of a directive, and what is counted of a large one, by their index without the rows."""

from django.db import migrations

NOT_BEGUN = "issued_on, period"
SHOWN = "state, due_on, reported_on, duty, is_returned"


def cover(schema_editor, covered):
    """Covering where the database is PostgreSQL, as 0002 made it."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP INDEX assignment_matrix")
        schema_editor.execute(
            "CREATE INDEX assignment_matrix ON directives_assignment (directive_id, task_id, unit_id)"
            f" INCLUDE ({covered})"
        )


def widen(apps, schema_editor):
    cover(schema_editor, f"{SHOWN}, {NOT_BEGUN}")


def narrow(apps, schema_editor):
    cover(schema_editor, SHOWN)


class Migration(migrations.Migration):
    dependencies = [("directives", "0021_unasked_extensions")]

    operations = [migrations.RunPython(widen, narrow)]
