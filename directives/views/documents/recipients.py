"""A unit added to an issued document, or let off: two short forms beside the document."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from directives import lifecycle, recipients, recurring, rules
from directives.drafting import Directory
from directives.enums import Duty
from directives.errors import Incomplete
from directives.forms.recipients import AddRecipientForm, RemoveRecipientForm
from directives.models import Directive, TaskUnit
from directives.views.returning import go_back
from units.once import once

UNSENT = 422


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def directive_add_recipient(request, pk):
    directive = _load(request.user, pk)
    lifecycle.check(directive, "add_recipient", by=request.user)
    directory = Directory(directive.office)
    form = AddRecipientForm(directive, _tasks(directive), directory, request.POST or None)
    added = _carried_out(recipients.add_recipient, directive, form, request)
    if not added:
        context = {"directive": directive, "form": form, "suggestions": directory.suggestions()}
        return _ask(request, "add", context)
    messages.success(request, _("Đã bổ sung %(unit)s.") % {"unit": added.unit_name})
    return go_back(request, _page_of(directive))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def directive_remove_recipient(request, pk):
    directive = _load(request.user, pk)
    lifecycle.check(directive, "remove_recipient", by=request.user)
    chosen = {"unit": request.GET.get("don-vi", "")}
    form = RemoveRecipientForm(directive, request.POST or None, initial=chosen)
    removed = _carried_out(recipients.remove_recipient, directive, form, request)
    if not removed:
        return _ask(request, "remove", {"directive": directive, "form": form})
    messages.success(request, _("Đã thôi giao %(unit)s.") % {"unit": removed.unit_name})
    return go_back(request, _page_of(directive))


def _load(user, pk):
    visible = Directive.objects.filter(rules.visible_directives(user)).select_related("issuer", "office")
    return get_object_or_404(visible, pk=pk)


def _tasks(directive):
    """What orders something, each with whether the paper names who leads it, and with its rule."""
    leads = TaskUnit.objects.filter(task=OuterRef("pk"), duty=Duty.LEAD)
    orders = directive.tasks.filter(is_heading=False).order_by("position", "pk")
    found = list(orders.annotate(is_named=Exists(leads)))
    rhythms = recurring.in_force(directive) if any(task.recurrence for task in found) else {}
    for task in found:
        task.rhythm = rhythms.get(task.pk)
    return found


def _carried_out(act, directive, form, request):
    """The recipient that was changed; None while the form is only shown, or what it lacks stands at its fields."""
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        return act(directive, by=request.user, **form.said)
    except Incomplete as refusal:
        form.take(refusal)
        return None


def _ask(request, name, context):
    status = UNSENT if request.method == "POST" else 200
    return render(request, f"directives/recipients/{name}.html", context, status=status)


def _page_of(directive):
    return reverse("directive-detail", args=[directive.pk])
