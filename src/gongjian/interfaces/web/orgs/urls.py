"""The addresses of the door and its keys."""

from django.urls import path

from gongjian.interfaces.web.orgs import views

urlpatterns = [
    path("accounts/", views.accounts, name="accounts"),
    path("accounts/new/", views.account_create, name="account_create"),
    path("accounts/<uuid:uid>/", views.account, name="account"),
    path("accounts/<uuid:uid>/close/", views.account_close, name="account_close"),
    path("accounts/<uuid:uid>/reopen/", views.account_reopen, name="account_reopen"),
    path("accounts/<uuid:uid>/password/", views.account_password, name="account_password"),
    path("accounts/<uuid:uid>/unbind/", views.account_unbind, name="account_unbind"),
    path("accounts/<uuid:uid>/roles/", views.role_grant, name="role_grant"),
    path("accounts/<uuid:uid>/roles/revoke/", views.role_revoke, name="role_revoke"),
    path("first-run/", views.first_run, name="first_run"),
    path("login/", views.login, name="login"),
    path("logout/", views.logout, name="logout"),
    path("password/", views.password, name="password"),
    path("second-factor/", views.second_factor, name="second_factor"),
    path("units/", views.units, name="units"),
]
