from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from directives.enums import ENDED, AssignmentState, NoticeKind

from .assignment import Assignment
from .directive import Directive

User = settings.AUTH_USER_MODEL


class Notice(models.Model):
    """One thing told to one person on one day: about a piece of work or, without one, about a whole document.

    The row is the sender's claim: the database lets nobody be told the same thing twice on a day. `by_mail` says
    whether it is to go out by mail as well; `claimed_at` is when its mail was begun, `mailed_at` when the mail
    server had taken it.
    """

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notices", db_index=False)
    kind = models.CharField(_("loại thông báo"), max_length=14, choices=NoticeKind)
    directive = models.ForeignKey(Directive, on_delete=models.CASCADE, related_name="+")
    assignment = models.ForeignKey(
        Assignment, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    day = models.DateField(_("ngày"))
    made_at = models.DateTimeField(_("lập lúc"))
    by_mail = models.BooleanField(_("gửi thư"), default=False)
    claimed_at = models.DateTimeField(_("bắt đầu gửi lúc"), null=True, blank=True)
    mailed_at = models.DateTimeField(_("gửi lúc"), null=True, blank=True)
    read_at = models.DateTimeField(_("đọc lúc"), null=True, blank=True)

    class Meta:
        verbose_name = _("thông báo")
        verbose_name_plural = _("thông báo")
        ordering = ["-day", "-id"]
        constraints = [
            # Two, because a NULL in a unique key is equal to nothing.
            models.UniqueConstraint(
                fields=["person", "kind", "assignment", "day"],
                condition=Q(assignment__isnull=False),
                name="notice_of_work_once",
                violation_error_message=_("Người này đã được báo việc này trong ngày."),
            ),
            models.UniqueConstraint(
                fields=["person", "kind", "directive", "day"],
                condition=Q(assignment=None),
                name="notice_of_document_once",
                violation_error_message=_("Người này đã được báo văn bản này trong ngày."),
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-day", "-id"], name="notice_inbox"),
            models.Index(fields=["person", "day"], condition=Q(read_at=None), name="notice_unread"),
            models.Index(fields=["day", "kind"], name="notice_day"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.assignment or self.directive}"

    @property
    def headline(self) -> str:
        """Its kind in words; of work that was stopped or goes on, which of the two."""
        if self.kind != NoticeKind.CHANGED:
            return self.get_kind_display()
        if self.assignment.state in [AssignmentState.PAUSED.value, *ENDED]:
            return self.assignment.get_state_display()
        return _("Tiếp tục thực hiện")


class Unsubscription(models.Model):
    """A kind of notice that a person does not want by mail; it still stands in their inbox."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="unsubscriptions")
    kind = models.CharField(_("loại thông báo"), max_length=14, choices=NoticeKind)

    class Meta:
        verbose_name = _("loại thư không nhận")
        verbose_name_plural = _("loại thư không nhận")
        ordering = ["person", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind"],
                name="unsubscription_once",
                violation_error_message=_("Người này đã thôi nhận loại thư này."),
            )
        ]

    def __str__(self):
        return f"{self.person}: {self.get_kind_display()}"
