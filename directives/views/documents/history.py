"""What happened to a directive and to its visible assignments, newest first; on the page and as a workbook."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from directives import rules
from directives.events import chain_of
from directives.exports import history_workbook
from directives.models import Directive
from directives.templatetags.history import event_sentence
from directives.views.paging import page
from directives.views.workbook import stem_of, workbook_response
from units.models import Event

PAGE = 50


@require_safe
@login_required
def directive_history(request, pk):
    directive = _load(request.user, pk)
    found = page(
        _events(request.user, directive),
        ("sequence",),
        request.GET.get("sau", ""),
        newest_first=True,
        size=PAGE,
    )
    return render(
        request,
        "directives/history.html",
        {"directive": directive, "events": found.rows, "after": found.after},
    )


@require_safe
@login_required
def directive_history_file(request, pk):
    """The whole of it, oldest first, as it is read on paper."""
    directive = _load(request.user, pk)
    events = _events(request.user, directive).order_by("sequence").iterator(chunk_size=1000)
    book = history_workbook(events, title=_("Nhật ký: %(code)s") % {"code": directive}, say=event_sentence)
    return workbook_response(book, f"nhat-ky-{directive.code or stem_of(directive)}")


def _load(user, pk):
    return get_object_or_404(Directive.objects.filter(rules.visible_directives(user)), pk=pk)


def _events(user, directive):
    return Event.objects.filter(rules.visible_events(user), chain=chain_of(directive))
