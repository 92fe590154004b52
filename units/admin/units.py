from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from units import clock, rules, structure
from units.admin.base import AdministratorsAdmin, day
from units.admin.taking_in import take_in
from units.errors import Refused
from units.models import Unit, UnitName

DEEPEST_INDENT = 6


class UnitForm(forms.ModelForm):
    class Meta:
        model = Unit
        fields = structure.UNIT_FIELDS

    def clean_parent(self):
        parent = self.cleaned_data["parent"]
        try:
            structure.check_parent(self.instance, parent)
        except Refused as refused:
            raise ValidationError(refused.sentence) from refused
        return parent


class UnitNameFormSet(BaseInlineFormSet):
    """No two names may begin on one day; the database says so too, but later."""

    def get_unique_error_message(self, unique_check):
        return _("Hai tên gọi không cùng bắt đầu từ một ngày được.")


class UnitNameInline(admin.StackedInline):
    model = UnitName
    formset = UnitNameFormSet
    extra = 0
    can_delete = False
    fields = (("name", "short_name"), ("starts_on", "ends_on"))

    def has_view_permission(self, request, obj=None):
        return rules.can_pick_units(request.user)

    def has_add_permission(self, request, obj=None):
        return rules.can_manage_units(request.user)

    def has_change_permission(self, request, obj=None):
        return rules.can_manage_units(request.user)


class LifeFilter(admin.SimpleListFilter):
    title = _("tình trạng")
    parameter_name = "con"

    def lookups(self, request, model_admin):
        return [("1", _("Đang hoạt động")), ("0", _("Đã thôi hoặc chưa hoạt động"))]

    def queryset(self, request, queryset):
        alive = Unit.objects.alive()
        return {"1": queryset.filter(pk__in=alive), "0": queryset.exclude(pk__in=alive)}.get(
            self.value() or "", queryset
        )


@admin.register(Unit)
class UnitAdmin(AdministratorsAdmin):
    """The tree. Those who draft or watch may look and pick; administrators keep it."""

    form = UnitForm
    inlines = [UnitNameInline]
    autocomplete_fields = ["parent"]
    search_fields = ["search"]
    search_help_text = _("Gõ không dấu, viết tắt hoặc mã đều được; tên cũ cũng tìm ra.")
    list_display = ["branch", "code", "kind", "short_name", "life"]
    list_display_links = ["branch"]
    list_filter = [LifeFilter, "kind"]
    ordering = ["path"]
    fieldsets = [
        (None, {"fields": [("code", "kind"), "name", "short_name", "parent", "position"]}),
        (_("Trên văn bản"), {"fields": [("notation", "place"), ("identifier", "legacy_identifier")]}),
        (_("Thời gian hoạt động"), {"fields": [("starts_on", "ends_on")]}),
    ]

    def has_view_permission(self, request, obj=None):
        return rules.can_pick_units(request.user)

    def get_urls(self):
        return [
            path("nhap/", self.admin_site.admin_view(take_in), name="units_unit_take_in"),
            *super().get_urls(),
        ]

    def get_search_results(self, request, queryset, search_term):
        """Marks, initials and past names; whoever only picks is offered the units that exist today."""
        if not rules.can_manage_units(request.user):
            queryset = queryset.alive()
        return queryset.search(search_term), False

    def get_readonly_fields(self, request, obj=None):
        """The name of a unit with dated names is the one in force."""
        return ["name", "short_name"] if obj and obj.names.exists() else []

    def save_model(self, request, obj, form, change):
        structure.keep(obj, by=request.user)

    def save_related(self, request, form, formsets, change):
        before = structure.names_of(form.instance)
        super().save_related(request, form, formsets, change)
        structure.settle_names(form.instance, before, by=request.user)

    @admin.display(description=_("đơn vị"))
    def branch(self, unit):
        depth = min(unit.path.count("/") - 1, DEEPEST_INDENT)
        return format_html('<span class="branch d{}">{}</span>', depth, unit.name)

    @admin.display(description=_("hoạt động"))
    def life(self, unit):
        """A living unit needs no label."""
        if unit.ends_on:
            words = _("đến trước %(day)s") if unit.ends_on > clock.today() else _("đã thôi từ %(day)s")
            return words % {"day": day(unit.ends_on)}
        return _("từ %(day)s") % {"day": day(unit.starts_on)} if unit.starts_on else ""
