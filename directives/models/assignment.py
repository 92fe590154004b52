from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from directives.enums import ENDED, AssignmentState, DirectiveKind, Duty
from directives.periods import name_of
from units import clock
from units.models import Unit

from .directive import Directive
from .task import Task

User = settings.AUTH_USER_MODEL


class Assignment(models.Model):
    """One task that one unit owes, for one period: the unit of work.

    Rows exist from the moment of issue; of a recurring task those of the next period some days before it begins;
    those of a unit added later from the day it was added.
    Directive, issuer and kind are copies: they never change after issue, and they save the joins of every list and
    figure. `issued_on` is the day the work is given: the document's own, or the first day of a period that begins
    later. Until that day no figure counts the row. `issuer` is whoever gives the work and
    decides on it: the office that issued the document, or that recorded somebody else's.
    """

    task = models.ForeignKey(
        Task, verbose_name=_("nhiệm vụ"), on_delete=models.PROTECT, related_name="assignments"
    )
    unit = models.ForeignKey(
        Unit,
        verbose_name=_("đơn vị"),
        on_delete=models.PROTECT,
        related_name="assignments",
        db_index=False,
    )
    period = models.CharField(_("kỳ"), max_length=10, default="", blank=True)
    duty = models.CharField(_("vai trò"), max_length=7, choices=Duty, default=Duty.LEAD)

    directive = models.ForeignKey(
        Directive, on_delete=models.PROTECT, related_name="assignments", db_index=False
    )
    issuer = models.ForeignKey(
        Unit, on_delete=models.PROTECT, related_name="given_assignments", db_index=False
    )
    kind = models.CharField(max_length=12, choices=DirectiveKind)
    issued_on = models.DateField(_("ngày giao"))
    unit_name = models.CharField(_("tên đơn vị hôm giao"), max_length=255)

    state = models.CharField(
        _("tình trạng"), max_length=11, choices=AssignmentState, default=AssignmentState.NOT_STARTED
    )
    is_returned = models.BooleanField(_("bị trả lại"), default=False)
    due_on = models.DateField(_("thời hạn"), null=True, blank=True)
    first_due_on = models.DateField(_("thời hạn ban đầu"), null=True, blank=True)
    internal_due_on = models.DateField(_("hạn nội bộ"), null=True, blank=True)
    assignee = models.ForeignKey(
        User,
        verbose_name=_("người thực hiện"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    # Of work that is paused, or has no deadline: when the Office looks at it again.
    review_on = models.DateField(_("ngày xem lại"), null=True, blank=True)
    # Of the same: when the Office last looked at it again.
    reviewed_on = models.DateField(_("đã xem lại ngày"), null=True, blank=True)
    transferred_from = models.OneToOneField(
        "self",
        verbose_name=_("chuyển từ"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="transferred_to",
    )

    acknowledged_at = models.DateTimeField(_("tiếp nhận lúc"), null=True, blank=True)
    reported_on = models.DateField(_("ngày báo cáo"), null=True, blank=True)
    reported_at = models.DateTimeField(_("báo cáo lúc"), null=True, blank=True)
    reported_by = models.ForeignKey(
        User,
        verbose_name=_("người báo cáo"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    accepted_at = models.DateTimeField(_("xác nhận lúc"), null=True, blank=True)
    # Of the newest period of a recurring task: since when the unit gets no later one.
    let_off_at = models.DateTimeField(_("thôi giao các kỳ sau lúc"), null=True, blank=True)
    # Of work that had been ended and was given once more: when its present life began.
    begun_anew_at = models.DateTimeField(_("giao lại lúc"), null=True, blank=True)
    updated_at = models.DateTimeField(_("cập nhật lúc"), null=True, blank=True)
    # The day since which state and dates are what they are; what they were before stands in the phases.
    since_on = models.DateField(_("như vậy từ ngày"), default=clock.today, editable=False)

    class Meta:
        verbose_name = _("phần việc")
        verbose_name_plural = _("phần việc")
        ordering = ["directive", "task", "unit", "period"]
        constraints = [
            models.UniqueConstraint(
                fields=["task", "unit", "period"],
                name="assignment_once",
                violation_error_message=_("Đơn vị đã được giao nhiệm vụ này trong kỳ."),
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=[AssignmentState.REPORTED, AssignmentState.ACCEPTED], reported_on__isnull=False
                )
                | ~Q(state__in=[AssignmentState.REPORTED, AssignmentState.ACCEPTED]),
                name="assignment_reported",
                violation_error_message=_("Phần việc đã báo cáo phải có ngày báo cáo."),
            ),
            models.CheckConstraint(
                condition=Q(due_on=None) | Q(due_on__gte=F("issued_on")),
                name="assignment_due",
                violation_error_message=_("Thời hạn không được trước ngày ban hành."),
            ),
            models.CheckConstraint(
                condition=Q(internal_due_on=None) | Q(due_on=None) | Q(internal_due_on__lte=F("due_on")),
                name="assignment_internal_due",
                violation_error_message=_("Hạn nội bộ không được sau thời hạn chung."),
            ),
        ]
        indexes = [
            # Migrations 0020, 0022 and 0023 make those of matrix, unit, open deadlines and undated work covering (PostgreSQL).
            models.Index(fields=["directive", "task", "unit"], name="assignment_matrix"),
            # What a unit ever owed is counted by it alone.
            models.Index(fields=["unit"], name="assignment_unit"),
            models.Index(
                fields=["unit", "due_on", "id"],
                condition=~Q(state__in=sorted(ENDED)),
                name="assignment_unit_open",
            ),
            models.Index(
                fields=["due_on"], condition=~Q(state__in=sorted(ENDED)), name="assignment_open_due"
            ),
            models.Index(
                fields=["issuer", "reported_at"],
                condition=Q(state=AssignmentState.REPORTED),
                name="assignment_queue",
            ),
            models.Index(fields=["issuer", "issued_on"], name="assignment_issuer"),
            models.Index(
                fields=["issuer", "due_on"],
                condition=~Q(state__in=sorted(ENDED)),
                name="assignment_given_open",
            ),
            # What has no deadline is looked at again by how long ago it was given.
            models.Index(
                fields=["issuer", "issued_on"],
                condition=~Q(state__in=sorted(ENDED)) & Q(due_on=None),
                name="assignment_undated",
            ),
            # The few that are paused are looked at again on a day.
            models.Index(
                fields=["issuer", "review_on"],
                condition=Q(state=AssignmentState.PAUSED),
                name="assignment_paused",
            ),
            # Of periods alone there are rows that are not given yet.
            models.Index(fields=["issued_on"], condition=Q(period__gt=""), name="assignment_ahead"),
        ]

    def __str__(self):
        period = f" ({period_name})" if (period_name := name_of(self.period)) else ""
        return f"{self.unit_name}: {self.task}{period}"
