from django.urls import path

from directives.views import drafting

urlpatterns = [
    path("van-ban/moi/", drafting.new, name="directive-new"),
    path("van-ban/<int:pk>/soan/", drafting.edit, name="directive-edit"),
    path("van-ban/<int:pk>/xem-truoc/", drafting.preview, name="directive-preview"),
    path("van-ban/<int:pk>/trinh-ky/", drafting.submit, name="directive-submit"),
    path("van-ban/<int:pk>/rut-trinh/", drafting.withdraw_submission, name="directive-withdraw-submission"),
    path("van-ban/<int:pk>/ky/", drafting.sign, name="directive-sign"),
    path("van-ban/<int:pk>/tra-lai/", drafting.send_back, name="directive-send-back"),
    path("van-ban/<int:pk>/chu-ky-giay/", drafting.record_signature, name="directive-record-signature"),
    path("van-ban/<int:pk>/phat-hanh/", drafting.issue, name="directive-issue"),
    path("van-ban/<int:pk>/vao-so/", drafting.record, name="directive-record"),
    path("van-ban/<int:pk>/bo-nhap/", drafting.discard, name="directive-discard"),
    path("van-ban/<int:pk>/khoi-phuc/", drafting.restore, name="directive-restore"),
    path("van-ban/<int:pk>/ket-thuc/", drafting.close, name="directive-close"),
    path("van-ban/<int:pk>/thu-hoi/", drafting.revoke, name="directive-revoke"),
]
