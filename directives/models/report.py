from textwrap import shorten

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from directives.enums import Quality, ReportOutcome
from units.naming import fold

from .assignment import Assignment
from .directive import Directive
from .stored_file import StoredFile

User = settings.AUTH_USER_MODEL


class Report(models.Model):
    """What a unit says it did, and what the Office made of it."""

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="reports")
    text = models.TextField(_("kết quả"))
    reported_at = models.DateTimeField(_("báo cáo lúc"))
    reported_by = models.ForeignKey(
        User, verbose_name=_("người báo cáo"), on_delete=models.PROTECT, related_name="+"
    )
    reporter_name = models.CharField(max_length=200)
    outcome = models.CharField(
        _("kết luận"), max_length=9, choices=ReportOutcome, default=ReportOutcome.PENDING
    )
    decided_at = models.DateTimeField(_("kết luận lúc"), null=True, blank=True)
    decided_by = models.ForeignKey(
        User,
        verbose_name=_("người kết luận"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    reason = models.TextField(_("lý do"), blank=True)
    quality = models.CharField(_("chất lượng"), max_length=20, choices=Quality, blank=True)

    class Meta:
        verbose_name = _("báo cáo")
        verbose_name_plural = _("báo cáo")
        ordering = ["assignment", "reported_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["assignment"],
                condition=Q(outcome=ReportOutcome.PENDING),
                name="report_pending_once",
                violation_error_message=_("Đã có một báo cáo đang chờ xác nhận."),
            ),
            models.CheckConstraint(
                condition=~Q(outcome=ReportOutcome.RETURNED) | ~Q(reason=""),
                name="report_returned_reason",
                violation_error_message=_("Trả lại phải ghi rõ lý do."),
            ),
        ]

    def __str__(self):
        return shorten(self.text, 90, placeholder="…")


class Evidence(StoredFile):
    """What proves a report: a file, or the number and date of a document.

    `dated_on` is its own date, apart from the day it was sent. One stored file may prove several reports: each has a row
    of its own, seen with its report.
    """

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="evidence")
    code = models.CharField(_("số, ký hiệu văn bản"), max_length=70, blank=True)
    dated_on = models.DateField(_("ngày văn bản"), null=True, blank=True)
    addressed_to = models.CharField(_("nơi nhận"), max_length=255, blank=True)
    document = models.ForeignKey(
        Directive,
        verbose_name=_("văn bản trong kho"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("minh chứng")
        verbose_name_plural = _("minh chứng")
        ordering = ["report", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(file="") | ~Q(code=""),
                name="evidence_something",
                violation_error_message=_("Minh chứng phải có tệp hoặc số, ký hiệu văn bản."),
            ),
            models.CheckConstraint(
                condition=Q(code="") | Q(dated_on__isnull=False),
                name="evidence_dated",
                violation_error_message=_("Văn bản làm minh chứng phải có ngày."),
            ),
        ]

    def __str__(self):
        return self.file_name or self.code

    @property
    def key(self):
        """What tells two pieces apart: the content of a file, or the number and day of a document."""
        return self.sha256 or (fold(self.code), self.dated_on)

    def fields(self, *, by):
        """What another report takes over: the stored file, which does not move, or the document by its number."""
        named = ("code", "dated_on", "addressed_to")
        return super().fields(by=by) | {name: getattr(self, name) for name in named}


class Upload(StoredFile):
    """A file sent with a report that could not be taken yet: kept, so that nobody sends it a second time.

    Its sender alone sees it, on the same report's form; the report that is taken makes it evidence.
    """

    assignment = models.ForeignKey(Assignment, on_delete=models.PROTECT, related_name="uploads")

    class Meta:
        verbose_name = _("tệp chờ gửi")
        verbose_name_plural = _("tệp chờ gửi")
        ordering = ["assignment", "id"]

    def __str__(self):
        return self.file_name
