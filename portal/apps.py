from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class PortalConfig(AppConfig):
    name = "portal"


class PortalAdminConfig(AdminConfig):
    """The admin with the portal's own site, so that `admin.site` everywhere is the one in the portal's look."""

    default_site = "portal.admin.PortalAdminSite"
