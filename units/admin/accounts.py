from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from units import accounts, clock, handing_over, leaving, rules
from units.admin.base import AdministratorsAdmin, day
from units.models import Membership, User
from units.naming import fold, search_words
from units.once import once


@admin.register(User)
class UserAdmin(AdministratorsAdmin):
    """People. An account is closed, not deleted; nobody sees a password but the one-time one, once."""

    search_fields = ["username", "full_name", "post"]
    search_help_text = gettext_lazy("Tìm theo tên đăng nhập, họ tên hoặc chức vụ, gõ không dấu cũng được.")
    list_display = ["username", "full_name", "post", "standing"]
    list_filter = ["is_active", "must_change_password"]
    readonly_fields = ["standing", "roles", "holdings"]

    def may_manage(self, user):
        return rules.can_manage_accounts(user)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "email":
            field.error_messages["invalid"] = gettext_lazy(
                "Địa chỉ này chưa đúng; hãy ghi như lan@donvi.gov.vn."
            )
        return field

    def get_fieldsets(self, request, obj=None):
        details = [(None, {"fields": ["username", ("full_name", "post"), ("email", "phone")]})]
        return (
            details + [(gettext_lazy("Tài khoản"), {"fields": ["standing", "roles", "holdings"]})]
            if obj
            else details
        )

    def get_urls(self):
        steps = [
            ("mat-khau-mot-lan/", self.given_passwords_view, "given_passwords"),
            ("<int:pk>/cap-lai-mat-khau/", self.reset_password_view, "reset_password"),
            ("<int:pk>/ngung/", self.deactivate_view, "deactivate"),
            ("<int:pk>/mo-lai/", self.activate_view, "activate"),
        ]
        own = [path(route, self._guarded(view), name=f"units_user_{name}") for route, view, name in steps]
        return own + super().get_urls()

    def get_search_results(self, request, queryset, search_term):
        """Marks ignored; compared here, for an installation has thousands of accounts and not millions."""
        words = search_words(search_term)
        rows = queryset.values_list("pk", "username", "full_name", "post") if words else ()
        keys = ((pk, fold(" ".join(texts))) for pk, *texts in rows)
        found = [pk for pk, key in keys if all(word in key for word in words)]
        return (queryset.filter(pk__in=found) if words else queryset), False

    # --- Acts ---
    def save_model(self, request, obj, form, change):
        if change:
            accounts.change_account(obj, by=request.user)
        else:
            given = accounts.given_password()
            accounts.create_account(obj, by=request.user, given=given)
            handing_over.keep(request, [(obj, given.text)])

    def response_add(self, request, obj, post_url_continue=None):
        return HttpResponseRedirect(reverse("admin:units_user_given_passwords"))

    def given_passwords_view(self, request):
        """Shows the passwords given a moment ago, once: a second look finds nothing."""
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "given": handing_over.take(request),
        }
        context["days"] = accounts.VALID_FOR.days
        return TemplateResponse(request, "units/given_passwords.html", context)

    def reset_password_view(self, request, pk):
        user = get_object_or_404(User, pk=pk)
        if request.method == "POST":
            given = accounts.given_password()
            accounts.reset_password(user, by=request.user, given=given)
            handing_over.keep(request, [(user, given.text)])
            return HttpResponseRedirect(reverse("admin:units_user_given_passwords"))
        context = {**self.admin_site.each_context(request), "opts": self.opts, "original": user}
        return TemplateResponse(request, "units/reset_password.html", context)

    def deactivate_view(self, request, pk):
        return self._set(request, pk, accounts.deactivate, _("Đã ngừng tài khoản %(user)s."))

    def activate_view(self, request, pk):
        return self._set(request, pk, accounts.activate, _("Đã mở lại tài khoản %(user)s."))

    def _set(self, request, pk, verb, sentence):
        user = verb(get_object_or_404(User, pk=pk), by=request.user)
        messages.success(request, sentence % {"user": user})
        return HttpResponseRedirect(reverse("admin:units_user_change", args=[pk]))

    def _guarded(self, view):
        """Administrators only; an act that changes without asking back takes a POST only, once."""

        def guarded(request, *args, **kwargs):
            if not self.may_manage(request.user):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        posts_only = view in (self.deactivate_view, self.activate_view)
        return self.admin_site.admin_view(once(require_POST(guarded) if posts_only else guarded))

    # --- Columns ---
    @admin.display(description=gettext_lazy("tình trạng"))
    def standing(self, user):
        if not user.is_active:
            return _("Đã ngừng")
        if not user.must_change_password:
            return ""
        if user.password_expires_at and user.password_expires_at <= clock.now():
            return _("Mật khẩu cấp đã hết hiệu lực")
        return _("Chưa đổi mật khẩu được cấp")

    @admin.display(description=gettext_lazy("vai trò"))
    def roles(self, user):
        return render_to_string(
            "units/roles.html", {"held": rules.roles_listed(user), "today": clock.today()}
        )

    @admin.display(description=gettext_lazy("đang giữ"))
    def holdings(self, user):
        return _holdings(user)


def _holdings(user):
    return render_to_string("units/holdings.html", {"held": leaving.holdings(user)})


class InForceFilter(admin.SimpleListFilter):
    title = gettext_lazy("thời gian")
    parameter_name = "con"

    def lookups(self, request, model_admin):
        return [("1", _("Đang giữ")), ("0", _("Đã thôi hoặc chưa giữ"))]

    def queryset(self, request, queryset):
        held = Membership.objects.in_force()
        return {"1": queryset.filter(pk__in=held), "0": queryset.exclude(pk__in=held)}.get(
            self.value() or "", queryset
        )


@admin.register(Membership)
class MembershipAdmin(AdministratorsAdmin):
    """Roles. Given once with person, unit and first day; afterwards only the post and the last day change."""

    autocomplete_fields = ["user", "unit", "principal"]
    search_fields = ["user__username", "user__full_name", "unit__search"]
    list_display = ["user", "role", "unit", "post", "time"]
    list_select_related = ["user", "unit"]
    list_filter = [InForceFilter, "role"]
    ordering = ["unit__path", "role", "user"]
    fieldsets = [
        (None, {"fields": ["user", ("role", "unit"), "post"]}),
        (gettext_lazy("Thời gian"), {"fields": [("starts_on", "ends_on")]}),
        (gettext_lazy("Ủy quyền"), {"fields": ["principal"], "description": gettext_lazy(
            "Chỉ điền khi người này làm thay người khác trong một thời gian."
        )}),
    ]  # fmt: skip

    def may_manage(self, user):
        return rules.can_manage_accounts(user)

    def get_readonly_fields(self, request, obj=None):
        return ["user", "role", "unit", "starts_on", "principal", "holdings"] if obj else []

    def get_fieldsets(self, request, obj=None):
        held = (gettext_lazy("Bàn giao"), {"fields": ["holdings"]})
        return [*super().get_fieldsets(request, obj), held] if obj else super().get_fieldsets(request, obj)

    @admin.display(description=gettext_lazy("đang giữ"))
    def holdings(self, membership):
        return _holdings(membership.user)

    def save_model(self, request, obj, form, change):
        verb = accounts.change_role if change else accounts.give_role
        verb(obj, by=request.user)

    @admin.display(description=gettext_lazy("thời gian"))
    def time(self, membership):
        said = {"first": day(membership.starts_on), "last": day(membership.ends_on)}
        return _("%(first)s đến hết %(last)s") % said if membership.ends_on else _("từ %(first)s") % said
