"""What is asked to say whose work is carried out: by one task, or by which tasks."""

from typing import cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from directives import chaining
from directives.errors import Incomplete, Stale
from units.numerals import natural

from .fields import SuperiorsField


class SeenForm(forms.Form):
    """Says with what is sent what was `stored` when the person looked."""

    stored: str

    @property
    def looked_at(self) -> str:
        return self.data.get("seen", self.stored)

    def look_again(self, **changes: list[str]) -> None:
        """From now on what is stored has been looked at; of what was sent some is changed."""
        data = cast(QueryDict, self.data).copy()
        data["seen"] = self.stored
        for name, values in changes.items():
            data.setlist(name, values)
        self.data = data


class ImplementForm(SeenForm):
    """What of the superior's a task carries out, or nothing."""

    def __init__(self, task, offered, data=None):
        super().__init__(data, initial={"implements": task.implements_id})
        self.stored = str(task.implements_id or "")
        label = _("Thực hiện nhiệm vụ cấp trên giao")
        self.fields["implements"] = SuperiorsField(label=label, offered=offered, required=False)

    @property
    def seen(self) -> int | None:
        """What the task carried out when the person looked."""
        return natural(self.looked_at)

    def take(self, refusal: Incomplete | Stale) -> None:
        """Who is told what another has done meanwhile has seen it."""
        if isinstance(refusal, Stale):
            self.look_again()
        for sentence in sentences(refusal):
            self.add_error("implements", sentence)


class CarriedOutForm(SeenForm):
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
        return {natural(key) for key in self.looked_at.split(",")}

    def take(self, refusal: Incomplete | Stale) -> None:
        """Who is told what another has done meanwhile sees it beside what they changed themselves."""
        if isinstance(refusal, Stale):
            before, ticked = set(self.looked_at.split(",")), set(self.cleaned_data["tasks"])
            now = set(self.stored.split(",")) - {""}
            self.look_again(tasks=sorted((now | (ticked - before)) - (before - ticked)))
        for sentence in sentences(refusal):
            self.add_error("tasks", sentence)


def sentences(refusal: Incomplete | Stale) -> list[str]:
    return [str(one) for one in getattr(refusal, "fields", {}).values()] or [str(refusal)]
