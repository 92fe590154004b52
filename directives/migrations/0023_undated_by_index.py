"""Work without a deadline, counted on every page of who looks at it again, by an index without the rows."""

from django.db import migrations, models
from django.db.models import Q

OPEN = ~Q(state__in=["accepted", "cancelled", "transferred"])
UNDATED = models.Index(fields=["issuer", "issued_on"], condition=OPEN & Q(due_on=None), name="assignment_undated")
COVERED = "id, state, period, review_on, reviewed_on"


def create(apps, schema_editor):
    """Covering where the database is PostgreSQL."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f"CREATE INDEX {UNDATED.name} ON directives_assignment (issuer_id, issued_on) INCLUDE ({COVERED})"
            " WHERE state NOT IN ('accepted', 'cancelled', 'transferred') AND due_on IS NULL"
        )
    else:
        schema_editor.add_index(apps.get_model("directives", "Assignment"), UNDATED)


def drop(apps, schema_editor):
    schema_editor.remove_index(apps.get_model("directives", "Assignment"), UNDATED)


class Migration(migrations.Migration):
    dependencies = [("directives", "0022_matrix_by_index")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.AddIndex("assignment", UNDATED)],
            database_operations=[migrations.RunPython(create, drop)],
        )
    ]
