from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from units import clock


class Snapshot(models.Model):
    """Figures frozen at a cut-off, under a code that reproduces them."""

    code = models.CharField(_("mã số liệu"), max_length=20, unique=True)
    as_of = models.DateField(_("số liệu tính đến ngày"))
    scope = models.JSONField(_("phạm vi"), default=dict)
    figures = models.JSONField(_("số liệu"), default=dict)
    taken_at = models.DateTimeField(_("chốt lúc"), default=clock.now)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("người chốt"), on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("số liệu chốt")
        verbose_name_plural = _("số liệu chốt")
        ordering = ["-taken_at"]

    def __str__(self):
        return self.code
