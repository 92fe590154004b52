"""What the administrator's screens share."""

from django.contrib import admin
from django.http import HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode

from units import rules
from units.once import once


def day(value) -> str:
    """A date as the portal says it; the one way to say it is a filter on the floor above."""
    return render_to_string("units/day.html", {"value": value}).strip()


class DeclaredLookups(admin.ModelAdmin):
    """A list is narrowed by its own filters alone: asked for freely, a column answers letter by letter.

    Nor by a zero character, which PostgreSQL does not take.
    """

    linked: frozenset[str] = frozenset()

    def lookup_allowed(self, lookup, value, request):
        name, _, how = lookup.partition("__")
        return name in {*self.list_filter, *self.linked} and how in {"", "exact"} and "\x00" not in str(value)


class AdministratorsAdmin(DeclaredLookups):
    """Kept by administrators alone. Nothing is deleted; every act is an event, so Django's own log stays empty.

    Related objects are picked, never made in a pop-up: a form is one act.
    """

    actions = None
    sortable_by = ()
    list_per_page = 100
    empty_value_display = ""

    def may_manage(self, user) -> bool:
        return rules.can_manage_units(user)

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def has_view_permission(self, request, obj=None):
        return self.may_manage(request.user)

    def has_add_permission(self, request):
        return self.may_manage(request.user)

    def has_change_permission(self, request, obj=None):
        return self.may_manage(request.user)

    def has_delete_permission(self, request, obj=None):
        return False

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        for link in ("add", "change", "view", "delete"):
            if hasattr(field.widget if field else None, f"can_{link}_related"):
                setattr(field.widget, f"can_{link}_related", False)
        return field

    @method_decorator(once)
    def changeform_view(self, request, *args, **kwargs):
        return super().changeform_view(request, *args, **kwargs)

    def history_view(self, request, object_id, extra_context=None):
        return history(self, object_id)

    def log_addition(self, request, obj, message):
        return None

    def log_change(self, request, obj, message):
        return None

    def log_deletions(self, request, queryset):
        return None


def history(model_admin, object_id):
    """The history of a thing is its events, not Django's own log; the journal asks who may read it."""
    query = urlencode({"object_type": model_admin.opts.model_name, "object_id": object_id})
    return HttpResponseRedirect(f"{reverse('admin:units_event_changelist')}?{query}")
