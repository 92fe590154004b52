"""The admin site in the portal's look, entered through the portal's own door."""

from urllib.parse import urlencode

from django.contrib.admin import AdminSite
from django.db.models import Q
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from directives import compliance
from units import clock, rules


class PortalAdminSite(AdminSite):
    """Drafting for clerks; accounts, units and settings for administrators. Nobody is a superuser:
    each ModelAdmin asks the rules, and the index lists only what they allow."""

    site_title = _("Quản trị")
    site_header = "Thông Suốt"
    index_title = _("Quản trị")
    enable_nav_sidebar = False
    site_url = "/"

    def get_urls(self):
        """Without the address that says of any row of any table whether it exists."""
        return [url for url in super().get_urls() if getattr(url, "name", "") != "view_on_site"]

    def has_permission(self, request):
        return request.user.is_active and rules.can_enter_admin(request.user)

    def index(self, request, extra_context=None):
        """Beside the tables, for whoever gives roles: units with work and nobody who answers for them."""
        found = _unmanned() if rules.can_manage_accounts(request.user) else []
        return super().index(request, {**(extra_context or {}), "unmanned": found})

    def login(self, request, extra_context=None):
        """The portal's sign-in page; a person who is signed in but has no business here gets the first page."""
        if request.user.is_authenticated:
            return HttpResponseRedirect(reverse("today"))
        query = urlencode({"next": request.GET.get("next", reverse("admin:index"))})
        return HttpResponseRedirect(f"{reverse('account_login')}?{query}")

    def logout(self, request, extra_context=None):
        return HttpResponseRedirect(reverse("today"))

    def password_change(self, request, extra_context=None):
        return HttpResponseRedirect(reverse("account_change_password"))


def _unmanned():
    return compliance.unmanned_units(Q(), clock.today())
