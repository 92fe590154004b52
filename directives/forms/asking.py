"""What a verb asks for before it is done: a reason, a day, a unit, a person. What must be there is the verb's to say.

Each field is named as the verb's argument it becomes.
"""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directives import distribution, rules, tracking
from directives.enums import AssignmentState, Decision, RequestKind
from directives.errors import Incomplete
from units import clock

from .fields import DayField, KeyField


def words(label, *, rows=4, **attrs):
    return forms.CharField(label=label, required=False, widget=forms.Textarea(attrs={"rows": rows, **attrs}))


class AskForm(forms.Form):
    """The short form of one verb on one assignment."""

    def __init__(self, assignment, data=None):
        super().__init__(data, initial=self.start(assignment))

    def start(self, assignment) -> dict[str, Any]:
        """What stands in the fields at first."""
        return {}

    @property
    def said(self) -> dict[str, Any]:
        """Of a valid form: what the verb is told, by the names of its arguments."""
        return dict(self.cleaned_data)

    def take(self, refusal: Incomplete) -> None:
        for name, sentence in refusal.fields.items():
            self.add_error(name if name in self.fields else None, str(sentence))


class ReasonForm(AskForm):
    reason = words(gettext_lazy("Lý do"))


class ReturnForm(ReasonForm):
    """`report` is the one that was looked at."""

    report = KeyField()

    def start(self, assignment):
        return {"report": assignment.waiting_report}


class ExtensionForm(AskForm):
    """A later day; the Office starts from the one the unit asked for."""

    due_on = DayField(label=gettext_lazy("Thời hạn mới"))
    reason = words(gettext_lazy("Lý do"))

    def start(self, assignment):
        asked = _asked(assignment, RequestKind.EXTENSION)
        return {"due_on": asked.due_on} if asked else {}


class UnitForm(AskForm):
    """Another unit that should have the work: one the document gave work, or one of the office's own."""

    reason = words(gettext_lazy("Lý do"))
    unit_label = gettext_lazy("Đơn vị nhận")

    def __init__(self, assignment, data=None):
        super().__init__(assignment, data)
        others = distribution.takers(assignment).order_by("position", "name")
        self.fields["unit"] = _one_of(others, self.unit_label, _("Chưa chọn"))
        self.order_fields(["unit", "reason"])


class DeclineForm(UnitForm):
    unit_label = gettext_lazy("Đơn vị nên giao (nếu biết)")


class TransferForm(UnitForm):
    """Starts from the unit that was proposed."""

    def start(self, assignment):
        asked = _asked(assignment, RequestKind.DECLINE)
        return {"unit": asked.proposed_unit_id} if asked else {}


class PauseForm(AskForm):
    review_on = DayField(label=gettext_lazy("Ngày xem lại"))
    reason = words(gettext_lazy("Lý do"))


class ResumeForm(AskForm):
    due_on = DayField(label=gettext_lazy("Thời hạn mới (để trống nếu giữ thời hạn cũ)"))
    note = words(gettext_lazy("Ý kiến"), rows=2)

    def __init__(self, assignment, data=None):
        super().__init__(assignment, data)
        latest = tracking.latest_resumed(assignment)
        if why := tracking.why_as_before(assignment, latest):
            del self.fields["due_on"]
            self.fields["note"].help_text = why
        elif latest:
            told = _(
                "Muộn nhất %(day)s: thời hạn cũ cộng số ngày tạm dừng. Cần lâu hơn thì tiếp tục rồi gia hạn."
            )
            self.fields["due_on"].help_text = told % {"day": clock.printed_day(latest)}


class DelegateForm(AskForm):
    """To whom of the unit; nobody takes the work back."""

    internal_due_on = DayField(label=gettext_lazy("Hạn nội bộ"))
    note = words(gettext_lazy("Ghi chú"), rows=2)

    def __init__(self, assignment, data=None):
        super().__init__(assignment, data)
        people = rules.workers_of(assignment.unit_id)
        self.fields["to"] = _one_of(people, _("Người thực hiện"), _("Chưa giao ai"))
        self.order_fields(["to"])

    def start(self, assignment):
        return {"to": assignment.assignee_id, "internal_due_on": assignment.internal_due_on}


class ProgressForm(AskForm):
    text = words(gettext_lazy("Đã làm được gì"), rows=3)
    percent = forms.IntegerField(
        label=gettext_lazy("Hoàn thành khoảng (%)"),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 3}),
    )
    obstacle = words(gettext_lazy("Vướng mắc, kiến nghị"), rows=3)


class UrgeForm(AskForm):
    text = words(gettext_lazy("Nội dung"))
    reply_by = DayField(label=gettext_lazy("Trả lời trước ngày"))

    def start(self, assignment):
        return {"text": tracking.proposed_urging(assignment), "reply_by": tracking.proposed_reply_day()}


class ExplainForm(UrgeForm):
    # What is proposed speaks the office's language on every page.
    text = words(gettext_lazy("Nội dung"), lang=settings.LANGUAGE_CODE)

    def start(self, assignment):
        return {"text": tracking.proposed_question(assignment), "reply_by": tracking.proposed_reply_day()}


class InstructForm(AskForm):
    text = words(gettext_lazy("Nội dung chỉ đạo"))
    reply_by = DayField(label=gettext_lazy("Trả lời trước ngày (nếu cần)"))


class ManyForm(forms.Form):
    """What is said of many pieces of work at once: what a verb misses in it is missing for each, and told once."""

    # How the form calls what the verbs have other names for.
    called: dict[str, str] = {}

    def take(self, refusal: Incomplete) -> bool:
        """Whether all that the verb misses has a field here; then it is told there."""
        missing = {self.called.get(name, name): sentence for name, sentence in refusal.fields.items()}
        if not missing or not missing.keys() <= self.fields.keys():
            return False
        for name, sentence in missing.items():
            if not self.has_error(name):
                self.add_error(name, str(sentence))
        return True


class ReturnManyForm(ManyForm):
    """Why all the reports picked come back."""

    reason = forms.CharField(label=gettext_lazy("Ý kiến chung"), required=False)

    def __init__(self, data=None):
        super().__init__(data, auto_id="together-%s")


class UrgeManyForm(ManyForm):
    """One urging for several pieces of work; without words of its own each gets the proposed ones."""

    text = words(gettext_lazy("Nội dung đôn đốc"), rows=3)
    reply_by = DayField(label=gettext_lazy("Trả lời trước ngày"))

    def __init__(self, data=None):
        super().__init__(data, initial={"reply_by": tracking.proposed_reply_day()})
        self.fields["text"].help_text = _("Để trống thì mỗi đơn vị nhận một câu nêu rõ nhiệm vụ và thời hạn.")


class DeadlineForm(AskForm):
    due_on = DayField(label=gettext_lazy("Thời hạn"))
    reason = words(gettext_lazy("Lý do"), rows=2)


class ReviewForm(AskForm):
    review_on = DayField(label=gettext_lazy("Ngày xem lại (để trống nếu vẫn để không có thời hạn)"))
    reason = words(gettext_lazy("Nhận xét, lý do"), rows=2)

    def __init__(self, assignment, data=None):
        super().__init__(assignment, data)
        if assignment.state == AssignmentState.PAUSED:
            self.fields["review_on"].label = _("Tạm dừng tiếp đến ngày xem lại")


class ReviewManyForm(ManyForm):
    """One decision on several pieces of work that are looked at again."""

    called = {"due_on": "day", "review_on": "day"}

    DEADLINE, REVIEW, KEEP = "deadline", "review", "keep"
    CHOICES = (
        (REVIEW, gettext_lazy("Hẹn ngày xem lại")),
        (DEADLINE, gettext_lazy("Đặt thời hạn")),
        (KEEP, gettext_lazy("Vẫn để không có thời hạn")),
    )
    what = forms.ChoiceField(
        label=gettext_lazy("Quyết định"), choices=CHOICES, initial=REVIEW, widget=forms.RadioSelect
    )
    day = DayField(label=gettext_lazy("Ngày xem lại, hoặc thời hạn"))
    reason = words(gettext_lazy("Nhận xét, lý do"), rows=2)

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        if cleaned.get("what") in (self.DEADLINE, self.REVIEW) and "day" in cleaned and not cleaned["day"]:
            self.add_error("day", _("Hãy ghi ngày."))
        if not cleaned.get("reason", "").strip():
            self.add_error("reason", _("Hãy ghi rõ lý do."))
        return cleaned

    @property
    def verb(self) -> str:
        return "set_deadline" if self.cleaned_data["what"] == self.DEADLINE else "review"

    @property
    def said(self) -> dict[str, Any]:
        """Of a valid form: what the verb is told."""
        what, day, reason = (self.cleaned_data[name] for name in ("what", "day", "reason"))
        days = {self.DEADLINE: {"due_on": day}, self.REVIEW: {"review_on": day}, self.KEEP: {}}
        return days[what] | {"reason": reason}


class ReplyForm(AskForm):
    reply = words(gettext_lazy("Trả lời"), rows=3)


def _one_of(queryset, label, none):
    return forms.ModelChoiceField(label=label, required=False, queryset=queryset, empty_label=none)


def _asked(assignment, kind):
    return assignment.requests.filter(kind=kind, decision=Decision.PENDING).first()
