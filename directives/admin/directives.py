"""Documents in the admin: the office's own list, and the door to drafting."""

from textwrap import shorten

from django.contrib import admin
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from directives import rules
from directives.enums import DirectiveState
from directives.errors import NotAllowed, WrongState
from directives.models import Directive
from directives.templatetags.wording import known_code
from units.admin.base import DeclaredLookups
from units.naming import search_words
from units.numerals import natural

from .desk import desk
from .intake import paste


@admin.register(Directive)
class DirectiveAdmin(DeclaredLookups):
    """Drafts and documents of the offices a clerk serves. Rights come from the rules; nothing is deleted."""

    list_display = ("heading", "kind", "state", "created_by", "updated_at")
    list_display_links = ("heading",)
    list_filter = ("state", "kind")
    list_select_related = ("created_by",)
    list_per_page = 50
    search_fields = ("search",)
    ordering = ("-updated_at", "-pk")
    actions = None

    @admin.display(description=_("Văn bản"), ordering="code")
    def heading(self, directive):
        title = shorten(directive.title, 120, placeholder="…")
        code = known_code(directive) if directive.number else ""
        return " · ".join(filter(None, [code, title])) or f"#{directive.pk}"

    def has_module_permission(self, request):
        return bool(rules.draftable_offices(request.user))

    def has_view_permission(self, request, obj=None):
        return self.has_module_permission(request)

    def has_add_permission(self, request):
        return self.has_module_permission(request)

    def has_change_permission(self, request, obj=None):
        return self.has_module_permission(request) if obj is None else rules.can_edit(request.user, obj)

    def has_delete_permission(self, request, obj=None):
        return False

    def get_queryset(self, request):
        own = Directive.objects.filter(office__in=rules.draftable_offices(request.user))
        return own.filter(rules.visible_directives(request.user)).order_by(*self.ordering)

    def get_search_results(self, request, queryset, search_term):
        """Every word, marks ignored, in the folded column."""
        for word in search_words(search_term):
            queryset = queryset.filter(search__contains=word)
        return queryset, False

    def add_view(self, request, form_url="", extra_context=None):
        if not self.has_add_permission(request):
            raise NotAllowed
        return paste(request)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """A draft is worked on; anything later is read where it is read, and cannot be written here."""
        directive = self._visible(request, object_id)
        if not rules.can_edit(request.user, directive):
            raise NotAllowed
        if directive.state == DirectiveState.DRAFT:
            return desk(request, directive)
        if request.method == "POST":
            raise WrongState
        page = "directive-detail" if directive.is_published else "directive-preview"
        return HttpResponseRedirect(reverse(page, args=[directive.pk]))

    def history_view(self, request, object_id, extra_context=None):
        """The record of a document stands on its own page."""
        raise Http404

    def _visible(self, request, object_id):
        visible = Directive.objects.filter(rules.visible_directives(request.user))
        visible = visible.select_related("issuer__parent", "office", "collecting_unit", "sector")
        return get_object_or_404(visible, pk=natural(object_id))
