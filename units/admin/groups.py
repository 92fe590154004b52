from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from units import clock, rules, structure
from units.admin.base import AdministratorsAdmin
from units.models import UnitGroup


class UnitGroupForm(forms.ModelForm):
    class Meta:
        model = UnitGroup
        fields = [*structure.GROUP_FIELDS, "listed"]

    def clean(self):
        """A list or a rule, not both: whom the group means must be plain."""
        cleaned = super().clean()
        if bool(cleaned.get("listed")) == bool(cleaned.get("children_of")):
            raise ValidationError(
                _("Chọn một trong hai: danh sách đơn vị, hoặc các đơn vị trực thuộc của một đơn vị.")
            )
        return cleaned


@admin.register(UnitGroup)
class UnitGroupAdmin(AdministratorsAdmin):
    form = UnitGroupForm
    autocomplete_fields = ["owner", "children_of", "listed"]
    search_fields = ["folded"]
    list_display = ["name", "owner", "means"]
    list_select_related = ["owner", "children_of"]
    readonly_fields = ["members_today"]
    fieldsets = [
        (None, {"fields": ["name", "owner", "position"]}),
        (_("Gồm những ai"), {"fields": ["listed", "children_of", "kind", "members_today"]}),
    ]

    def has_view_permission(self, request, obj=None):
        return rules.can_pick_units(request.user)

    def get_queryset(self, request):
        return super().get_queryset(request).filter(rules.visible_groups(request.user))

    def save_model(self, request, obj, form, change):
        structure.keep(obj, by=request.user)

    def save_related(self, request, form, formsets, change):
        structure.change_list(form.instance, form.cleaned_data["listed"], by=request.user)

    @admin.display(description=_("gồm"))
    def means(self, group):
        if group.children_of:
            kind = group.get_kind_display() or _("đơn vị trực thuộc")
            return _("%(kind)s của %(unit)s") % {"kind": kind, "unit": group.children_of}
        return _("theo danh sách")

    @admin.display(description=_("hôm nay gồm"))
    def members_today(self, group):
        if group.pk is None:
            return _("Lưu nhóm để xem.")
        names = [(unit.name,) for unit in group.members_on(clock.today())]
        head = ngettext("%(count)d đơn vị", "%(count)d đơn vị", len(names)) % {"count": len(names)}
        return (
            format_html("{}<ul>{}</ul>", head, format_html_join("", "<li>{}</li>", names)) if names else head
        )
