"""What happens to work inside a unit, and what the unit asks of the Office."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from directives import tracking
from directives.forms.asking import (
    DeclineForm,
    DelegateForm,
    ExtensionForm,
    ProgressForm,
    ReasonForm,
    ReplyForm,
)
from directives.views.returning import go_back
from units.once import once

from .asking import Ask, asking, page_of
from .loading import load


def _where_it_lies(note) -> str:
    """An obstacle went somewhere: to whom."""
    if not note.obstacle:
        return ""
    return gettext("Vướng mắc đã gửi đến %(holder)s.") % {"holder": note.holder.name}


assignment_delegate = asking(
    Ask(
        "delegate",
        tracking.delegate,
        DelegateForm,
        _("Phân công"),
        _("Người được giao thấy nhiệm vụ trong danh sách của mình; thủ trưởng vẫn chịu trách nhiệm báo cáo."),
        _("Phân công"),
        _("Đã phân công."),
    )
)
assignment_progress = asking(
    Ask(
        "note_progress",
        tracking.note_progress,
        ProgressForm,
        _("Ghi tiến độ"),
        _("Cơ quan giao việc cũng thấy. Vướng mắc được chuyển đến nơi phải trả lời."),
        _("Ghi lại"),
        _("Đã ghi tiến độ."),
        besides=_where_it_lies,
    )
)
assignment_send_back_internally = asking(
    Ask(
        "send_back_internally",
        tracking.send_back_internally,
        ReasonForm,
        _("Trả lại người thực hiện"),
        _("Kết quả trình lên chưa được gửi đi."),
        _("Trả lại"),
        _("Đã trả lại người thực hiện."),
        _("Nói rõ còn thiếu gì, cần bổ sung gì."),
    )
)
assignment_request_extension = asking(
    Ask(
        "request_extension",
        tracking.request_extension,
        ExtensionForm,
        _("Xin gia hạn"),
        _("Thời hạn giữ nguyên cho đến khi được đồng ý."),
        _("Gửi đề nghị"),
        _("Đã gửi đề nghị gia hạn."),
    )
)
assignment_decline = asking(
    Ask(
        "decline",
        tracking.decline,
        DeclineForm,
        _("Không thuộc chức năng của đơn vị"),
        _("Nhiệm vụ vẫn là của đơn vị cho đến khi cơ quan giao việc trả lời."),
        _("Gửi đề nghị"),
        _("Đã gửi đề nghị."),
    )
)
assignment_answer_urging = asking(
    Ask(
        "answer_urging",
        tracking.answer_urging,
        ReplyForm,
        _("Trả lời đôn đốc, chỉ đạo"),
        _("Một lần trả lời cho mọi đôn đốc, yêu cầu giải trình, chỉ đạo đang chờ của nhiệm vụ này."),
        _("Trả lời"),
        _("Đã trả lời."),
    )
)


@login_required
@require_POST
@once
def assignment_withdraw_request(request, pk):
    assignment = load(request.user, pk=pk)
    tracking.withdraw_request(assignment, by=request.user)
    messages.success(request, gettext("Đã rút đề nghị."))
    return go_back(request, page_of(assignment))
