from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from units.enums import SuccessionKind

from .unit import Unit


class Succession(models.Model):
    """Who takes over from whom, when and on what legal basis."""

    predecessor = models.ForeignKey(
        Unit, verbose_name=_("đơn vị trước"), on_delete=models.PROTECT, related_name="succeeded_by"
    )
    successor = models.ForeignKey(
        Unit, verbose_name=_("đơn vị kế thừa"), on_delete=models.PROTECT, related_name="succeeds"
    )
    kind = models.CharField(_("hình thức"), max_length=10, choices=SuccessionKind)
    effective_on = models.DateField(_("có hiệu lực từ ngày"))
    legal_basis = models.CharField(_("căn cứ pháp lý"), max_length=255)

    class Meta:
        verbose_name = _("kế thừa")
        verbose_name_plural = _("kế thừa")
        ordering = ["-effective_on"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(predecessor=F("successor"))
                | Q(kind__in=[SuccessionKind.RENAME, SuccessionKind.MOVE]),
                name="succession_two_units",
                violation_error_message=_("Đơn vị kế thừa phải khác đơn vị trước."),
            )
        ]

    def __str__(self):
        return f"{self.predecessor} → {self.successor}"
