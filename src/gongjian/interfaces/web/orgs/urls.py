"""The addresses of the door and its keys."""

from django.urls import path

from gongjian.interfaces.web.orgs import views

urlpatterns = [
    path("login/", views.login, name="login"),
    path("logout/", views.logout, name="logout"),
]
