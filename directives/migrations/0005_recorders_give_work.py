from django.db import migrations
from django.db.models import F, OuterRef, Subquery


def give(apps, schema_editor):
    """Work under a recorded paper is given, and decided on, by the office that recorded it."""
    Assignment = apps.get_model("directives", "Assignment")
    Directive = apps.get_model("directives", "Directive")
    office = Directive.objects.filter(pk=OuterRef("directive")).values("office")[:1]
    recorded = Directive.objects.exclude(office=F("issuer")).filter(recorded_on__isnull=False)
    Assignment.objects.filter(directive__in=recorded).update(issuer=Subquery(office))


class Migration(migrations.Migration):
    dependencies = [("directives", "0004_reading")]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
