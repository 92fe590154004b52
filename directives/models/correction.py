from textwrap import shorten

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from directives.enums import Decision
from units.models import Unit

User = settings.AUTH_USER_MODEL


class Correction(models.Model):
    """A number about a unit that the unit says is wrong, kept as it was shown on the day; and the Office's answer."""

    unit = models.ForeignKey(Unit, verbose_name=_("đơn vị"), on_delete=models.PROTECT, related_name="+")
    office = models.ForeignKey(
        Unit, verbose_name=_("cơ quan giao việc"), on_delete=models.PROTECT, related_name="+"
    )
    line = models.CharField(_("chỉ tiêu"), max_length=40)
    shown = models.PositiveIntegerField(_("số đang hiện"))
    expected = models.PositiveIntegerField(_("số đúng theo đơn vị"), null=True, blank=True)
    reason = models.TextField(_("lý do"))
    asked_at = models.DateTimeField(_("đề nghị lúc"))
    asked_by = models.ForeignKey(
        User, verbose_name=_("người đề nghị"), on_delete=models.PROTECT, related_name="+"
    )
    decision = models.CharField(_("quyết định"), max_length=9, choices=Decision, default=Decision.PENDING)
    answer = models.TextField(_("trả lời"), blank=True)
    decided_at = models.DateTimeField(_("quyết định lúc"), null=True, blank=True)
    decided_by = models.ForeignKey(
        User,
        verbose_name=_("người quyết định"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("đề nghị đính chính số liệu")
        verbose_name_plural = _("đề nghị đính chính số liệu")
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "office", "line"],
                condition=Q(decision=Decision.PENDING),
                name="correction_pending_once",
                violation_error_message=_("Số này đã có một đề nghị đang chờ trả lời."),
            ),
            models.CheckConstraint(
                condition=~Q(decision__in=[Decision.GRANTED, Decision.REFUSED]) | ~Q(answer=""),
                name="correction_answer",
                violation_error_message=_("Trả lời phải ghi rõ nội dung."),
            ),
        ]
        indexes = [
            models.Index(fields=["office"], condition=Q(decision=Decision.PENDING), name="correction_waiting")
        ]

    def __str__(self):
        return shorten(self.reason, 90, placeholder="…")
