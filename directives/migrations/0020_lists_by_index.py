"""Lists that cost what they show: the documents in their order, and what a unit ever owed without its rows."""

from datetime import date

from django.db import migrations, models
from django.db.models import Case, F, Value, When
from django.db.models.functions import Coalesce

UNIT = models.Index(fields=["unit"], name="assignment_unit")
COVERED = "state, due_on, reported_on, duty, is_returned, assignee_id, issued_on"
LISTED = [
    Case(When(state__in=["draft", "signed", "submitted"], then=Value(1)), default=Value(0), output_field=models.IntegerField()),
    Coalesce("issued_on", Value(date.max)),
    F("id"),
]


OPEN = "unit_id, issued_on, issuer_id, kind"
WIDER = f"{OPEN}, state, is_returned, duty, directive_id, task_id"


def cover_open(schema_editor, covered):
    """What is late is counted by one index, whoever counts it and by what."""
    schema_editor.execute("DROP INDEX assignment_open_due")
    schema_editor.execute(
        f"CREATE INDEX assignment_open_due ON directives_assignment (due_on) INCLUDE ({covered})"
        " WHERE state NOT IN ('accepted', 'cancelled', 'transferred')"
    )


def create(apps, schema_editor):
    """Covering where the database is PostgreSQL."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"CREATE INDEX {UNIT.name} ON directives_assignment (unit_id) INCLUDE ({COVERED})")
        cover_open(schema_editor, WIDER)
    else:
        schema_editor.add_index(apps.get_model("directives", "Assignment"), UNIT)


def drop(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        cover_open(schema_editor, OPEN)
    schema_editor.remove_index(apps.get_model("directives", "Assignment"), UNIT)


class Migration(migrations.Migration):
    dependencies = [("directives", "0019_saved_views"), ("units", "0003_cache_table")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.AddIndex("assignment", UNIT)],
            database_operations=[migrations.RunPython(create, drop)],
        ),
        migrations.AlterField(
            "assignment",
            "unit",
            models.ForeignKey(
                "units.Unit",
                models.PROTECT,
                db_index=False,
                related_name="assignments",
                verbose_name="đơn vị",
            ),
        ),
        migrations.AddIndex(
            "directive", models.Index(*(one.desc() for one in LISTED), name="directive_listed")
        ),
    ]
