"""How late work is told to those who must see to it: what is missing, and what they may do at once."""

from django import template
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directives import lifecycle
from directives.compliance.tally import DONE, WAITING
from directives.enums import Move, Standing

register = template.Library()

ACTS = {
    "urge": ("assignment-urge", gettext_lazy("Đôn đốc")),
    "extend": ("assignment-extend", gettext_lazy("Gia hạn")),
    "transfer": ("assignment-transfer", gettext_lazy("Chuyển giao")),
    "ask_explanation": ("assignment-ask-explanation", gettext_lazy("Yêu cầu giải trình")),
    "instruct": ("assignment-instruct", gettext_lazy("Chỉ đạo")),
}


@register.filter
def missing_product(row) -> str:
    """What the unit still owes: the product its task names, else the kind of proof that is missing."""
    if row.task.deliverable:
        return row.task.deliverable
    if row.is_returned:
        return _("Báo cáo bổ sung theo lý do trả lại")
    return _("Báo cáo kết quả và minh chứng")


@register.filter
def move_label(row) -> str:
    """Whose move it is; of an obstacle that was sent on, with whom it lies."""
    if row.move == Move.CLEAR_ELSEWHERE and row.held_by:
        return _("%(unit)s trả lời vướng mắc") % {"unit": row.held_by}
    return str(Move(row.move).label)


@register.inclusion_tag("compliance/late_acts.html", takes_context=True)
def late_acts(context, row):
    """{% late_acts row %}: the person's verbs on late work, each leading to its form and back to this page."""
    request = context["request"]
    back = urlencode({"next": request.get_full_path()})
    verbs = lifecycle.allowed_verbs(context["user"], row, among=ACTS)
    acts = [
        (f"{reverse(ACTS[verb][0], args=[row.pk])}?{back}", ACTS[verb][1]) for verb in ACTS if verb in verbs
    ]
    return {"row": row, "acts": acts, "answer": f"{_answer(row)}&{back}" if row.own else ""}


def _answer(row):
    """Where the person decides what waits for them: a request, else an obstacle."""
    return f"{reverse('request-list' if row.asks_own else 'obstacle-list')}?viec={row.pk}"


BECAME = {
    Standing.DROPPED: gettext_lazy("thôi giao hoặc chuyển đơn vị khác"),
    Standing.PAUSED: gettext_lazy("tạm dừng"),
    **dict.fromkeys(DONE, gettext_lazy("đã hoàn thành")),
    **dict.fromkeys(WAITING, gettext_lazy("đã báo cáo, chờ xác nhận")),
}


@register.filter
def became(standing) -> str:
    """Why work is not late any more: what is still open has a later deadline."""
    return str(BECAME.get(standing, _("được gia hạn")))
