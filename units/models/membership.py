from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from units import clock
from units.enums import Role

from .unit import Unit
from .user import User


class MembershipQuerySet(models.QuerySet):
    def in_force(self, day=None):
        day = day or clock.today()
        return self.filter(starts_on__lte=day).filter(Q(ends_on=None) | Q(ends_on__gte=day))

    def reaching(self):
        """Each with all that says how far it reaches: its unit, the one above, for whom it is held; and `reaches_all`,
        whether every unit lies at or below its own."""
        others = Unit.objects.filter(parent=None).exclude(pk=OuterRef("unit_id"))
        alone = Q(unit__parent=None) & ~Exists(others)
        return self.select_related("unit__parent", "principal").annotate(reaches_all=alone)


class Membership(models.Model):
    """A role of a person in a unit, for a time. With `principal`, the person acts for somebody else."""

    user = models.ForeignKey(
        User, verbose_name=_("người dùng"), on_delete=models.PROTECT, related_name="memberships"
    )
    unit = models.ForeignKey(
        Unit, verbose_name=_("đơn vị"), on_delete=models.PROTECT, related_name="memberships"
    )
    role = models.CharField(_("vai trò"), max_length=10, choices=Role)
    post = models.CharField(_("chức vụ"), max_length=200, blank=True)
    starts_on = models.DateField(_("từ ngày"), default=clock.today)
    ends_on = models.DateField(_("đến hết ngày"), null=True, blank=True)
    principal = models.ForeignKey(
        User,
        verbose_name=_("thay mặt cho"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="acted_for_by",
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("vai trò")
        verbose_name_plural = _("vai trò")
        ordering = ["user", "unit", "role"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "unit", "role", "starts_on"],
                name="membership_once",
                violation_error_message=_("Người này đã giữ vai trò đó ở đơn vị từ ngày này."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="membership_life",
                violation_error_message=_("Ngày thôi giữ vai trò phải từ ngày bắt đầu trở đi."),
            ),
            models.CheckConstraint(
                condition=Q(principal=None) | Q(ends_on__isnull=False),
                name="membership_acting",
                violation_error_message=_("Ủy quyền thay mặt phải có ngày kết thúc."),
            ),
        ]

    def __str__(self):
        return f"{self.user} · {self.get_role_display()} · {self.unit}"
