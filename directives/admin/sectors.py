"""The sectors by which figures are split, kept by administrators."""

from django.contrib import admin

from directives import rules, sectors
from directives.models import Sector
from units.admin.base import DeclaredLookups, history


@admin.register(Sector)
class SectorAdmin(DeclaredLookups):
    fields = ("name", "position", "in_use")
    list_display = ("name", "position", "in_use")

    def has_module_permission(self, request):
        return rules.can_manage_sectors(request.user)

    def has_view_permission(self, request, obj=None):
        return rules.can_manage_sectors(request.user)

    has_add_permission = has_module_permission
    has_change_permission = has_view_permission

    def has_delete_permission(self, request, obj=None):
        """Documents stand under it; what is not wanted any more is put out of use."""
        return False

    def history_view(self, request, object_id, extra_context=None):
        return history(self, object_id)

    def save_model(self, request, obj, form, change):
        sectors.keep(obj, by=request.user)
