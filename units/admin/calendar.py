from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from units import structure
from units.admin.base import AdministratorsAdmin, day
from units.models import CalendarDay


@admin.register(CalendarDay)
class CalendarDayAdmin(AdministratorsAdmin):
    """Days that depart from the calendar. The public holidays themselves are known already."""

    list_display = ["said", "kind", "note"]
    list_filter = ["kind"]
    fields = ["day", "kind", "note"]

    def has_delete_permission(self, request, obj=None):
        """A day declared by mistake is no history."""
        return self.may_manage(request.user)

    def save_model(self, request, obj, form, change):
        structure.keep(obj, by=request.user)

    def delete_model(self, request, obj):
        structure.remove_day(obj, by=request.user)

    @admin.display(description=_("ngày"))
    def said(self, declared):
        return day(declared.day)
