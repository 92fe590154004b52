from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from units.enums import UnitKind
from units.naming import fold

from .unit import Unit


class UnitGroup(models.Model):
    """ "Các phòng chuyên môn, nghiệp vụ Sở": a list of units, or a rule (children of a unit, of some kinds)."""

    name = models.CharField(_("tên nhóm"), max_length=200)
    owner = models.ForeignKey(
        Unit,
        verbose_name=_("cơ quan dùng nhóm"),
        on_delete=models.PROTECT,
        related_name="owned_groups",
        help_text=_("Chỉ cơ quan này thấy nhóm khi soạn văn bản."),
    )
    listed = models.ManyToManyField(
        Unit, verbose_name=_("danh sách đơn vị"), blank=True, related_name="groups"
    )
    children_of = models.ForeignKey(
        Unit,
        verbose_name=_("hoặc: các đơn vị trực thuộc của"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    kind = models.CharField(_("thuộc loại"), max_length=20, choices=UnitKind, blank=True)
    position = models.PositiveIntegerField(_("thứ tự"), default=0)
    folded = models.CharField(max_length=300, editable=False)

    class Meta:
        verbose_name = _("nhóm đơn vị")
        verbose_name_plural = _("nhóm đơn vị")
        ordering = ["owner", "position", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "name"],
                name="unitgroup_name",
                violation_error_message=_("Cơ quan đã có nhóm mang tên này."),
            )
        ]

    def __str__(self):
        return self.name

    def clean(self):
        if self.kind and not self.children_of_id:
            raise ValidationError({"children_of": _("Chọn đơn vị cấp trên của nhóm.")})

    def save(self, *args, **kwargs):
        self.folded = fold(self.name)[:300]
        super().save(*args, **kwargs)

    def members_on(self, day):
        """The units of the group that exist on `day`, in the office's order. One query."""
        if self.children_of_id:
            units = Unit.objects.filter(parent_id=self.children_of_id)
            units = units.filter(kind=self.kind) if self.kind else units
        else:
            units = self.listed.all()
        return units.alive(day).order_by("position", "path")
