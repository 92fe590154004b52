"""What is asked to say whose work is carried out: by one task, or by which tasks."""

from typing import cast

from django import forms
from django.utils.translation import gettext_lazy as _

from directives import chaining
from directives.errors import Incomplete, Stale
from units.numerals import natural

from .fields import SuperiorsField


class ImplementForm(forms.Form):
    """What of the superior's a task carries out, or nothing."""

    def __init__(self, task, offered, data=None):
        super().__init__(data, initial={"implements": task.implements_id})
        self.stored = task.implements_id
        label = _("Thực hiện nhiệm vụ cấp trên giao")
        self.fields["implements"] = SuperiorsField(label=label, offered=offered, required=False)

    @property
    def seen(self) -> int | None:
        """What the task carried out when the person looked."""
        return natural(self.data["seen"]) if "seen" in self.data else self.stored

    def take(self, refusal: Incomplete | Stale) -> None:
        for sentence in sentences(refusal):
            self.add_error("implements", sentence)


class CarriedOutForm(forms.Form):
    """Which tasks of the office carry out one piece of work it was given, of those `offered`."""

    tasks = forms.MultipleChoiceField(
        label=_("Nhiệm vụ của cơ quan"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": _("Có nhiệm vụ vừa được gắn với việc khác; hãy đổi ở trang văn bản của nó.")
        },
    )

    def __init__(self, assignment, offered, data=None):
        self.by_key = {str(task.pk): task for task in offered}
        chosen = [key for key, task in self.by_key.items() if task.implements_id == assignment.pk]
        super().__init__(data, initial={"tasks": chosen})
        self.stored = ",".join(chosen)
        field = cast(forms.MultipleChoiceField, self.fields["tasks"])
        field.choices = [(key, chaining.task_called(task)) for key, task in self.by_key.items()]

    @property
    def chosen(self):
        """Of a valid form: the tasks."""
        return [self.by_key[key] for key in self.cleaned_data["tasks"]]

    @property
    def seen(self) -> set[int | None]:
        """Which of them did so when the person looked."""
        return {natural(key) for key in self.data.get("seen", self.stored).split(",")}

    def take(self, refusal: Incomplete | Stale) -> None:
        for sentence in sentences(refusal):
            self.add_error("tasks", sentence)


def sentences(refusal: Incomplete | Stale) -> list[str]:
    return [str(one) for one in getattr(refusal, "fields", {}).values()] or [str(refusal)]
