"""The addresses of the duties."""

from django.urls import path

from gongjian.interfaces.web.duties import views

urlpatterns = [
    path("duties/", views.duties, name="duties"),
    path("duties/confirm/", views.duties_confirm, name="duties_confirm"),
    path("plan/targets/<uuid:uid>/assign/", views.target_assign, name="target_assign"),
]
