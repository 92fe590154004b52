from django.db import models
from django.utils.translation import gettext_lazy as _

from directives.enums import DueRule, PeriodSystem, Recurrence
from directives.periods import Rule


class RuleFields(models.Model):
    """How often a duty comes back, in which periods, and when each is due."""

    recurrence = models.CharField(_("định kỳ"), max_length=11, choices=Recurrence, blank=True)
    period_system = models.CharField(_("cách chia kỳ"), max_length=7, choices=PeriodSystem, blank=True)
    due_rule = models.CharField(_("hạn trong kỳ"), max_length=12, choices=DueRule, blank=True)
    due_day = models.PositiveSmallIntegerField(_("ngày (hoặc số ngày)"), null=True, blank=True)
    due_month = models.PositiveSmallIntegerField(_("tháng"), null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def rule(self) -> Rule:
        return Rule(self.recurrence, self.period_system, self.due_rule, self.due_day, self.due_month)
