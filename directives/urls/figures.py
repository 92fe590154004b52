from django.urls import path

from directives.views import figures

urlpatterns = [
    path("", figures.today, name="today"),
    path("thong-ke/", figures.dashboard, name="figures"),
    path("thong-ke/phan-viec/", figures.rows, name="figures-rows"),
    path("thong-ke/don-vi/<int:pk>/", figures.unit, name="figures-unit"),
    path("thong-ke/don-vi/<int:pk>/dinh-chinh/", figures.correction_ask, name="correction-ask"),
    path("cho-xu-ly/dinh-chinh/", figures.correction_list, name="correction-list"),
    path("dinh-chinh/<int:pk>/tra-loi/", figures.correction_answer, name="correction-answer"),
]
