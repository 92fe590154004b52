from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from directives.enums import Recurrence

from .recurrence import RuleFields
from .task import Task


class Rhythm(RuleFields):
    """The rule by which a task's periods are made, while it holds; a change ends one row and begins another.

    It holds for the periods that begin from `starts_on` until before `ends_on`. The rows say what was so: those of
    the past never change.
    """

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="rhythms", db_index=False)
    starts_on = models.DateField(_("áp dụng cho kỳ bắt đầu từ ngày"))
    ends_on = models.DateField(_("thôi áp dụng từ ngày"), null=True, blank=True)
    reason = models.TextField(_("lý do"), blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("người đặt"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    made_at = models.DateTimeField(_("đặt lúc"))

    class Meta:
        verbose_name = _("quy định định kỳ")
        verbose_name_plural = _("quy định định kỳ")
        ordering = ["task", "starts_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["task"],
                condition=Q(ends_on=None),
                name="rhythm_one_in_force",
                violation_error_message=_("Nhiệm vụ chỉ có một quy định định kỳ đang áp dụng."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="rhythm_life",
                violation_error_message=_("Ngày thôi áp dụng không được trước ngày áp dụng."),
            ),
            models.CheckConstraint(
                condition=~Q(recurrence=Recurrence.NONE),
                name="rhythm_recurs",
                violation_error_message=_("Quy định định kỳ phải nói bao lâu một lần."),
            ),
        ]
        indexes = [models.Index(fields=["task", "starts_on"], name="rhythm_task")]

    def __str__(self):
        return f"{self.task}: {self.get_recurrence_display()}"
