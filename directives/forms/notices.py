"""Which notices a person wants by mail."""

from django import forms
from django.utils.translation import gettext_lazy as _

from directives.enums import IMMEDIATE, NoticeKind

AT_ONCE = [(kind.value, kind.label) for kind in NoticeKind if kind in IMMEDIATE]
IN_THE_MORNING = [(kind.value, kind.label) for kind in NoticeKind if kind not in IMMEDIATE]


class MailsForm(forms.Form):
    at_once = forms.MultipleChoiceField(
        label=_("Gửi ngay trong giờ làm việc"),
        choices=AT_ONCE,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    in_the_morning = forms.MultipleChoiceField(
        label=_("Gộp một thư mỗi sáng ngày làm việc"),
        choices=IN_THE_MORNING,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Báo động vàng: sắp đến hạn mà đơn vị chưa báo cáo. Báo động đỏ: đơn vị cấp dưới quá hạn. "
            "Báo động đỏ đặc biệt: việc mình giao đã quá hạn nhiều ngày."
        ),
    )

    @classmethod
    def showing(cls, wanted):
        """The form with the present choice."""
        return cls(initial={"at_once": wanted, "in_the_morning": wanted})

    def wanted(self) -> set[str]:
        return {*self.cleaned_data["at_once"], *self.cleaned_data["in_the_morning"]}
