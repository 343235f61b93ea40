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
    path("own/", views.own, name="own"),
    path("own/delegations/", views.delegation_give, name="delegation_give"),
    path("own/delegations/leave/", views.delegation_leave, name="delegation_leave"),
    path("own/delegations/<uuid:uid>/begin/", views.delegation_begin, name="delegation_begin"),
    path("own/delegations/<uuid:uid>/end/", views.delegation_end, name="delegation_end"),
    path("bypasses/", views.bypasses, name="bypasses"),
    path("people/", views.people, name="people"),
    path("people/new/", views.person_create, name="person_create"),
    path("people/<uuid:uid>/", views.person, name="person"),
    path("people/<uuid:uid>/edit/", views.person_edit, name="person_edit"),
    path("people/<uuid:uid>/phone/", views.person_phone, name="person_phone"),
    path("posts/<uuid:uid>/", views.post, name="post"),
    path("posts/<uuid:uid>/end/", views.post_end, name="post_end"),
    path("posts/<uuid:uid>/hand-over/", views.post_hand_over, name="post_hand_over"),
    path("posts/holdings/<uuid:uid>/leave/", views.post_leave, name="post_leave"),
    path("units/", views.units, name="units"),
    path("units/<uuid:uid>/", views.unit, name="unit"),
    path("units/<uuid:uid>/end/", views.unit_end, name="unit_end"),
    path("units/<uuid:uid>/move/", views.unit_move, name="unit_move"),
    path("units/<uuid:uid>/order/", views.unit_order, name="unit_order"),
    path("units/<uuid:uid>/posts/new/", views.post_create, name="post_create"),
    path("units/<uuid:uid>/rename/", views.unit_rename, name="unit_rename"),
]
