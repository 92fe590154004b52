from django.urls import path

from units import views

urlpatterns = [path("don-vi/", views.unit_list, name="unit-list")]
