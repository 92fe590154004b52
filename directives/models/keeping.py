from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

User = settings.AUTH_USER_MODEL
LONGEST_NAME, LONGEST_QUERY = 80, 500


class SavedView(models.Model):
    """A filter of the figures that a person keeps under a name; one of them may be what they begin with."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="saved_views", db_index=False)
    name = models.CharField(_("tên"), max_length=LONGEST_NAME)
    # As in the address. A running period stands there as such: "quý này" is another one after New Year.
    query = models.CharField(max_length=LONGEST_QUERY, blank=True)
    is_default = models.BooleanField(_("mở đầu tiên"), default=False)

    class Meta:
        verbose_name = _("cách xem số liệu")
        verbose_name_plural = _("cách xem số liệu")
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "name"],
                name="saved_view_name",
                violation_error_message=_("Đã có một cách xem mang tên này."),
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(is_default=True),
                name="saved_view_default",
                violation_error_message=_("Chỉ một cách xem được mở đầu tiên."),
            ),
        ]

    def __str__(self):
        return self.name


class Meeting(models.Model):
    """A day on which a person went through the late work in a meeting: the next one is compared with it."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="meetings", db_index=False)
    held_on = models.DateField(_("ngày họp"))

    class Meta:
        verbose_name = _("buổi họp")
        verbose_name_plural = _("buổi họp")
        ordering = ["-held_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "held_on"],
                name="meeting_once",
                violation_error_message=_("Buổi họp ngày này đã được ghi nhận."),
            )
        ]

    def __str__(self):
        return self.held_on.isoformat()
