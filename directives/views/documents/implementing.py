"""Which of the superior's work a task of an issued document carries out: one short form beside the document."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from directives import chaining, lifecycle, rules
from directives.errors import Incomplete, Stale
from directives.forms.chaining import ImplementForm
from directives.models import Directive, Task
from directives.views.returning import go_back
from units.once import once

UNSENT = 422


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def directive_implement(request, pk, task):
    task = _load(request.user, pk, task)
    lifecycle.check(task.directive, "implement", by=request.user)
    offered = chaining.offered(task.directive, chaining.MOST_ALONE)
    form = ImplementForm(task, offered, request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid() or not _said(task, form, request.user):
        context = {"task": task, "directive": task.directive, "form": form, "offered": offered}
        context["is_cut"] = len(offered) >= chaining.MOST_ALONE
        status = UNSENT if request.method == "POST" else 200
        return render(request, "directives/implement.html", context, status=status)
    messages.success(request, _done(form))
    return go_back(request, f"{reverse('directive-detail', args=[pk])}#nv{task.pk}")


def _load(user, pk, task):
    visible = Directive.objects.filter(rules.visible_directives(user))
    tasks = Task.objects.filter(is_heading=False).select_related("directive__issuer", "directive__office")
    return get_object_or_404(tasks, pk=task, directive=pk, directive__in=visible)


def _said(task, form, by) -> bool:
    try:
        chaining.implement(task, form.cleaned_data["implements"], by=by, seen=form.seen)
    except (Incomplete, Stale) as refusal:
        form.take(refusal)
        return False
    return True


def _done(form):
    if form.cleaned_data["implements"]:
        return _("Đã gắn nhiệm vụ với việc cấp trên giao.")
    return _("Nhiệm vụ không còn gắn với việc cấp trên giao.")
