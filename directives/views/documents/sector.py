"""Which sector an issued document belongs to: the paper stays as it was signed, the figures follow."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from directives import issuing, lifecycle, rules
from directives.forms.sectors import SectorForm
from directives.models import Directive
from directives.views.returning import go_back
from units.once import once

UNSENT = 422


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def directive_classify(request, pk):
    visible = Directive.objects.filter(rules.visible_directives(request.user)).select_related("sector")
    directive = get_object_or_404(visible, pk=pk)
    lifecycle.check(directive, "classify", by=request.user)
    form = SectorForm(directive, request.POST or None)
    if request.method != "POST" or not form.is_valid():
        context = {"directive": directive, "form": form}
        return render(request, "directives/sector.html", context, status=UNSENT if form.is_bound else 200)
    issuing.classify(directive, by=request.user, sector=form.cleaned_data["sector"])
    messages.success(request, _("Đã ghi lĩnh vực của văn bản."))
    return go_back(request, reverse("directive-detail", args=[directive.pk]))
