from textwrap import shorten

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from units.models import Unit

from .assignment import Assignment

User = settings.AUTH_USER_MODEL


class ProgressNote(models.Model):
    """How far a unit has come with its work, and what stands in its way.

    An obstacle stays open until answered, and always lies with one: `holder`, the unit that must answer it, or the
    office that gave the work; there with its leader alone if `leader_answers`.
    """

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="progress_notes")
    percent = models.PositiveSmallIntegerField(_("hoàn thành (%)"), null=True, blank=True)
    text = models.TextField(_("tiến độ"), blank=True)
    obstacle = models.TextField(_("vướng mắc, kiến nghị"), blank=True)
    noted_at = models.DateTimeField(_("ghi lúc"))
    noted_by = models.ForeignKey(
        User, verbose_name=_("người ghi"), on_delete=models.PROTECT, related_name="+"
    )
    noter_name = models.CharField(max_length=200)
    holder = models.ForeignKey(
        Unit,
        verbose_name=_("nơi phải trả lời"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    leader_answers = models.BooleanField(_("lãnh đạo cơ quan trả lời"), default=False)
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
            models.CheckConstraint(
                condition=Q(obstacle="") | Q(holder__isnull=False),
                name="progress_obstacle_held",
                violation_error_message=_("Vướng mắc phải có nơi trả lời."),
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


class Forwarding(models.Model):
    """One step on the way of an obstacle: from whoever held it to whoever must answer it now, with a word."""

    note = models.ForeignKey(ProgressNote, on_delete=models.PROTECT, related_name="forwardings")
    sender = models.ForeignKey(Unit, verbose_name=_("nơi chuyển"), on_delete=models.PROTECT, related_name="+")
    receiver = models.ForeignKey(Unit, verbose_name=_("nơi nhận"), on_delete=models.PROTECT, related_name="+")
    to_leader = models.BooleanField(_("đến lãnh đạo"), default=False)
    word = models.TextField(_("ý kiến khi chuyển"))
    forwarded_at = models.DateTimeField(_("chuyển lúc"))
    forwarded_by = models.ForeignKey(
        User, verbose_name=_("người chuyển"), on_delete=models.PROTECT, related_name="+"
    )
    forwarder_name = models.CharField(max_length=200)

    class Meta:
        verbose_name = _("chuyển vướng mắc")
        verbose_name_plural = _("chuyển vướng mắc")
        ordering = ["note", "forwarded_at", "id"]

    def __str__(self):
        return f"{self.sender} → {self.receiver}"
