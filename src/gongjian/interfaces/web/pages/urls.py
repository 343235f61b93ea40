"""The addresses that belong to no room."""

from django.urls import path

from gongjian.interfaces.web.pages import views

urlpatterns = [
    path("", views.home, name="home"),
    path("rules/", views.rules, name="rules"),
    path("rules/publish/", views.pack_publish, name="pack_publish"),
    path("keys/", views.keys, name="keys"),
    path("complaint/", views.complaint, name="complaint"),
]
