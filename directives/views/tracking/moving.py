"""What the Office does with work it gave: more time, another unit, a pause, an urging, or none of it any more."""

from django.utils.translation import gettext_lazy as _

from directives import tracking
from directives.daysoff import off_sentence
from directives.forms.asking import (
    ExplainForm,
    ExtensionForm,
    InstructForm,
    PauseForm,
    ReasonForm,
    ResumeForm,
    TransferForm,
    UrgeForm,
)

from .asking import Ask, asking, told_when

assignment_extend = asking(
    Ask(
        "extend",
        tracking.extend,
        ExtensionForm,
        _("Gia hạn"),
        _("Thời hạn ban đầu vẫn được giữ lại và hiện bên cạnh thời hạn mới."),
        _("Gia hạn"),
        _("Đã gia hạn."),
        _("Bắt buộc khi đơn vị không xin gia hạn."),
        besides=lambda extended: off_sentence(extended.due_on),
    )
)
assignment_refuse_extension = asking(
    Ask(
        "refuse_extension",
        tracking.refuse_extension,
        ReasonForm,
        _("Không đồng ý gia hạn"),
        _("Thời hạn giữ nguyên."),
        _("Không đồng ý"),
        _("Đã trả lời đơn vị: không gia hạn."),
    )
)
assignment_transfer = asking(
    Ask(
        "transfer",
        tracking.transfer,
        TransferForm,
        _("Chuyển giao cho đơn vị khác"),
        _("Đơn vị nhận có nhiệm vụ này với thời hạn như cũ; đơn vị cũ không còn phải làm."),
        _("Chuyển giao"),
        _("Đã chuyển giao nhiệm vụ."),
    )
)
assignment_refuse_decline = asking(
    Ask(
        "refuse_decline",
        tracking.refuse_decline,
        ReasonForm,
        _("Giữ nguyên đơn vị thực hiện"),
        _("Đơn vị vẫn phải làm nhiệm vụ này."),
        _("Giữ nguyên"),
        _("Đã trả lời đơn vị: giữ nguyên nhiệm vụ."),
    )
)
assignment_pause = asking(
    Ask(
        "pause",
        tracking.pause,
        PauseForm,
        _("Tạm dừng"),
        _("Nhiệm vụ không tính quá hạn trong khi tạm dừng; đến ngày xem lại thì quyết định tiếp."),
        _("Tạm dừng"),
        _("Đã tạm dừng nhiệm vụ."),
    )
)
assignment_resume = asking(
    Ask(
        "resume",
        tracking.resume,
        ResumeForm,
        _("Tiếp tục thực hiện"),
        _("Đơn vị làm tiếp với thời hạn cũ, hoặc với thời hạn lùi thêm nhiều nhất là số ngày tạm dừng."),
        _("Tiếp tục"),
        _("Nhiệm vụ được thực hiện tiếp."),
    )
)
assignment_urge = asking(
    Ask(
        "urge",
        tracking.urge,
        UrgeForm,
        _("Đôn đốc"),
        _("Đơn vị thấy ngay trong danh sách nhiệm vụ và phải trả lời."),
        _("Gửi đôn đốc"),
        _("Đã đôn đốc đơn vị."),
        besides=told_when,
    )
)
assignment_ask_explanation = asking(
    Ask(
        "ask_explanation",
        tracking.ask_explanation,
        ExplainForm,
        _("Yêu cầu giải trình"),
        _(
            "Đơn vị được báo trong giờ làm việc và phải trả lời; chưa trả lời thì còn hiện trên trang của lãnh đạo."
        ),
        _("Gửi yêu cầu"),
        _("Đã yêu cầu đơn vị giải trình."),
        besides=told_when,
    )
)
assignment_instruct = asking(
    Ask(
        "instruct",
        tracking.instruct,
        InstructForm,
        _("Chỉ đạo"),
        _(
            "Đơn vị được báo trong giờ làm việc và phải trả lời; chưa trả lời thì còn hiện trên trang của lãnh đạo."
        ),
        _("Gửi chỉ đạo"),
        _("Đã gửi chỉ đạo đến đơn vị."),
        besides=told_when,
    )
)
assignment_cancel = asking(
    Ask(
        "cancel",
        tracking.cancel,
        ReasonForm,
        _("Thôi giao nhiệm vụ"),
        _("Đơn vị không còn phải làm nhiệm vụ này và nhiệm vụ không tính vào số liệu của đơn vị."),
        _("Thôi giao"),
        _("Đã thôi giao nhiệm vụ."),
        _("Nói rõ vì sao thôi giao, theo văn bản hoặc ý kiến nào."),
    )
)
