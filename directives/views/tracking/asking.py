"""A verb that asks for something first: a page of its own with a short form, and the form's sending."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from directives import lifecycle, notices, rules
from directives.errors import Incomplete
from directives.forms.asking import AskForm
from directives.views.returning import go_back, way_back
from units import clock
from units.once import once

from .loading import load, open_words, with_evidence

UNSENT = 422
JUDGING = frozenset({"send_back", "reopen"})


@dataclass(frozen=True)
class Ask:
    """A verb with what its page says and asks, what its button says, what is said afterwards."""

    verb: str
    act: Callable
    form: type[AskForm]
    title: str
    meaning: str
    button: str
    done: str
    hint: str = ""
    # What is said besides of what came of it.
    besides: Callable | None = None


def asking(told: Ask):
    """The view of such a verb."""

    @login_required
    @require_http_methods(["GET", "HEAD", "POST"])
    @once
    def view(request, pk):
        assignment = load(request.user, pk=pk)
        lifecycle.check(assignment, told.verb, by=request.user)
        if request.method != "POST":
            return _ask(request, told, assignment, told.form(assignment))
        form = told.form(assignment, request.POST)
        said = _done(told, assignment, form, request.user) if form.is_valid() else ""
        if not said:
            return _ask(request, told, assignment, form, status=UNSENT)
        messages.success(request, said)
        return go_back(request, page_of(assignment))

    return view


def told_when(_said=None) -> str:
    """Besides what was done, at night and on days off: when the unit is told."""
    return _("Thông báo sẽ gửi đến đơn vị trong giờ làm việc.") if notices.tells_later() else ""


def page_of(assignment) -> str:
    return reverse("assignment-detail", args=[assignment.pk])


def _done(told, assignment, form, by) -> str:
    """What is said once the verb was carried out; nothing if it was not, what it found missing stands at the fields."""
    try:
        made = told.act(assignment, by=by, **form.said)
    except Incomplete as refusal:
        form.take(refusal)
        return ""
    return " ".join(filter(None, [str(told.done), told.besides(made) if told.besides else ""]))


def _ask(request, told, assignment, form, *, status=200):
    if told.hint:
        form.fields["reason"].help_text = told.hint
    context = {
        "told": told,
        "assignment": assignment,
        "report": _judged(request.user, assignment) if told.verb in JUDGING else None,
        "open_words": open_words(assignment) if told.verb == "answer_urging" else (),
        "today": clock.today(),
        "form": form,
        "next": way_back(request, page_of(assignment)),
    }
    return render(request, "tracking/ask.html", context, status=status)


def _judged(user, assignment):
    """The last report with its evidence: what the question is about stands beside it. Two queries."""
    told = with_evidence(assignment.reports.filter(rules.visible_reports(user)), user)
    return told.order_by("-reported_at", "-pk").first()
