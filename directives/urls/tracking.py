from django.urls import path

from directives.views import tracking

urlpatterns = [
    path("nhiem-vu/", tracking.assignment_list, name="assignment-list"),
    path("nhiem-vu/bang-tinh/", tracking.worksheet, name="worksheet"),
    path("nhiem-vu/bang-tinh.xlsx", tracking.worksheet_file, name="worksheet-file"),
    path("nhiem-vu/bang-tinh/gui/", tracking.worksheet_send, name="worksheet-send"),
    path("nguoi/<int:pk>/viec-da-lam/", tracking.person_acts, name="person-acts"),
    path("nhiem-vu/ban-giao/", tracking.held_list, name="held-list"),
    path("nhiem-vu/ban-giao/<int:unit>/<int:person>/", tracking.hand_over, name="hand-over"),
    path("nhiem-vu/<int:pk>/", tracking.assignment_detail, name="assignment-detail"),
    path("nhiem-vu/<int:pk>/nhat-ky.xlsx", tracking.assignment_history_file, name="assignment-history-file"),
    path("nhiem-vu/<int:pk>/bao-cao/", tracking.assignment_report, name="assignment-report"),
    path("nhiem-vu/<int:pk>/viec-thuc-hien/", tracking.assignment_implement, name="assignment-implement"),
    path("nhiem-vu/<int:pk>/tiep-nhan/", tracking.assignment_acknowledge, name="assignment-acknowledge"),
    path(
        "nhiem-vu/<int:pk>/tiep-nhan-ca-van-ban/",
        tracking.assignment_acknowledge_all,
        name="assignment-acknowledge-all",
    ),
    path("nhiem-vu/<int:pk>/rut-lai/", tracking.assignment_withdraw, name="assignment-withdraw"),
    path("nhiem-vu/<int:pk>/xac-nhan/", tracking.assignment_accept, name="assignment-accept"),
    path("nhiem-vu/<int:pk>/tra-lai/", tracking.assignment_send_back, name="assignment-send-back"),
    path("nhiem-vu/<int:pk>/mo-lai/", tracking.assignment_reopen, name="assignment-reopen"),
    path("nhiem-vu/<int:pk>/thoi-giao/", tracking.assignment_cancel, name="assignment-cancel"),
    path("nhiem-vu/<int:pk>/phan-cong/", tracking.assignment_delegate, name="assignment-delegate"),
    path("nhiem-vu/<int:pk>/tien-do/", tracking.assignment_progress, name="assignment-progress"),
    path(
        "nhiem-vu/<int:pk>/trinh/", tracking.assignment_submit_internally, name="assignment-submit-internally"
    ),
    path(
        "nhiem-vu/<int:pk>/tra-nguoi-lam/",
        tracking.assignment_send_back_internally,
        name="assignment-send-back-internally",
    ),
    path("nhiem-vu/<int:pk>/bo-sung/", tracking.assignment_supplement, name="assignment-supplement"),
    path(
        "nhiem-vu/<int:pk>/gia-han/",
        tracking.assignment_request_extension,
        name="assignment-request-extension",
    ),
    path("nhiem-vu/<int:pk>/khong-thuoc/", tracking.assignment_decline, name="assignment-decline"),
    path(
        "nhiem-vu/<int:pk>/rut-de-nghi/",
        tracking.assignment_withdraw_request,
        name="assignment-withdraw-request",
    ),
    path("nhiem-vu/<int:pk>/tra-loi/", tracking.assignment_answer_urging, name="assignment-answer-urging"),
    path("nhiem-vu/<int:pk>/cho-gia-han/", tracking.assignment_extend, name="assignment-extend"),
    path(
        "nhiem-vu/<int:pk>/khong-gia-han/",
        tracking.assignment_refuse_extension,
        name="assignment-refuse-extension",
    ),
    path("nhiem-vu/<int:pk>/chuyen-giao/", tracking.assignment_transfer, name="assignment-transfer"),
    path(
        "nhiem-vu/<int:pk>/giu-nguyen/", tracking.assignment_refuse_decline, name="assignment-refuse-decline"
    ),
    path("nhiem-vu/<int:pk>/tam-dung/", tracking.assignment_pause, name="assignment-pause"),
    path("nhiem-vu/<int:pk>/tiep-tuc/", tracking.assignment_resume, name="assignment-resume"),
    path("nhiem-vu/<int:pk>/dat-han/", tracking.assignment_set_deadline, name="assignment-set-deadline"),
    path("nhiem-vu/<int:pk>/xem-lai/", tracking.assignment_review, name="assignment-review"),
    path("nhiem-vu/<int:pk>/don-doc/", tracking.assignment_urge, name="assignment-urge"),
    path(
        "nhiem-vu/<int:pk>/giai-trinh/",
        tracking.assignment_ask_explanation,
        name="assignment-ask-explanation",
    ),
    path("nhiem-vu/<int:pk>/chi-dao/", tracking.assignment_instruct, name="assignment-instruct"),
    path("van-ban/<int:directive>/o/<int:unit>/<int:task>/", tracking.cell, name="cell"),
    path("cho-xu-ly/", tracking.queue, name="queue"),
    path("cho-xu-ly/xac-nhan/", tracking.queue_accept, name="queue-accept"),
    path("cho-xu-ly/tra-lai/", tracking.queue_send_back, name="queue-send-back"),
    path("cho-xu-ly/qua-han/", tracking.overdue_list, name="overdue-list"),
    path("cho-xu-ly/chi-dao/", tracking.urging_list, name="urging-list"),
    path("cho-xu-ly/chua-co-nguoi/", tracking.unmanned_list, name="unmanned-list"),
    path("cho-xu-ly/khong-co-thoi-han/", tracking.undated_list, name="undated-list"),
    path("cho-xu-ly/de-nghi/", tracking.request_list, name="request-list"),
    path("cho-xu-ly/vuong-mac/", tracking.obstacle_list, name="obstacle-list"),
    path("vuong-mac/<int:pk>/tra-loi/", tracking.obstacle_answer, name="obstacle-answer"),
    path("vuong-mac/<int:pk>/chuyen/", tracking.obstacle_forward, name="obstacle-forward"),
]
