"""A directive as a file for paper: the same layout as its preview, draft or issued."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from directives import rendering, rules
from directives.exports.paper import printed_letter
from directives.models import Directive
from directives.views.workbook import FORMS, download, stem_of
from units import clock


@require_safe
@login_required
def directive_paper(request, pk, form):
    """As "pdf" or "docx". Four queries and a child process."""
    if form not in FORMS:
        raise Http404
    seen = Directive.objects.filter(rules.visible_directives(request.user)).select_related("issuer")
    directive = get_object_or_404(seen.defer("source", "search"), pk=pk)
    layout = rendering.layout_of(directive, list(directive.addressees.all()), today=clock.today())
    return download(printed_letter(layout, form), form, f"{stem_of(directive)}.{form}")
