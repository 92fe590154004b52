"""A number that is wrong: which, what it should be, why. What must be there is the verb's to say."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directives.compliance import LINES

# The numbers that leaders are shown of a unit, in the order of the page.
LINES_SHOWN = (
    "tat-ca", "hoan-thanh", "hoan-thanh-dung-han", "hoan-thanh-qua-han", "chua-hoan-thanh",
    "chua-hoan-thanh-trong-han", "chua-hoan-thanh-qua-han", "cho-xac-nhan", "tam-dung",
)  # fmt: skip
MOST = 1_000_000


class CorrectionForm(forms.Form):
    """`offices` are those that give the unit work."""

    expected = forms.IntegerField(
        label=gettext_lazy("Số đúng (nếu biết)"),
        required=False,
        min_value=0,
        max_value=MOST,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    reason = forms.CharField(
        label=gettext_lazy("Vì sao"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args, offices, **kwargs):
        super().__init__(*args, **kwargs)
        lines = [(slug, str(LINES[slug].label)) for slug in LINES_SHOWN]
        self.fields["office"] = forms.ModelChoiceField(
            offices,
            label=_("Cơ quan giao việc"),
            required=False,
            initial=_only(offices),
            empty_label=_("Chưa chọn"),
        )
        self.fields["line"] = forms.ChoiceField(
            label=_("Số chưa đúng"), required=False, choices=[("", _("Chưa chọn")), *lines]
        )
        self.order_fields(["office", "line"])

    def take(self, refusal) -> None:
        for name, sentence in refusal.fields.items():
            self.add_error(name, str(sentence))


def _only(offices):
    """The office, where there is one alone."""
    found = list(offices[:2])
    return found[0] if len(found) == 1 else None
