"""What a unit does with its work: receive, report, take the report back."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from directives import lifecycle, recurring, rules, tracking
from directives.enums import OPEN
from directives.errors import Incomplete, NotAllowed, Refused
from directives.forms.tracking import ReportForm
from directives.models import Upload
from directives.templatetags.wording import number
from directives.views.returning import go_back, way_back
from units import clock
from units.once import once

from .asking import UNSENT, page_of
from .loading import (
    documents_below,
    earlier_reports,
    evidence_again,
    evidence_below,
    load,
    seen,
    working_days_since,
)


@login_required
@require_POST
@once
def assignment_acknowledge(request, pk):
    assignment = load(request.user, pk=pk)
    tracking.acknowledge(assignment, by=request.user)
    messages.success(request, _("Đã tiếp nhận nhiệm vụ %(label)s.") % {"label": assignment.task.label})
    return go_back(request, page_of(assignment))


@login_required
@require_POST
@once
def assignment_acknowledge_all(request, pk):
    """Every task of the document that the unit has not received yet."""
    assignment = load(request.user, pk=pk)
    done = tracking.acknowledge_all(assignment, by=request.user)
    said = ngettext(
        "Đã tiếp nhận %(n)s nhiệm vụ của văn bản.", "Đã tiếp nhận %(n)s nhiệm vụ của văn bản.", done
    )
    messages.success(request, said % {"n": number(done)})
    return go_back(request, page_of(assignment))


@login_required
@require_POST
@once
def assignment_withdraw(request, pk):
    assignment = load(request.user, pk=pk)
    tracking.withdraw(assignment, by=request.user)
    messages.success(request, _("Đã rút lại báo cáo. Nhiệm vụ trở về đang thực hiện."))
    return go_back(request, page_of(assignment))


@dataclass(frozen=True)
class Telling:
    """A verb that tells a result with its proof: what its page and its button say, what is said afterwards."""

    verb: str
    act: Callable
    rule: Callable
    title: str
    button: str
    done: str
    undo: str = ""


def _telling(told: Telling):
    """The form, and its sending. Files are looked into before the transaction; those that pass are never lost."""

    @login_required
    @require_http_methods(["GET", "HEAD", "POST"])
    def view(request, pk):
        assignment = load(request.user, pk=pk)
        uploads = Upload.objects.filter(rules.visible_uploads(request.user), assignment=assignment)
        if request.method != "POST":
            lifecycle.check(assignment, told.verb, by=request.user)
            given = _given(request.user, told, assignment)
            return _show(request, told, assignment, ReportForm(uploads=uploads, **given))
        # A second click finds the work reported already; only the verb, behind the form's key, may judge the state.
        if not told.rule(request.user, assignment):
            raise NotAllowed
        given = _given(request.user, told, assignment)
        form = ReportForm(request.POST, request.FILES, uploads=uploads, **given)
        if form.is_valid():
            answer = _answer(request, told, assignment, form)
            if answer.status_code != UNSENT:
                return answer
        _keep_files(form, assignment, request.user)
        return _show(request, told, assignment, form, status=UNSENT)

    return view


assignment_report = _telling(
    Telling(
        "report",
        tracking.report,
        rules.can_report,
        gettext_lazy("Báo cáo hoàn thành"),
        gettext_lazy("Gửi báo cáo"),
        gettext_lazy("Đã gửi báo cáo, chờ xác nhận."),
        gettext_lazy("Rút lại nếu gửi nhầm"),
    )
)
assignment_supplement = _telling(
    Telling(
        "supplement",
        tracking.supplement,
        rules.can_supplement,
        gettext_lazy("Bổ sung minh chứng"),
        gettext_lazy("Gửi bổ sung"),
        gettext_lazy("Đã gửi bổ sung, chờ xác nhận lại. Ngày hoàn thành vẫn theo báo cáo đầu."),
    )
)
assignment_submit_internally = _telling(
    Telling(
        "submit_internally",
        tracking.submit_internally,
        rules.can_submit_internally,
        gettext_lazy("Trình lãnh đạo đơn vị"),
        gettext_lazy("Trình"),
        gettext_lazy("Đã trình lãnh đạo đơn vị. Cơ quan giao việc chưa thấy."),
    )
)


def _given(user, told, assignment):
    """What the form offers: the words that came back, proof sent before, and what may be reported along."""
    return {
        "earlier": earlier_reports([assignment]).get(assignment.pk),
        "offered": evidence_again(user, assignment),
        "below": evidence_below(user, assignment),
        "documents": documents_below(user, assignment),
        "others": _others(user, assignment) if told.verb == "report" else (),
    }


def _others(user, assignment):
    """What else the unit has to do under the document, in its order; of periods those that have begun."""
    same = {"directive_id": assignment.directive_id, "unit_id": assignment.unit_id, "state__in": OPEN}
    others = seen(user).filter(**same).exclude(pk=assignment.pk).exclude(recurring.not_begun(clock.today()))
    return others.order_by("task__position", "issued_on", "pk")


def _answer(request, told, assignment, form):
    """Of the sending. A refusal that is a page of its own, as when somebody was faster, keeps the files too."""
    try:
        return _send(request, told, assignment, form)
    except Refused as refusal:
        _keep_files(form, assignment, request.user)
        refusal.kept_files = [upload.file_name for upload in form.uploads]
        raise


@once
def _send(request, told, assignment, form):
    """What the verb finds missing is shown at the fields; the form's key is given back with it."""
    words = {"by": request.user, "text": form.cleaned_data["text"], "evidence": form.evidence}
    try:
        if form.along:
            tracking.report_together([assignment, *form.along], **words)
        else:
            told.act(assignment, **words)
    except Incomplete as refusal:
        form.take(refusal)
        return HttpResponse(status=UNSENT)
    Upload.objects.filter(pk__in=[upload.pk for upload in form.uploads]).delete()
    page = page_of(assignment)
    undo = format_html(' <a href="{}#viec">{}</a>', page, told.undo) if told.undo and not form.along else ""
    done = _done_together(len(form.along) + 1) if form.along else told.done
    messages.success(request, format_html("{}{}", done, undo))
    return go_back(request, page)


def _done_together(n):
    sentence = ngettext(
        "Đã gửi báo cáo %(n)s nhiệm vụ, chờ xác nhận.", "Đã gửi báo cáo %(n)s nhiệm vụ, chờ xác nhận.", n
    )
    return sentence % {"n": number(n)}


def _keep_files(form, assignment, user):
    """What passed is kept for the next attempt; what the person dropped is not."""
    kept = form.kept
    Upload.objects.filter(
        pk__in={upload.pk for upload in form.uploads} - {upload.pk for upload in kept}
    ).delete()
    form.uploads = kept + [
        Upload.objects.create(assignment=assignment, **admitted.fields(by=user)) for admitted in form.admitted
    ]


def _show(request, told, assignment, form, *, status=200):
    context = {
        "told": told,
        "assignment": assignment,
        "form": form,
        "working_days": working_days_since([assignment.due_on]).get(assignment.due_on),
        "next": way_back(request, ""),
    }
    return render(request, "tracking/report.html", context, status=status)
