"""The addresses of the log and of the clock."""

from django.urls import path

from gongjian.interfaces.web.records import views

urlpatterns = [
    path("clock/", views.clock, name="clock"),
    path("log/", views.log, name="log"),
    path("log/verify/", views.log_verify, name="log_verify"),
]
