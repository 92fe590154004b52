"""What the Office gave unasked was asked for and granted in one act: both moments are the same from now on."""

from datetime import timedelta

from django.db import migrations
from django.db.models import F


def join_moments(apps, schema_editor):
    given = apps.get_model("directives", "Request").objects.filter(
        kind="extension", decision="granted", decided_by=F("asked_by")
    )
    act = (F("decided_at"), F("decided_at") + timedelta(seconds=1))
    given.filter(asked_at__range=act).update(asked_at=F("decided_at"))


class Migration(migrations.Migration):
    dependencies = [("directives", "0020_lists_by_index")]

    operations = [migrations.RunPython(join_moments, migrations.RunPython.noop)]
