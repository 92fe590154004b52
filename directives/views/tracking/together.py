"""One decision on many: reports accepted or returned together, late work urged together. Each row is asked anew."""

from collections.abc import Callable, Iterator

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from directives import lifecycle, rules, tracking
from directives.compliance.waiting import late_given
from directives.errors import Incomplete, NotAllowed, Refused
from directives.forms.asking import ManyForm, ReturnManyForm, UrgeManyForm
from directives.models import Assignment
from directives.periods import name_of
from directives.templatetags.wording import number
from directives.views.paging import page
from directives.views.returning import go_back, posted
from units import clock
from units.numerals import natural
from units.once import once

from .asking import UNSENT, told_when
from .loading import seen, shown
from .queue import leave, queue_page

PICKED, SEPARATOR = "chon", "-"


@login_required
@require_POST
@once
def queue_accept(request):
    """Accept the reports picked in the list, each as it was seen."""
    require_queue(request.user)
    said = {"note": posted(request, "reason"), "quality": posted(request, "quality")}

    def accept(row, report):
        tracking.accept(row, by=request.user, report=report, **said)

    left: list[str] = []
    done = each(request, accept, left=left)
    sentence = ngettext("Đã xác nhận %(n)s báo cáo.", "Đã xác nhận %(n)s báo cáo.", done)
    return _back_to_queue(request, sentence % {"n": number(done)}, done, left)


@login_required
@require_POST
@once
def queue_send_back(request):
    """Return the reports picked in the list, all with the same words."""
    require_queue(request.user)
    reason = posted(request, "reason")
    form = ReturnManyForm({"reason": reason})

    def send_back(row, report):
        tracking.send_back(row, by=request.user, reason=reason, report=report)

    left: list[str] = []
    done = each(request, send_back, form, left)
    sentence = ngettext("Đã trả lại %(n)s báo cáo.", "Đã trả lại %(n)s báo cáo.", done)
    return _back_to_queue(request, sentence % {"n": number(done)}, done, left, form)


def _back_to_queue(request, sentence, done, left, form=None):
    """What was typed comes back with what was refused of it: at once where nothing was done, else with the next page."""
    tell(request, sentence, done)
    if not done:
        return queue_page(request, form, status=UNSENT)
    if left:
        leave(request, left)
    return go_back(request, reverse("queue"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def overdue_list(request):
    """What others owe late of the work this office gave: the longest overdue first, to be urged together."""
    if request.method != "POST":
        return _overdue(request, UrgeManyForm())
    require_queue(request.user)
    form = UrgeManyForm(request.POST)
    if not form.is_valid() or not any_picked(request, form):
        return _overdue(request, form, status=UNSENT)

    def urge(row, _report):
        text = form.cleaned_data["text"] or tracking.proposed_urging(row)
        tracking.urge(row, by=request.user, text=text, reply_by=form.cleaned_data["reply_by"])

    done = each(request, urge, form)
    said = ngettext("Đã đôn đốc %(n)s phần việc.", "Đã đôn đốc %(n)s phần việc.", done)
    said = " ".join(filter(None, [said % {"n": number(done)}, told_when() if done else ""]))
    tell(request, said, done)
    return go_back(request, request.get_full_path()) if done else _overdue(request, form, status=UNSENT)


def require_queue(user):
    if not rules.can_follow_up(user):
        raise NotAllowed


def _overdue(request, form, *, status=200):
    late = late_given(request.user, clock.today())
    directive = natural(request.GET.get("van-ban", ""))
    if directive:
        late = late.filter(directive_id=directive)
    found = page(shown(late), ("due_on", "id"), request.GET.get("sau", ""))
    context = {
        "rows": found.rows,
        "after": found.after,
        "form": form,
        "directive": directive,
        "instructing": rules.instructing_offices(request.user),
        "picked": set(request.POST.getlist(PICKED)),
    }
    return render(request, "tracking/overdue.html", context, status=status)


def any_picked(request, form):
    if not request.POST.getlist(PICKED):
        form.add_error(None, _("Hãy chọn ít nhất một phần việc."))
        return False
    return True


def each(request, act: Callable, form: ManyForm | None = None, left: list[str] | None = None) -> int:
    """How many were done; what could not be is said, row by row, stays as it was, and is added to `left` as it was picked.
    Where nothing was done for want of what the `form` says of all of them, that is said there, once."""
    done, refused = 0, []
    picked = list(_picked(request))
    lifecycle.hold_all([row for row, _report in picked])
    for row, report in picked:
        try:
            act(row, report)
            done += 1
        except Refused as refusal:
            refused.append((row, refusal))
            if left is not None:
                left.append(f"{row.pk}{SEPARATOR}{report}")
    for row, why in refused:
        if done or not _taken(form, why):
            messages.error(request, _said_of(row, why))
    return done


def _picked(request) -> Iterator[tuple[Assignment, int]]:
    """The rows picked, among those the person sees, each with the report that was shown beside it (0: none)."""
    reports = {}
    for text in request.POST.getlist(PICKED):
        pk, _dash, report = text.partition(SEPARATOR)
        if natural(pk):
            reports[natural(pk)] = natural(report) or 0
    # Document by document, so that two people who pick the same wait for each other and never in a circle.
    found = seen(request.user).filter(pk__in=reports).order_by("directive", "pk")
    return ((row, reports[row.pk]) for row in found)


def _taken(form, refusal):
    return form is not None and isinstance(refusal, Incomplete) and form.take(refusal)


def _said_of(row, refusal):
    told = {"code": row.directive.code, "unit": row.unit_name, "label": row.task.label or row.task.position}
    if row.period:
        told["label"] = f"{told['label']} ({name_of(row.period)})"
    return _("%(code)s, %(unit)s, nhiệm vụ %(label)s: %(why)s") % {**told, "why": _why(refusal)}


def _why(refusal):
    if isinstance(refusal, Incomplete) and refusal.fields:
        return " ".join(str(sentence) for sentence in refusal.fields.values())
    return refusal.sentence


def tell(request, sentence, done):
    if done:
        messages.success(request, sentence)
    elif not request.POST.getlist(PICKED):
        messages.error(request, _("Chưa chọn báo cáo nào."))
