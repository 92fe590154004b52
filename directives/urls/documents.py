from django.urls import path

from directives.views import documents

urlpatterns = [
    path("van-ban/", documents.directive_list, name="directive-list"),
    path("van-ban/<int:pk>/", documents.directive_detail, name="directive-detail"),
    path("van-ban/<int:pk>/ma-tran.xlsx", documents.directive_matrix, name="directive-matrix"),
    path("van-ban/<int:pk>/chuoi/", documents.directive_chain, name="directive-chain"),
    path("van-ban/<int:pk>/nhat-ky/", documents.directive_history, name="directive-history"),
    path("van-ban/<int:pk>/nhat-ky.xlsx", documents.directive_history_file, name="directive-history-file"),
    path("van-ban/<int:pk>/linh-vuc/", documents.directive_classify, name="directive-classify"),
    path("van-ban/<int:pk>/dinh-ky/<int:task>/", documents.rhythm, name="rhythm"),
    path("van-ban/<int:pk>/dinh-ky/<int:task>/thoi/", documents.rhythm_end, name="rhythm-end"),
    path("van-ban/<int:pk>/thuc-hien/<int:task>/", documents.directive_implement, name="directive-implement"),
    path(
        "van-ban/<int:pk>/bo-sung-don-vi/", documents.directive_add_recipient, name="directive-add-recipient"
    ),
    path(
        "van-ban/<int:pk>/thoi-giao-don-vi/",
        documents.directive_remove_recipient,
        name="directive-remove-recipient",
    ),
]
