from django.db import models
from django.utils.translation import gettext_lazy as _

from directives.enums import Duty
from units import clock
from units.models import Unit


class Axis(models.TextChoices):
    """By what assignments are counted: all of them at once, the ended ones by the half-month in which they ended, the
    dated ones by the month in which they fall due, the reported ones by the month of the report."""

    ALL = "all"
    CLOSED = "closed"
    DUE = "due"
    REPORTED = "reported"


class Rollup(models.Model):
    """How many assignments of a unit stand where on the day of the `Mark`, as a sum over rows.

    Rows are bookings: every verb adds what it changed, with its sign, and none changes a row that is there. So nobody
    waits for a counter, and none can be lost. `directives.rollup` alone writes and reads them.
    """

    axis = models.CharField(max_length=8, choices=Axis)
    # Half-months since the year 0 (`directives.rollup.bucket`); 0 where all are counted at once.
    bucket = models.IntegerField()
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    duty = models.CharField(max_length=7, choices=Duty)
    is_returned = models.BooleanField()

    # One for each `Standing`, under its name.
    overdue = models.IntegerField(default=0)
    due_today = models.IntegerField(default=0)
    due_soon = models.IntegerField(default=0)
    in_time = models.IntegerField(default=0)
    undated = models.IntegerField(default=0)
    awaiting = models.IntegerField(default=0)
    awaiting_late = models.IntegerField(default=0)
    done_early = models.IntegerField(default=0)
    done_on_time = models.IntegerField(default=0)
    done_late = models.IntegerField(default=0)
    done_undated = models.IntegerField(default=0)
    paused = models.IntegerField(default=0)
    dropped = models.IntegerField(default=0)

    class Meta:
        verbose_name = _("số cộng dồn")
        verbose_name_plural = _("số cộng dồn")
        indexes = [models.Index(fields=["axis", "bucket", "unit"], name="rollup_key")]

    def __str__(self):
        return f"{self.axis} {self.bucket} {self.unit_id} {self.duty}"


class Mark(models.Model):
    """The day for which the counters stand; one row. Whoever books holds it, whoever moves it waits for them."""

    as_of = models.DateField(default=clock.today)

    class Meta:
        verbose_name = _("ngày của số cộng dồn")
        verbose_name_plural = _("ngày của số cộng dồn")

    def __str__(self):
        return f"{self.as_of:%d/%m/%Y}"
