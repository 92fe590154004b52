from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from units import clock
from units.models import Unit


class Snapshot(models.Model):
    """Figures frozen at a cut-off, under a code that finds them again; written once, never changed.

    `query` is the address of the same figures as they stand now, `said` the scope in words, `figures` the official
    table with its columns, its rows and its checks. `seal` is over all of it and over every frozen row; the record of
    events keeps the seal too.
    """

    code = models.CharField(_("mã số liệu"), max_length=24, unique=True)
    office = models.ForeignKey(
        Unit, verbose_name=_("cơ quan chốt"), on_delete=models.PROTECT, related_name="+"
    )
    office_name = models.CharField(max_length=255)
    query = models.CharField(max_length=500, blank=True)
    said = models.JSONField(_("phạm vi"), default=list)
    as_of = models.DateField(_("số liệu tính đến ngày"))
    first_on = models.DateField(_("từ ngày"), null=True, blank=True)
    last_on = models.DateField(_("đến ngày"), null=True, blank=True)
    figures = models.JSONField(_("số liệu"), default=dict)
    row_count = models.PositiveIntegerField(_("số phần việc"), default=0)
    seal = models.CharField(_("mã niêm phong"), max_length=64)
    taken_at = models.DateTimeField(_("chốt lúc"), default=clock.now)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("người chốt"), on_delete=models.PROTECT, related_name="+"
    )
    taker = models.CharField(max_length=300)

    class Meta:
        verbose_name = _("số liệu chốt")
        verbose_name_plural = _("số liệu chốt")
        ordering = ["-taken_at", "-id"]
        indexes = [models.Index(fields=["office", "-taken_at"], name="snapshot_office")]

    def __str__(self):
        return self.code


class FrozenRows(models.Model):
    """Some of the rows behind a snapshot, in their order: JSON, compressed. `digest` is of the JSON."""

    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="chunks")
    position = models.PositiveIntegerField()
    packed = models.BinaryField()
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("phần việc chốt")
        verbose_name_plural = _("phần việc chốt")
        ordering = ["snapshot", "position"]
        constraints = [models.UniqueConstraint(fields=["snapshot", "position"], name="frozen_rows_once")]

    def __str__(self):
        return f"{self.snapshot} ({self.position})"
