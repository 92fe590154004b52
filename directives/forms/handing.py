"""To whom somebody's work goes."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directives import rules
from directives.errors import Incomplete

from .asking import words


class HandOverForm(forms.Form):
    """Nobody chosen: the work goes back to the head."""

    note = words(gettext_lazy("Ghi chú"), rows=2)

    def __init__(self, person_id, unit_id, data=None):
        super().__init__(data)
        others = rules.workers_of(unit_id).exclude(pk=person_id)
        self.fields["to"] = forms.ModelChoiceField(
            label=_("Giao lại cho"),
            required=False,
            queryset=others,
            empty_label=_("Trả về thủ trưởng đơn vị"),
        )
        self.order_fields(["to"])

    def take(self, refusal: Incomplete) -> None:
        for name, sentence in refusal.fields.items():
            self.add_error(name if name in self.fields else None, str(sentence))
