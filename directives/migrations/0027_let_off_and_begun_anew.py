from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def keep_who_was_let_off(apps, schema_editor):
    """Until now the list of recipients alone said that a unit gets no later period."""
    recipients = apps.get_model("directives", "Recipient").objects.exclude(removed_at=None)
    removed = recipients.filter(directive=OuterRef("directive"), unit=OuterRef("unit")).values("removed_at")
    periods = apps.get_model("directives", "Assignment").objects.exclude(period="")
    let_off = periods.filter(directive__in=recipients.values("directive"))
    let_off.update(let_off_at=Subquery(removed))


class Migration(migrations.Migration):
    dependencies = [
        ("directives", "0026_paused_to_review"),
    ]

    operations = [
        migrations.AddField(
            model_name="assignment",
            name="let_off_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="thôi giao các kỳ sau lúc"),
        ),
        migrations.AddField(
            model_name="assignment",
            name="begun_anew_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="giao lại lúc"),
        ),
        migrations.RunPython(keep_who_was_let_off, migrations.RunPython.noop),
    ]
