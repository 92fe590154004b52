"""Every address of the portal. Paths are Vietnamese for the address bar, names English for the code."""

from allauth.account import views as account_views
from django.contrib import admin
from django.urls import include, path
from django.views.decorators.http import require_POST

from portal import views

handler400 = "portal.views.bad_request"
handler403 = "portal.views.permission_denied"
handler404 = "portal.views.page_not_found"
handler429 = "portal.views.too_many_requests"
handler500 = "portal.views.server_error"

urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("tuy-chon/", views.preferences, name="preferences"),
    path("dang-nhap/", account_views.login, name="account_login"),
    path("dang-xuat/", require_POST(account_views.logout), name="account_logout"),
    path("doi-mat-khau/", account_views.password_change, name="account_change_password"),
    path("quan-tri/", admin.site.urls),
    path("", include("directives.urls")),
    path("", include("units.urls")),
]
