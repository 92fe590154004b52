from django.db import models
from django.utils.translation import gettext_lazy as _


class Sector(models.Model):
    """A field of the State's work by which figures are split. Its name may change; a document keeps its sector."""

    name = models.CharField(
        _("tên lĩnh vực"),
        max_length=100,
        unique=True,
        error_messages={"unique": _("Lĩnh vực này đã có.")},
    )
    position = models.PositiveIntegerField(_("thứ tự"), default=0)
    in_use = models.BooleanField(
        _("đang dùng"), default=True, help_text=_("Bỏ chọn: không chọn được nữa; văn bản đã xếp vẫn giữ.")
    )

    class Meta:
        verbose_name = _("lĩnh vực")
        verbose_name_plural = _("lĩnh vực")
        ordering = ["position", "name"]

    def __str__(self):
        return self.name
