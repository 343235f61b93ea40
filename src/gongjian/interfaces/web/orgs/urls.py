"""The addresses of the door and its keys."""

from django.urls import path

from gongjian.interfaces.web.orgs import views

urlpatterns = [
    path("login/", views.login, name="login"),
    path("first-run/", views.first_run, name="first_run"),
    path("logout/", views.logout, name="logout"),
    path("password/", views.password, name="password"),
    path("second-factor/", views.second_factor, name="second_factor"),
]
