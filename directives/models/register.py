from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from directives.enums import DirectiveKind, Notation, PeriodRule
from units.models import Unit


class Register(models.Model):
    """A book of numbers: an issuer, the kinds it numbers, and when it starts again from 01."""

    issuer = models.ForeignKey(
        Unit, verbose_name=_("cơ quan ban hành"), on_delete=models.PROTECT, related_name="registers"
    )
    name = models.CharField(_("tên sổ"), max_length=200)
    kinds = models.JSONField(
        _("loại văn bản"),
        default=list,
        blank=True,
        help_text=_("Để trống: sổ chung cho mọi loại văn bản chưa có sổ riêng."),
    )
    notation = models.CharField(
        _("cách ghi số, ký hiệu"), max_length=5, choices=Notation, default=Notation.STATE
    )
    period_rule = models.CharField(
        _("đánh số lại"), max_length=4, choices=PeriodRule, default=PeriodRule.YEAR
    )
    term_starts_on = models.DateField(_("nhiệm kỳ từ ngày"), null=True, blank=True)
    term_ends_on = models.DateField(_("đến hết ngày"), null=True, blank=True)

    # The words of what the record keeps in codes or under a name of its own.
    recorded = {"kinds": DirectiveKind.choices, "last": _("số cuối của sổ giấy")}

    class Meta:
        verbose_name = _("sổ văn bản")
        verbose_name_plural = _("sổ văn bản")
        ordering = ["issuer", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "name"],
                name="register_name",
                violation_error_message=_("Cơ quan đã có sổ mang tên này."),
            ),
            models.CheckConstraint(
                condition=Q(period_rule=PeriodRule.YEAR)
                | Q(term_starts_on__isnull=False, term_ends_on__gt=F("term_starts_on")),
                name="register_term",
                violation_error_message=_("Sổ theo nhiệm kỳ phải có ngày bắt đầu và ngày kết thúc nhiệm kỳ."),
            ),
        ]

    def __str__(self):
        return self.name


class RegisterCounter(models.Model):
    """The last number given in one period of a register. Its row is the lock under which numbers are given."""

    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="counters")
    period = models.CharField(max_length=9)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["register", "period"], name="counter_once")]

    def __str__(self):
        return f"{self.register} {self.period}: {self.last}"
