"""The page on which a text is pasted and becomes a draft."""

from django.contrib import admin
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from directives import drafting, rules
from directives.errors import Incomplete
from directives.forms.drafting import INCOMING, PasteForm
from units.once import once


@once
def paste(request):
    """GET shows the page; a good POST makes one draft and goes to it, however often it is sent."""
    offices = rules.draftable_offices(request.user)
    form = PasteForm(request.POST or None, offices=offices)
    if not form.is_valid():
        return _page(request, form)
    try:
        draft = _draft(request.user, **form.cleaned_data)
    except Incomplete as refused:
        form.add_error("text", str(refused.sentence))
        return _page(request, form)
    return HttpResponseRedirect(reverse("admin:directives_directive_change", args=[draft.pk]))


def _draft(user, *, text, purpose, office):
    return drafting.create_draft(text, by=user, office=office, incoming=purpose == INCOMING)


def _page(request, form):
    context = admin.site.each_context(request) | {"form": form, "title": _("Soạn văn bản giao nhiệm vụ")}
    status = 422 if form.errors else 200
    return render(request, "admin/directives/directive/paste.html", context, status=status)
