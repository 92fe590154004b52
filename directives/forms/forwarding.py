"""Where an obstacle is sent on to: the office that gave the work, its leader, or a unit under it."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directives.errors import Incomplete
from units.models import Unit
from units.numerals import natural

from .asking import words

OFFICE, LEADER = "co-quan", "lanh-dao"


class ForwardForm(forms.Form):
    """`to` is one of two words or the key of a unit; nobody to whom it could not go is offered."""

    word = words(gettext_lazy("Ý kiến khi chuyển"), rows=3)

    def __init__(self, note, data=None):
        super().__init__(data)
        self.note, office = note, note.assignment.issuer
        away = {note.assignment.unit_id, office.pk, note.holder_id}
        below = Unit.objects.alive().filter(path__startswith=office.path).exclude(pk__in=away)
        self.units = {unit.pk: unit for unit in below.order_by("position", "name")}
        self.places = {
            "": _("Chưa chọn"),
            **dict(self._of_the_office(office)),
            **{str(pk): unit.name for pk, unit in self.units.items()},
        }
        self.fields["to"] = forms.ChoiceField(
            label=_("Chuyển đến"), required=False, choices=[*self.places.items()]
        )
        self.order_fields(["to"])

    def _of_the_office(self, office):
        at_the_office = self.note.holder_id == office.pk
        if not at_the_office or self.note.leader_answers:
            yield OFFICE, _("Cơ quan giao việc: %(office)s") % {"office": office.name}
        if not (at_the_office and self.note.leader_answers):
            yield LEADER, _("Lãnh đạo %(office)s") % {"office": office.name}

    @property
    def said(self):
        """Of a valid form: what the verb is told."""
        to = self.cleaned_data["to"]
        at_the_office = to in {OFFICE, LEADER}
        unit = self.note.assignment.issuer if at_the_office else self.units.get(natural(to) or 0)
        return {"unit": unit, "to_leader": to == LEADER, "word": self.cleaned_data["word"]}

    @property
    def receiver_name(self) -> str:
        return self.places[self.cleaned_data["to"]]

    def take(self, refusal: Incomplete) -> None:
        for name, sentence in refusal.fields.items():
            self.add_error(name if name in self.fields else None, str(sentence))
