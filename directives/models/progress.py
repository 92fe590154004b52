from textwrap import shorten

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .assignment import Assignment

User = settings.AUTH_USER_MODEL


class ProgressNote(models.Model):
    """How far a unit has come with its work, and what stands in its way; an obstacle stays open until answered."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="progress_notes")
    percent = models.PositiveSmallIntegerField(_("hoàn thành (%)"), null=True, blank=True)
    text = models.TextField(_("tiến độ"), blank=True)
    obstacle = models.TextField(_("vướng mắc, kiến nghị"), blank=True)
    noted_at = models.DateTimeField(_("ghi lúc"))
    noted_by = models.ForeignKey(
        User, verbose_name=_("người ghi"), on_delete=models.PROTECT, related_name="+"
    )
    noter_name = models.CharField(max_length=200)
    answer = models.TextField(_("trả lời vướng mắc"), blank=True)
    answered_at = models.DateTimeField(_("trả lời lúc"), null=True, blank=True)
    answered_by = models.ForeignKey(
        User,
        verbose_name=_("người trả lời"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("ghi tiến độ")
        verbose_name_plural = _("ghi tiến độ")
        ordering = ["assignment", "noted_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(percent=None) | Q(percent__lte=100),
                name="progress_percent",
                violation_error_message=_("Tỷ lệ hoàn thành từ 0 đến 100."),
            ),
            models.CheckConstraint(
                condition=~Q(text="", obstacle="", percent=None),
                name="progress_says",
                violation_error_message=_("Hãy ghi tiến độ hoặc vướng mắc."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["assignment"],
                condition=~Q(obstacle="") & Q(answered_at=None),
                name="progress_obstacle_open",
            )
        ]

    def __str__(self):
        return shorten(self.text or self.obstacle, 90, placeholder="…") or f"{self.percent} %"
