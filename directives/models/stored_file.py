import secrets

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from units import clock


def random_path(instance, filename):
    """Where a file lies: random, so that neither its name nor its place tells anything."""
    token = secrets.token_hex(16)
    return f"{token[:2]}/{token}"


class StoredFile(models.Model):
    """A file that passed the intake checks. It leaves only through a view that asks for its parent."""

    file = models.FileField(_("tệp"), upload_to=random_path, max_length=100, blank=True)
    file_name = models.CharField(_("tên tệp"), max_length=255, blank=True)
    media_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveBigIntegerField(_("dung lượng (byte)"), default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    uploaded_at = models.DateTimeField(_("tải lên lúc"), default=clock.now)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("người tải lên"),
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        abstract = True

    def fields(self, *, by):
        """What another row takes over of it: the stored file itself, which does not move."""
        kept = ("file_name", "media_type", "size", "sha256")
        return {"file": self.file.name, "uploaded_by": by, **{name: getattr(self, name) for name in kept}}
