from django.db import migrations

from units import append_only


class Migration(migrations.Migration):
    dependencies = [("units", "0001_initial")]

    operations = [migrations.RunPython(append_only.install, append_only.remove)]
