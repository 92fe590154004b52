from textwrap import shorten

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from directives.enums import Duty
from units.models import Unit, UnitGroup

from .directive import Directive
from .recurrence import RuleFields


class Task(RuleFields):
    """A numbered item that orders something, or (`is_heading`) an item under which orders hang.

    Its rule of recurrence is what the document gave; what holds after a change is said by its `Rhythm`s.
    """

    directive = models.ForeignKey(Directive, on_delete=models.CASCADE, related_name="tasks", db_index=False)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("thuộc mục"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="children",
    )
    position = models.PositiveIntegerField(_("thứ tự"))
    label = models.CharField(
        _("số mục"), max_length=20, blank=True, help_text=_("Như in trên văn bản: 1, II.3, a.")
    )
    text = models.TextField(_("nội dung"))
    is_heading = models.BooleanField(_("chỉ là tiêu đề"), default=False)
    deliverable = models.CharField(_("sản phẩm"), max_length=500, blank=True)
    due_on = models.DateField(_("thời hạn"), null=True, blank=True)
    due_text = models.CharField(_("thời hạn ghi trên văn bản"), max_length=300, blank=True)
    undated_reason = models.CharField(_("lý do không có thời hạn"), max_length=300, blank=True)
    review_on = models.DateField(_("ngày xem lại"), null=True, blank=True)
    span_start = models.PositiveIntegerField(null=True, blank=True, editable=False)
    span_end = models.PositiveIntegerField(null=True, blank=True, editable=False)
    implements = models.ForeignKey(
        "directives.Assignment",
        verbose_name=_("thực hiện nhiệm vụ cấp trên giao"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="implemented_by",
    )

    class Meta:
        verbose_name = _("nhiệm vụ")
        verbose_name_plural = _("nhiệm vụ")
        ordering = ["directive", "position", "id"]
        indexes = [models.Index(fields=["directive", "position"], name="task_order")]
        constraints = [
            models.CheckConstraint(
                condition=Q(due_on=None) | Q(undated_reason=""),
                name="task_due",
                violation_error_message=_("Đã có thời hạn thì không cần lý do không có thời hạn."),
            ),
            models.CheckConstraint(
                condition=Q(span_start=None, span_end=None) | Q(span_end__gte=F("span_start")),
                name="task_span",
            ),
        ]

    def __str__(self):
        text = shorten(self.text, 90, placeholder="…")
        return f"{self.label}. {text}" if self.label else text


class TaskUnit(models.Model):
    """A unit, or a group without the units `excepted` (keys), that one task names: lead or support.

    A task that names none is everybody's.
    """

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="units")
    unit = models.ForeignKey(
        Unit, verbose_name=_("đơn vị"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    group = models.ForeignKey(
        UnitGroup,
        verbose_name=_("nhóm đơn vị"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    excepted = models.JSONField(_("trừ các đơn vị"), default=list, blank=True)
    duty = models.CharField(_("vai trò"), max_length=7, choices=Duty, default=Duty.LEAD)
    text = models.CharField(_("ghi trên văn bản"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("đơn vị thực hiện")
        verbose_name_plural = _("đơn vị thực hiện")
        ordering = ["task", "duty", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(unit=None) | Q(group=None),
                name="taskunit_one",
                violation_error_message=_("Chọn một đơn vị hoặc một nhóm, không chọn cả hai."),
            ),
            models.UniqueConstraint(
                fields=["task", "unit"],
                name="taskunit_unit",
                violation_error_message=_("Đơn vị này đã có trong nhiệm vụ."),
            ),
            models.UniqueConstraint(
                fields=["task", "group"],
                name="taskunit_group",
                violation_error_message=_("Nhóm này đã có trong nhiệm vụ."),
            ),
        ]

    def __str__(self):
        return self.text if self.excepted else str(self.unit or self.group or self.text)
