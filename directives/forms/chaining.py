"""What is asked to say whose work is carried out: by one task, or by which tasks."""

from typing import cast

from django import forms
from django.utils.translation import gettext_lazy as _

from directives import chaining
from directives.errors import Incomplete

from .fields import SuperiorsField


class ImplementForm(forms.Form):
    """What of the superior's a task carries out, or nothing."""

    def __init__(self, task, offered, data=None):
        super().__init__(data, initial={"implements": task.implements_id})
        label = _("Thực hiện nhiệm vụ cấp trên giao")
        self.fields["implements"] = SuperiorsField(label=label, offered=offered, required=False)

    def take(self, refusal: Incomplete) -> None:
        for name, sentence in refusal.fields.items():
            self.add_error(name, str(sentence))


class CarriedOutForm(forms.Form):
    """Which tasks of the office carry out one piece of work it was given, of those `offered`."""

    tasks = forms.MultipleChoiceField(
        label=_("Nhiệm vụ của cơ quan"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, assignment, offered, data=None):
        self.by_key = {str(task.pk): task for task in offered}
        chosen = [key for key, task in self.by_key.items() if task.implements_id == assignment.pk]
        super().__init__(data, initial={"tasks": chosen})
        field = cast(forms.MultipleChoiceField, self.fields["tasks"])
        field.choices = [(key, chaining.task_called(task)) for key, task in self.by_key.items()]

    @property
    def chosen(self):
        """Of a valid form: the tasks."""
        return [self.by_key[key] for key in self.cleaned_data["tasks"]]

    def take(self, refusal: Incomplete) -> None:
        for sentence in refusal.fields.values():
            self.add_error("tasks", str(sentence))
