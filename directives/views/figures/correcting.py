"""A unit says that a number about it is wrong, before the Office sends it on; the Office answers."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from directives import correcting, rules
from directives.compliance import LINES, Tally
from directives.enums import Decision
from directives.errors import Incomplete
from directives.forms.correcting import CorrectionForm
from directives.models import Correction
from directives.views.paging import page
from directives.views.returning import go_back, posted
from units.models import Unit
from units.once import once

UNSENT = 422
WITH = ("unit", "office", "asked_by", "decided_by")
ANSWERS = {"dong-y": Decision.GRANTED, "khong-dong-y": Decision.REFUSED}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def correction_ask(request, pk):
    """What the unit has asked so far, and the form for one more; only for who answers for the unit."""
    unit = get_object_or_404(Unit, pk=pk)
    if not rules.can_ask_correction(request.user, unit):
        raise Http404
    form = CorrectionForm(
        request.POST or None, offices=correcting.offices_of(unit), initial=_from_address(request)
    )
    if request.method == "POST" and form.is_valid() and _asked(unit, form, request.user):
        messages.success(request, _("Đã gửi đề nghị đính chính. Trả lời hiện ở trang này."))
        return go_back(request, reverse("correction-ask", args=[unit.pk]))
    asked = Correction.objects.filter(rules.visible_corrections(request.user), unit=unit)
    context = {"unit": unit, "form": form, "corrections": _told(asked.select_related(*WITH)[:20])}
    return render(request, "compliance/correction.html", context, status=UNSENT if form.is_bound else 200)


@require_safe
@login_required
def correction_list(request):
    """What units say is wrong and this person answers for, the longest waiting first. A fixed number of queries."""
    waiting = Correction.objects.filter(
        rules.answerable_corrections(request.user), decision=Decision.PENDING
    ).select_related(*WITH)
    found = page(waiting, ("asked_at", "id"), request.GET.get("sau", ""))
    return render(
        request, "compliance/corrections.html", {"corrections": _told(found.rows), "after": found.after}
    )


@login_required
@require_POST
@once
def correction_answer(request, pk):
    seen = Correction.objects.filter(rules.visible_corrections(request.user)).select_related(*WITH)
    correction = get_object_or_404(seen, pk=pk)
    decision = ANSWERS.get(request.POST.get("decision", ""))
    try:
        correcting.answer_correction(
            correction, by=request.user, decision=decision, answer=posted(request, "answer")
        )
    except Incomplete as refusal:
        context = {
            "corrections": _told([correction]),
            "missing": refusal.fields["answer"],
            "asked": correction,
            "answer": posted(request, "answer"),
        }
        return render(request, "compliance/corrections.html", context, status=UNSENT)
    messages.success(request, _("Đã trả lời %(unit)s.") % {"unit": correction.unit})
    return go_back(request, reverse("correction-list"))


def _asked(unit, form, user):
    try:
        correcting.ask_correction(unit, by=user, **form.cleaned_data)
    except Incomplete as refusal:
        form.take(refusal)
        return False
    return True


def _from_address(request):
    """The number whose page the person came from, when the link names it."""
    line = request.GET.get("chi-tieu", "")
    return {"line": line} if line in LINES else {}


def _told(corrections):
    """Each with the words of its number, and what waits also with what it is `now`; a number that no page shows any more is
    told by its code. One query, none where nothing waits."""
    now = correcting.numbers_now([one for one in corrections if one.decision == Decision.PENDING])
    for one in corrections:
        known = one.line in LINES
        one.line_words = LINES[one.line].label if known else one.line
        one.now = now.get(one.pk)
        one.rows_of = one.line if known else Tally.total.slug
    return corrections
