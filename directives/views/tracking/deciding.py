"""What the Office does with reports and with the work it gave: accept, send back, reopen, cancel."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from directives import lifecycle, rules, tracking
from directives.errors import Incomplete
from directives.forms.tracking import ReasonForm
from directives.views.returning import go_back, way_back
from units.once import once

from .loading import load

UNSENT = 422


@login_required
@require_POST
@once
def assignment_accept(request, pk):
    assignment = load(request.user, pk=pk)
    form = ReasonForm(request.POST)
    note = form.cleaned_data["reason"] if form.is_valid() else ""
    tracking.accept(assignment, by=request.user, note=note)
    messages.success(
        request,
        _("Đã xác nhận: %(unit)s, nhiệm vụ %(label)s.")
        % {"unit": assignment.unit_name, "label": assignment.task.label},
    )
    return go_back(request, _page_of(assignment))


@dataclass(frozen=True)
class Reasoned:
    """A verb that needs a reason: what its page says, what its button says, what is said afterwards."""

    verb: str
    act: Callable
    title: str
    meaning: str
    hint: str
    button: str
    done: str


SEND_BACK = Reasoned(
    "send_back",
    tracking.send_back,
    gettext_lazy("Trả lại báo cáo"),
    gettext_lazy("Đơn vị phải làm tiếp và báo cáo lại; thời hạn giữ nguyên."),
    gettext_lazy("Nói rõ còn thiếu gì, cần bổ sung gì."),
    gettext_lazy("Trả lại để bổ sung"),
    gettext_lazy("Đã trả lại báo cáo cho đơn vị."),
)
REOPEN = Reasoned(
    "reopen",
    tracking.reopen,
    gettext_lazy("Mở lại nhiệm vụ đã xong"),
    gettext_lazy("Nhiệm vụ trở về đang thực hiện, đơn vị phải báo cáo lại."),
    gettext_lazy("Nói rõ vì sao kết quả đã xác nhận không còn đúng."),
    gettext_lazy("Mở lại"),
    gettext_lazy("Đã mở lại nhiệm vụ."),
)
CANCEL = Reasoned(
    "cancel",
    tracking.cancel,
    gettext_lazy("Thôi giao nhiệm vụ"),
    gettext_lazy("Đơn vị không còn phải làm nhiệm vụ này và nhiệm vụ không tính vào số liệu của đơn vị."),
    gettext_lazy("Nói rõ vì sao thôi giao, theo văn bản hoặc ý kiến nào."),
    gettext_lazy("Thôi giao"),
    gettext_lazy("Đã thôi giao nhiệm vụ."),
)


def _reasoned(told: Reasoned):
    """The view of a verb with a reason: a page of its own, and the form's sending."""

    @login_required
    @require_http_methods(["GET", "HEAD", "POST"])
    @once
    def view(request, pk):
        assignment = load(request.user, pk=pk)
        lifecycle.check(assignment, told.verb, by=request.user)
        if request.method != "POST":
            return _ask(request, told, assignment, ReasonForm())
        form = ReasonForm(request.POST)
        if not form.is_valid():
            return _ask(request, told, assignment, form, status=UNSENT)
        try:
            told.act(assignment, by=request.user, reason=form.cleaned_data["reason"])
        except Incomplete as refusal:
            form.take(refusal)
            return _ask(request, told, assignment, form, status=UNSENT)
        messages.success(request, told.done)
        return go_back(request, _page_of(assignment))

    return view


assignment_send_back = _reasoned(SEND_BACK)
assignment_reopen = _reasoned(REOPEN)
assignment_cancel = _reasoned(CANCEL)


def _ask(request, told, assignment, form, *, status=200) -> HttpResponse:
    back = way_back(request, _page_of(assignment))
    reports = assignment.reports.filter(rules.visible_reports(request.user)).prefetch_related("evidence")
    context = {
        "told": told,
        "assignment": assignment,
        # What is to be judged stands beside the question: the last report with its evidence, two queries.
        "report": reports.order_by("-reported_at", "-pk").first(),
        "form": form,
        "next": back,
    }
    return render(request, "tracking/reason.html", context, status=status)


def _page_of(assignment):
    return reverse("assignment-detail", args=[assignment.pk])
