from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from directives.enums import AssignmentState, Duty

from .assignment import Assignment


class Phase(models.Model):
    """The days on which an assignment stood otherwise than it does now; written once, by the verb that ended them.

    What it is now, it has been since its `since_on`. So a past day's figures are the same whenever they are asked.
    """

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="phases")
    first_on = models.DateField(_("từ ngày"))
    last_on = models.DateField(_("đến hết ngày"))
    state = models.CharField(_("tình trạng"), max_length=11, choices=AssignmentState)
    is_returned = models.BooleanField(_("bị trả lại"))
    issued_on = models.DateField(_("ngày giao"))
    due_on = models.DateField(_("thời hạn"), null=True, blank=True)
    first_due_on = models.DateField(_("thời hạn ban đầu"), null=True, blank=True)
    reported_on = models.DateField(_("ngày báo cáo"), null=True, blank=True)
    acknowledged_at = models.DateTimeField(_("tiếp nhận lúc"), null=True, blank=True)
    # Where it is owed in another duty since; else empty, and it was the same.
    duty = models.CharField(_("vai trò"), max_length=7, choices=Duty, blank=True)

    class Meta:
        verbose_name = _("giai đoạn")
        verbose_name_plural = _("giai đoạn")
        ordering = ["assignment", "first_on"]
        constraints = [
            models.UniqueConstraint(fields=["assignment", "last_on"], name="phase_once"),
            models.CheckConstraint(condition=Q(last_on__gte=F("first_on")), name="phase_days"),
        ]
        indexes = [
            # Few phases were of another duty.
            models.Index(fields=["assignment"], condition=~Q(duty=""), name="phase_duty"),
        ]

    def __str__(self):
        return f"{self.assignment}: {self.first_on:%d/%m/%Y}–{self.last_on:%d/%m/%Y}"
