from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from units import clock
from units.enums import Role

from .unit import Unit
from .user import User


class Listed(Func):
    """The numbers of a column, of all rows of a subquery, in one text with commas between: both databases can say it."""

    function = "GROUP_CONCAT"
    template = "%(function)s(CAST(%(expressions)s AS TEXT), ',')"
    output_field = models.TextField()

    def as_postgresql(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, function="STRING_AGG", **context)


# What somebody holds in the name of another, as that one holds it. To compare a role with itself reads none.
THE_SAME = {"user": OuterRef("principal"), "unit": OuterRef("unit"), "role": OuterRef("role")}


class MembershipQuerySet(models.QuerySet):
    def in_force(self, day=None):
        """The roles that give something on the day. Whoever acts for somebody holds no more than that person holds of
        their own: when their role or their account ends, so does what is done in their name."""
        day = day or clock.today()
        own = Membership.objects.lasting(day).filter(principal=None, user__is_active=True)
        return self.lasting(day).filter(Q(principal=None) | Exists(own.filter(**THE_SAME)))

    def lasting(self, day):
        """Those whose own days the day is one of."""
        return self.filter(starts_on__lte=day).filter(Q(ends_on=None) | Q(ends_on__gte=day))

    def reaching(self):
        """Each with all that says how far it reaches: its unit, the one above, for whom it is held; and `reaches_all`,
        whether every unit lies at or below its own."""
        others = Unit.objects.filter(parent=None).exclude(pk=OuterRef("unit_id"))
        alone = Q(unit__parent=None) & ~Exists(others)
        return self.select_related("unit__parent", "principal").annotate(reaches_all=alone)

    def units_listed(self):
        """The keys of the units of these roles, in one text; for a query around this one."""
        return Subquery(self.order_by().values(listed=Listed("unit_id")))


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
