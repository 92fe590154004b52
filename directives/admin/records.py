"""Registers: which numbers an office gives, kept by administrators."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from directives import register, rules
from directives.enums import DirectiveKind
from directives.models import Register
from units import events
from units.admin.base import DeclaredLookups, history
from units.enums import Act
from units.models import Unit
from units.numerals import LARGEST_COUNT


class RegisterForm(forms.ModelForm):
    kinds = forms.MultipleChoiceField(
        label=_("Loại văn bản"),
        choices=DirectiveKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Không chọn: sổ chung cho mọi loại văn bản chưa có sổ riêng."),
    )

    last = forms.IntegerField(
        label=_("Số cuối đã cấp trên sổ giấy trong kỳ này"),
        min_value=0,
        max_value=LARGEST_COUNT,
        required=False,
        help_text=_("Số cấp tiếp theo là số liền sau. Để trống nếu sổ bắt đầu từ 01."),
    )

    class Meta:
        model = Register
        fields = ("issuer", "name", "kinds", "notation", "period_rule", "term_starts_on", "term_ends_on")


@admin.register(Register)
class RegisterAdmin(DeclaredLookups):
    form = RegisterForm
    list_display = ("name", "issuer", "notation", "period_rule")
    list_select_related = ("issuer",)
    search_fields = ("name",)

    def get_fields(self, request, obj=None):
        fields = super().get_fields(request, obj)
        return fields if obj is None else [name for name in fields if name != "last"]

    def has_module_permission(self, request):
        return rules.can_manage_registers(request.user)

    def has_view_permission(self, request, obj=None):
        return rules.can_manage_registers(request.user)

    has_add_permission = has_module_permission
    has_change_permission = has_view_permission

    def has_delete_permission(self, request, obj=None):
        """A register is a record."""
        return False

    def history_view(self, request, object_id, extra_context=None):
        return history(self, object_id)

    def save_model(self, request, obj, form, change):
        if not change:
            register.open_register(obj, by=request.user, last=form.cleaned_data["last"] or 0)
            return
        before = _recorded(Register.objects.get(pk=obj.pk), form.changed_data)
        super().save_model(request, obj, form, change)
        after = _recorded(obj, form.changed_data)
        events.write(Act.CHANGE_REGISTER, by=request.user, obj=obj, before=before, after=after)


def _recorded(register, names):
    """What the record keeps: a unit by its name, codes as they are."""
    values = {name: getattr(register, name) for name in names}
    return {name: str(value) if isinstance(value, Unit) else value for name, value in values.items()}
