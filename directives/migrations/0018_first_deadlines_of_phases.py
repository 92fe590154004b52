from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def as_the_row_has_it(apps, schema_editor):
    """Of the days before nothing else is known than the first deadline that the row has today."""
    rows = apps.get_model("directives", "Assignment").objects.filter(pk=OuterRef("assignment_id"))
    known = Subquery(rows.values("first_due_on")[:1])
    apps.get_model("directives", "Phase").objects.exclude(due_on=None).update(first_due_on=known)


class Migration(migrations.Migration):
    """Work that is given anew has a new first deadline; the days before keep theirs."""

    dependencies = [("directives", "0017_snapshots")]

    operations = [
        migrations.AddField(
            model_name="phase",
            name="first_due_on",
            field=models.DateField(blank=True, null=True, verbose_name="thời hạn ban đầu"),
        ),
        migrations.RunPython(as_the_row_has_it, migrations.RunPython.noop),
    ]
