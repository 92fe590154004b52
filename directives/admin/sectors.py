"""The sectors by which figures are split, kept by administrators."""

from django.contrib import admin

from directives import rules, sectors
from directives.models import Sector
from units.admin.base import AdministratorsAdmin


@admin.register(Sector)
class SectorAdmin(AdministratorsAdmin):
    fields = ("name", "position", "in_use")
    list_display = ("name", "position", "in_use")

    def may_manage(self, user) -> bool:
        return rules.can_manage_sectors(user)

    def save_model(self, request, obj, form, change):
        sectors.keep(obj, by=request.user)
