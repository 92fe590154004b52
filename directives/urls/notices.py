from django.urls import path

from directives.views import inbox

urlpatterns = [
    path("thong-bao/", inbox.inbox, name="inbox"),
    path("thong-bao/da-doc/", inbox.all_read, name="notices-read"),
    path("thong-bao/nhan-thu/", inbox.mails, name="notice-mails"),
    path("thong-bao/<int:pk>/mo/", inbox.open_notice, name="notice-open"),
]
