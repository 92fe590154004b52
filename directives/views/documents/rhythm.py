"""The rule of one recurring task: what it is, what it was, and the form that changes or ends it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from directives import lifecycle, periods, recurring, rules
from directives.errors import Incomplete
from directives.forms.recurring import RhythmForm
from directives.models import Directive, Task
from directives.views.returning import posted
from units import clock
from units.models import Event
from units.once import once

UNSENT = 422
LOOK = "look"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def rhythm(request, pk, task):
    """GET shows the form; POST sets the rule, or with `act=look` only shows what it would make."""
    task = _task(request, pk, task, "change_rhythm")
    form = RhythmForm(_last_rule(task), request.POST if request.method == "POST" else None)
    if request.method != "POST" or request.POST.get("act") == LOOK:
        return _page(request, task, form)
    if not form.is_valid() or not _changed(task, form, request.user):
        return _page(request, task, form, status=UNSENT)
    messages.success(request, _("Đã đổi quy định định kỳ. Kỳ đang chạy giữ nguyên."))
    return HttpResponseRedirect(_way_back(task))


@login_required
@require_POST
@once
def rhythm_end(request, pk, task):
    """No more periods of this task begin."""
    task = _task(request, pk, task, "end_rhythm")
    reason = posted(request, "reason")
    try:
        recurring.end_rhythm(task, by=request.user, reason=reason)
    except Incomplete as refused:
        return _page(request, task, RhythmForm(_last_rule(task)), refused=refused, status=UNSENT)
    messages.success(request, _("Từ nay nhiệm vụ này không mở kỳ mới."))
    return HttpResponseRedirect(_way_back(task))


def _task(request, pk, task, verb):
    visible = Directive.objects.filter(rules.visible_directives(request.user))
    found = get_object_or_404(
        Task.objects.select_related("directive", "directive__office"),
        pk=task,
        directive__in=visible,
        directive=pk,
    )
    lifecycle.check(found.directive, verb, by=request.user)
    return found


def _last_rule(task):
    last = task.rhythms.order_by("-starts_on", "-pk").first()
    return last.rule if last else task.rule


def _changed(task, form, by) -> bool:
    """Whether the rule was changed; what is wrong with it stands at the fields."""
    try:
        recurring.change_rhythm(task, by=by, rule=form.rule, reason=form.cleaned_data["reason"])
    except Incomplete as refusal:
        form.take(refusal)
        return False
    return True


def _page(request, task, form, *, refused=None, status=200):
    today = clock.today()
    rhythms = list(task.rhythms.select_related("made_by").order_by("-starts_on", "-pk"))
    fit = form.rule.every and not periods.faults(form.rule)
    context = {
        "directive": task.directive,
        "task": task,
        "form": form,
        "rhythms": rhythms,
        "live": bool(rhythms) and rhythms[0].ends_on is None,
        "overlap": recurring.overlap(task, form.rule) if fit else None,
        "ended": _end_of(task) if rhythms and rhythms[0].ends_on else None,
        "coming": recurring.prospect(task, form.rule) if fit else (),
        "refused": refused,
        "today": today,
    }
    return render(request, "directives/rhythm.html", context, status=status)


def _end_of(task):
    """The act that ended the rule set last: who, when and why. One query."""
    ends = Event.objects.filter(object_type="directive", object_id=task.directive_id, verb="end_rhythm")
    return ends.filter(after__task=task.pk).order_by("-at", "-pk").first()


def _way_back(task):
    return f"{reverse('directive-detail', args=[task.directive_id])}#nv{task.pk}"
