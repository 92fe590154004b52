from django.db import models
from django.utils.translation import gettext_lazy as _

from units.models import Unit

from .stored_file import StoredFile


class Reading(StoredFile):
    """A file to draft from whose words are pictures: kept, so that recognising them needs no second sending.

    Its sender alone sees it; the draft that is made of it takes the file over.
    """

    office = models.ForeignKey(
        Unit, verbose_name=_("cơ quan"), on_delete=models.PROTECT, related_name="readings"
    )

    class Meta:
        verbose_name = _("tệp chờ nhận dạng chữ")
        verbose_name_plural = _("tệp chờ nhận dạng chữ")

    def __str__(self):
        return self.file_name
