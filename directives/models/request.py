from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from directives.enums import Decision, RequestKind, UrgingKind
from units.models import Unit

from .assignment import Assignment

User = settings.AUTH_USER_MODEL


class Request(models.Model):
    """What a unit asks for: more time, or to be let off what is not its business; and the answer."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="requests")
    kind = models.CharField(_("loại đề nghị"), max_length=9, choices=RequestKind)
    reason = models.TextField(_("lý do"))
    due_on = models.DateField(_("thời hạn xin lùi đến"), null=True, blank=True)
    proposed_unit = models.ForeignKey(
        Unit,
        verbose_name=_("đơn vị nên giao"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    asked_at = models.DateTimeField(_("đề nghị lúc"))
    asked_by = models.ForeignKey(
        User, verbose_name=_("người đề nghị"), on_delete=models.PROTECT, related_name="+"
    )
    decision = models.CharField(_("quyết định"), max_length=9, choices=Decision, default=Decision.PENDING)
    decided_at = models.DateTimeField(_("quyết định lúc"), null=True, blank=True)
    decided_by = models.ForeignKey(
        User,
        verbose_name=_("người quyết định"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    answer = models.TextField(_("trả lời"), blank=True)

    class Meta:
        verbose_name = _("đề nghị")
        verbose_name_plural = _("đề nghị")
        ordering = ["-asked_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "kind"],
                condition=Q(decision=Decision.PENDING),
                name="request_pending_once",
                violation_error_message=_("Đã có một đề nghị đang chờ quyết định."),
            ),
            models.CheckConstraint(
                condition=~Q(kind=RequestKind.EXTENSION) | Q(due_on__isnull=False),
                name="request_due",
                violation_error_message=_("Xin gia hạn phải nêu thời hạn mới."),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.assignment}"


class Urging(models.Model):
    """A reminder by the Office, a leader's question or instruction: it stays open until the unit answers."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="urgings")
    kind = models.CharField(_("loại"), max_length=8, choices=UrgingKind, default=UrgingKind.URGE)
    text = models.TextField(_("nội dung"))
    urged_at = models.DateTimeField(_("đôn đốc lúc"))
    urged_by = models.ForeignKey(
        User, verbose_name=_("người đôn đốc"), null=True, on_delete=models.PROTECT, related_name="+"
    )
    reply_by = models.DateField(_("trả lời trước ngày"), null=True, blank=True)
    seen_at = models.DateTimeField(_("đã xem lúc"), null=True, blank=True)
    reply = models.TextField(_("trả lời"), blank=True)
    replied_at = models.DateTimeField(_("trả lời lúc"), null=True, blank=True)
    replied_by = models.ForeignKey(
        User,
        verbose_name=_("người trả lời"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("đôn đốc")
        verbose_name_plural = _("đôn đốc")
        ordering = ["-urged_at"]
        indexes = [
            models.Index(fields=["assignment"], condition=Q(replied_at=None), name="urging_unanswered")
        ]

    def __str__(self):
        return f"{self.assignment} {self.urged_at:%d/%m/%Y}"
