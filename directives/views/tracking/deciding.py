"""What the Office decides on a report: accept, send back, open again."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from directives import tracking
from directives.forms.asking import ReasonForm, ReturnForm
from directives.views.returning import go_back
from units.numerals import natural
from units.once import once

from .asking import Ask, asking, page_of
from .loading import load


@login_required
@require_POST
@once
def assignment_accept(request, pk):
    assignment = load(request.user, pk=pk)
    form = ReasonForm(assignment, request.POST)
    note = form.cleaned_data["reason"] if form.is_valid() else ""
    seen = natural(request.POST.get("report", ""))
    quality = request.POST.get("quality", "")
    tracking.accept(assignment, by=request.user, note=note, quality=quality, report=seen)
    messages.success(
        request,
        _("Đã xác nhận: %(unit)s, nhiệm vụ %(label)s.")
        % {"unit": assignment.unit_name, "label": assignment.task.label},
    )
    return go_back(request, page_of(assignment))


assignment_send_back = asking(
    Ask(
        "send_back",
        tracking.send_back,
        ReturnForm,
        gettext_lazy("Trả lại báo cáo"),
        gettext_lazy("Đơn vị phải làm tiếp và báo cáo lại; thời hạn giữ nguyên."),
        gettext_lazy("Trả lại để bổ sung"),
        gettext_lazy("Đã trả lại báo cáo cho đơn vị."),
        gettext_lazy("Nói rõ còn thiếu gì, cần bổ sung gì."),
    )
)
assignment_reopen = asking(
    Ask(
        "reopen",
        tracking.reopen,
        ReasonForm,
        gettext_lazy("Mở lại nhiệm vụ đã xong"),
        gettext_lazy("Nhiệm vụ trở về đang thực hiện, đơn vị phải báo cáo lại."),
        gettext_lazy("Mở lại"),
        gettext_lazy("Đã mở lại nhiệm vụ."),
        gettext_lazy("Nói rõ vì sao kết quả đã xác nhận không còn đúng."),
    )
)
