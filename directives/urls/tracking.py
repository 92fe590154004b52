from django.urls import path

from directives.views import tracking

urlpatterns = [
    path("nhiem-vu/", tracking.assignment_list, name="assignment-list"),
    path("nhiem-vu/<int:pk>/", tracking.assignment_detail, name="assignment-detail"),
    path("nhiem-vu/<int:pk>/bao-cao/", tracking.assignment_report, name="assignment-report"),
    path("nhiem-vu/<int:pk>/tiep-nhan/", tracking.assignment_acknowledge, name="assignment-acknowledge"),
    path("nhiem-vu/<int:pk>/rut-lai/", tracking.assignment_withdraw, name="assignment-withdraw"),
    path("nhiem-vu/<int:pk>/xac-nhan/", tracking.assignment_accept, name="assignment-accept"),
    path("nhiem-vu/<int:pk>/tra-lai/", tracking.assignment_send_back, name="assignment-send-back"),
    path("nhiem-vu/<int:pk>/mo-lai/", tracking.assignment_reopen, name="assignment-reopen"),
    path("nhiem-vu/<int:pk>/thoi-giao/", tracking.assignment_cancel, name="assignment-cancel"),
    path("van-ban/<int:directive>/o/<int:unit>/<int:task>/", tracking.cell, name="cell"),
    path("cho-xu-ly/", tracking.queue, name="queue"),
]
