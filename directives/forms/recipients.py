"""What the Office fills in to add a unit to an issued document, or to let one off."""

from typing import cast

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from directives import recurring
from directives.distribution import Share
from directives.enums import Duty
from directives.errors import Incomplete
from directives.recipients import STILL_OPEN, Basis
from units import clock
from units.models import Unit

from .fields import DayField, TargetsField


class ChangeForm(forms.Form):
    """Why: a reason, or the document that corrects the first one."""

    reason = forms.CharField(
        label=_("Lý do"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Ghi lý do, hoặc số và ngày của văn bản đính chính."),
    )
    code = forms.CharField(
        label=_("Số, ký hiệu văn bản đính chính"),
        required=False,
        max_length=70,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    dated_on = DayField(label=_("Ngày văn bản"))

    @property
    def basis(self) -> Basis:
        said = self.cleaned_data
        return Basis(said["reason"], said["code"], said["dated_on"])

    def take(self, refusal: Incomplete) -> None:
        """Show at the fields what the verb found missing."""
        for name, sentence in refusal.fields.items():
            self.add_error(name if name in self.fields else None, str(sentence))


class AddRecipientForm(ChangeForm):
    """Which unit, and of each task whether it gets it and by when; at first what is everybody's."""

    unit = TargetsField(label=_("Đơn vị"), single=True)
    duty = forms.ChoiceField(
        label=_("Vai trò"), choices=Duty.choices, initial=Duty.LEAD, widget=forms.RadioSelect
    )

    def __init__(self, directive, tasks, directory, data=None):
        super().__init__(data)
        self.tasks = tasks
        cast(TargetsField, self.fields["unit"]).directory = directory
        self.comes = {task.pk: recurring.share_of(task) for task in tasks if task.recurrence}
        for task in tasks:
            over = task.pk in self.comes and self.comes[task.pk] is None
            self.fields[f"task_{task.pk}"] = forms.BooleanField(
                label=task.label, required=False, initial=not task.is_named and not over
            )
            if task.pk not in self.comes:
                self.fields[f"due_on_{task.pk}"] = DayField(
                    label=_("Thời hạn cho đơn vị này"), initial=task.due_on if not is_past(task) else None
                )

    @property
    def lines(self):
        """Each task with its tick; with its deadline and whether that has passed, or with the first period it brings."""
        return [
            {
                "task": task,
                "tick": self[f"task_{task.pk}"],
                "due": self[f"due_on_{task.pk}"] if task.pk not in self.comes else None,
                "past": is_past(task),
                "first": self.comes.get(task.pk),
            }
            for task in self.tasks
        ]

    def clean_unit(self):
        """One unit that is known; a group is added unit by unit."""
        target = self.cleaned_data["unit"]
        if target.group:
            raise forms.ValidationError(_("Đây là một nhóm. Hãy bổ sung từng đơn vị."))
        if target.text and not target.unit:
            raise forms.ValidationError(_("Chưa rõ “%(name)s” là đơn vị nào."), params={"name": target.text})
        return target.unit

    @property
    def said(self):
        said = self.cleaned_data
        chosen = [task for task in self.tasks if said[f"task_{task.pk}"]]
        shares = [Share(task, said.get(f"due_on_{task.pk}")) for task in chosen]
        return {"unit": said["unit"], "shares": shares, "duty": said["duty"], "basis": self.basis}

    def take(self, refusal):
        """What is said of the tasks as a whole stands above them."""
        super().take(refusal)
        self.missing_tasks = refusal.fields.get("tasks", "")


def is_past(task) -> bool:
    return bool(task.due_on) and task.due_on < clock.today()


class RemoveRecipientForm(ChangeForm):
    """Which unit is let off what it has not finished; its waiting reports are decided first or dropped."""

    drop_reports = forms.BooleanField(
        label=_("Bỏ cả báo cáo đang chờ xác nhận"),
        required=False,
        help_text=_("Báo cáo vẫn được lưu, ghi là không xét nữa."),
    )

    def __init__(self, directive, data=None, **kwargs):
        super().__init__(data, **kwargs)
        open_rows = Q(assignments__directive=directive, assignments__state__in=STILL_OPEN)
        owing = Unit.objects.filter(open_rows | Q(assignments__in=recurring.still_given(directive)))
        self.fields["unit"] = forms.ModelChoiceField(
            label=_("Đơn vị"),
            queryset=owing.distinct().order_by("position", "name", "pk"),
            required=False,
            empty_label=_("Chưa chọn"),
        )
        self.order_fields(["unit"])

    @property
    def said(self):
        said = self.cleaned_data
        return {"unit": said["unit"], "drop_reports": said["drop_reports"], "basis": self.basis}
