"""Addresses of the bulletins."""

from django.urls import path

from gongjian.interfaces.web.bulletins import views

urlpatterns = [
    path("bulletins/", views.bulletin_list, name="bulletins"),
    path("bulletins/write/", views.bulletin_write, name="bulletin_write"),
    path("bulletins/<uuid:uid>/", views.bulletin_page, name="bulletin"),
    path("bulletins/<uuid:uid>/file/", views.bulletin_file, name="bulletin_file"),
    path("bulletins/<uuid:uid>/figures/", views.bulletin_figures, name="bulletin_figures"),
]
