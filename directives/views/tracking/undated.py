"""What the Office looks at again: work without a deadline is given a day, one by one or together, or left so for a reason;
paused work goes on resting until another day."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from directives import tracking
from directives.compliance.undated import to_review
from directives.forms.asking import DeadlineForm, ReviewForm, ReviewManyForm
from directives.models import Assignment
from directives.templatetags.wording import number
from directives.views.paging import page
from directives.views.returning import go_back
from units import clock
from units.once import once

from .asking import UNSENT, Ask, asking
from .loading import shown
from .together import PICKED, any_picked, each, require_queue, tell

KEY = ("moved_on", "id")

assignment_set_deadline = asking(
    Ask(
        "set_deadline",
        tracking.set_deadline,
        DeadlineForm,
        _("Đặt thời hạn"),
        _("Đây là thời hạn ban đầu của đơn vị; gia hạn tính từ thời hạn này."),
        _("Đặt thời hạn"),
        _("Đã đặt thời hạn."),
    )
)
assignment_review = asking(
    Ask(
        "review",
        tracking.review,
        ReviewForm,
        _("Xem lại nhiệm vụ"),
        _(
            "Nhiệm vụ trở lại hàng chờ vào ngày xem lại; việc không có thời hạn mà để trống ngày thì trở lại sau 30 ngày không có tiến độ."
        ),
        _("Ghi lại"),
        _("Đã ghi kết quả xem lại."),
    )
)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def undated_list(request):
    """What waits for somebody of the Office to look again: the longest unmoved first."""
    if request.method != "POST":
        return _undated(request, ReviewManyForm())
    require_queue(request.user)
    form = ReviewManyForm(request.POST)
    if not form.is_valid() or not any_picked(request, form):
        return _undated(request, form, status=UNSENT)

    def decide(row, _report):
        getattr(tracking, form.verb)(row, by=request.user, **form.said)

    done = each(request, decide, form)
    said = ngettext("Đã ghi cho %(n)s phần việc.", "Đã ghi cho %(n)s phần việc.", done)
    tell(request, said % {"n": number(done)}, done)
    return go_back(request, request.get_full_path()) if done else _undated(request, form, status=UNSENT)


def _undated(request, form, *, status=200):
    waiting = shown(Assignment.objects.filter(to_review(request.user, clock.today())))
    found = page(waiting, KEY, request.GET.get("sau", ""))
    context = {
        "rows": found.rows,
        "after": found.after,
        "form": form,
        "picked": set(request.POST.getlist(PICKED)),
    }
    return render(request, "tracking/undated.html", context, status=status)
