from django.urls import path

from directives.views import figures

urlpatterns = [
    path("", figures.today, name="today"),
    path("thong-ke/", figures.dashboard, name="figures"),
    path("thong-ke/phan-viec/", figures.rows, name="figures-rows"),
    path("thong-ke/don-vi/<int:pk>/", figures.unit, name="figures-unit"),
]
