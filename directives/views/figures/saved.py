"""The filters that a person keeps under a name: saved, opened, renamed, deleted, begun with. Their own alone."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import QueryDict
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from directives import keeping
from directives.errors import Incomplete
from directives.forms.fields import RUNNING
from directives.views.returning import go_back, posted
from units.once import once

from .scope import read

UNSENT = 422


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@once
def saved_views(request):
    """The person's views; sent, the filter of the address is kept under the name."""
    if request.method != "POST":
        return _page(request)
    name, query = posted(request, "name"), read(request).lasting_query
    try:
        view = keeping.save_view(by=request.user, name=name, query=query)
    except Incomplete as refusal:
        return _page(request, typed=name, missing=refusal.fields["name"], query=query)
    messages.success(request, _saved(view, query))
    return go_back(request, _opened(view))


@login_required
@require_POST
@once
def saved_view_rename(request, pk):
    view = _own(request, pk)
    name = posted(request, "name")
    try:
        keeping.rename_view(view, name=name)
    except Incomplete as refusal:
        return _page(request, renamed=view.pk, typed=name, missing=refusal.fields["name"])
    messages.success(request, _("Đã đổi tên thành “%(name)s”.") % {"name": view.name})
    return go_back(request, reverse("saved-views"))


@login_required
@require_POST
@once
def saved_view_begin(request, pk):
    """Begin with this view, or no longer."""
    keeping.begin_with(_own(request, pk))
    return go_back(request, reverse("saved-views"))


@login_required
@require_POST
@once
def saved_view_delete(request, pk):
    view = _own(request, pk)
    view.delete()
    messages.success(request, _("Đã xóa cách xem “%(name)s”.") % {"name": view.name})
    return go_back(request, reverse("saved-views"))


def _saved(view, query):
    words = _("Đã lưu cách xem “%(name)s”.") % {"name": view.name}
    if QueryDict(query).get("ky") not in RUNNING:
        return words
    moving = _("Kỳ đang chạy được lưu là kỳ hiện tại: sang kỳ sau, cách xem này mở kỳ sau.")
    return f"{words} {moving}"


def _page(request, **told):
    told["views"] = keeping.views_of(request.user)
    status = UNSENT if "missing" in told else 200
    return render(request, "compliance/saved_views.html", told, status=status)


def _own(request, pk):
    return get_object_or_404(keeping.views_of(request.user), pk=pk)


def _opened(view):
    return f"{reverse('figures')}?{view.query}"
