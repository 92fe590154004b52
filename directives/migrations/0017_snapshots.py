import django.db.models.deletion
import units.clock
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """The table of snapshots was never written to: it is made anew."""

    dependencies = [
        ('directives', '0016_rollup'),
        ('units', '0003_cache_table'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.DeleteModel(name='Snapshot'),
        migrations.CreateModel(
            name='Snapshot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=24, unique=True, verbose_name='mã số liệu')),
                ('office_name', models.CharField(max_length=255)),
                ('query', models.CharField(blank=True, max_length=500)),
                ('said', models.JSONField(default=list, verbose_name='phạm vi')),
                ('as_of', models.DateField(verbose_name='số liệu tính đến ngày')),
                ('first_on', models.DateField(blank=True, null=True, verbose_name='từ ngày')),
                ('last_on', models.DateField(blank=True, null=True, verbose_name='đến ngày')),
                ('figures', models.JSONField(default=dict, verbose_name='số liệu')),
                ('row_count', models.PositiveIntegerField(default=0, verbose_name='số phần việc')),
                ('seal', models.CharField(max_length=64, verbose_name='mã niêm phong')),
                ('taken_at', models.DateTimeField(default=units.clock.now, verbose_name='chốt lúc')),
                ('taker', models.CharField(max_length=300)),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='units.unit', verbose_name='cơ quan chốt')),
                ('taken_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='người chốt')),
            ],
            options={
                'verbose_name': 'số liệu chốt',
                'verbose_name_plural': 'số liệu chốt',
                'ordering': ['-taken_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='FrozenRows',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField()),
                ('packed', models.BinaryField()),
                ('digest', models.CharField(max_length=64)),
                ('snapshot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='chunks', to='directives.snapshot')),
            ],
            options={
                'verbose_name': 'phần việc chốt',
                'verbose_name_plural': 'phần việc chốt',
                'ordering': ['snapshot', 'position'],
            },
        ),
        migrations.AddIndex(
            model_name='snapshot',
            index=models.Index(fields=['office', '-taken_at'], name='snapshot_office'),
        ),
        migrations.AddConstraint(
            model_name='frozenrows',
            constraint=models.UniqueConstraint(fields=('snapshot', 'position'), name='frozen_rows_once'),
        ),
    ]
