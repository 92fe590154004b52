from django.urls import path

from directives.views import figures

urlpatterns = [
    path("", figures.today, name="today"),
    path("thong-ke/", figures.dashboard, name="figures"),
    path("thong-ke/can-quyet/", figures.exceptions, name="exceptions"),
    path("thong-ke/can-quyet/da-hop/", figures.meeting_record, name="meeting-record"),
    path("thong-ke/cach-xem/", figures.saved_views, name="saved-views"),
    path("thong-ke/cach-xem/<int:pk>/doi-ten/", figures.saved_view_rename, name="saved-view-rename"),
    path("thong-ke/cach-xem/<int:pk>/mo-dau/", figures.saved_view_begin, name="saved-view-begin"),
    path("thong-ke/cach-xem/<int:pk>/xoa/", figures.saved_view_delete, name="saved-view-delete"),
    path("thong-ke/phan-viec/", figures.rows, name="figures-rows"),
    path("thong-ke/don-vi/<int:pk>/", figures.unit, name="figures-unit"),
    path("thong-ke/don-vi/<int:pk>/dinh-chinh/", figures.correction_ask, name="correction-ask"),
    path("cho-xu-ly/dinh-chinh/", figures.correction_list, name="correction-list"),
    path("dinh-chinh/<int:pk>/tra-loi/", figures.correction_answer, name="correction-answer"),
]
