"""How often a duty comes back and when it is due: typed on the drafting screen, and when the rule is changed later."""

from django import forms
from django.utils.translation import gettext_lazy as _

from directives.enums import DueRule, PeriodSystem, Recurrence
from directives.errors import Incomplete
from directives.periods import Rule, faults

from .asking import words
from .fields import SmallNumberField


class RuleForm(forms.Form):
    recurrence = forms.ChoiceField(label=_("Định kỳ"), choices=Recurrence.choices, required=False)
    period_system = forms.ChoiceField(label=_("Cách chia kỳ"), choices=PeriodSystem.choices, required=False)
    due_rule = forms.ChoiceField(label=_("Hạn trong kỳ"), choices=DueRule.choices, required=False)
    due_day = SmallNumberField(label=_("Ngày, thứ, hoặc số ngày"))
    due_month = SmallNumberField(label=_("Tháng (hạn trong năm)"))

    @property
    def rule(self) -> Rule:
        """What was typed as far as it is understood, or what the form begins with."""
        said = self.cleaned_data if self.is_bound and self.errors is not None else self.initial
        return Rule(
            every=said.get("recurrence") or "",
            system=said.get("period_system") or "",
            due=said.get("due_rule") or "",
            day=said.get("due_day"),
            month=said.get("due_month"),
        )

    def find_faults(self):
        """What the rule lacks stands at the fields."""
        for name, sentence in faults(self.rule).items():
            self.add_error(name, sentence)


class RhythmForm(RuleForm):
    """The rule from the next period on, and why."""

    reason = words(_("Lý do, theo văn bản hoặc ý kiến nào"), rows=3)

    def __init__(self, rule, data=None):
        super().__init__(data, initial=_shown(rule))
        self.fields["recurrence"] = forms.ChoiceField(
            label=_("Bao lâu một lần"), choices=[one for one in Recurrence.choices if one[0]]
        )
        self.order_fields(["recurrence"])

    def clean(self):
        cleaned = super().clean()
        if not self.errors:
            self.find_faults()
        return cleaned

    def take(self, refusal: Incomplete) -> None:
        for name, sentence in refusal.fields.items():
            self.add_error(name if name in self.fields else None, str(sentence))


def _shown(rule: Rule) -> dict:
    return {
        "recurrence": rule.every,
        "period_system": rule.system,
        "due_rule": rule.due,
        "due_day": rule.day,
        "due_month": rule.month,
    }
