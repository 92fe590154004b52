from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def as_it_is_known(apps, schema_editor):
    """Of work that was let off and given anew since, when it was taken up before is not known any more."""
    work = apps.get_model("directives", "Assignment").objects.filter(pk=OuterRef("assignment"))
    apps.get_model("directives", "Phase").objects.update(
        acknowledged_at=Subquery(work.values("acknowledged_at"))
    )


class Migration(migrations.Migration):
    dependencies = [
        ("directives", "0023_undated_by_index"),
    ]

    operations = [
        migrations.AddField(
            model_name="phase",
            name="acknowledged_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="tiếp nhận lúc"),
        ),
        migrations.RunPython(as_it_is_known, migrations.RunPython.noop),
    ]
