from django.db import models
from django.utils.translation import gettext_lazy as _

from units.enums import DayKind


class CalendarDay(models.Model):
    """A day that departs from the ordinary calendar: off in compensation, or worked in compensation.

    Public holidays themselves come from the library `holidays`.
    """

    day = models.DateField(_("ngày"), unique=True, error_messages={"unique": _("Ngày này đã được khai.")})
    kind = models.CharField(_("loại"), max_length=5, choices=DayKind)
    note = models.CharField(_("ghi chú"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("ngày nghỉ bù, làm bù")
        verbose_name_plural = _("ngày nghỉ bù, làm bù")
        ordering = ["-day"]

    def __str__(self):
        return f"{self.day:%d/%m/%Y} · {self.get_kind_display()}"
