"""The addresses of the progress room: the list, the form in three steps, the steps after it."""

from django.urls import path

from gongjian.interfaces.web.progress import views

REPORT = "progress/reports/<uuid:uid>/"

urlpatterns = [
    path("progress/", views.report_list, name="progress"),
    path("progress/periods/", views.period_plan, name="period_plan"),
    path(REPORT, views.report_page, name="report"),
    path(f"{REPORT}open-past/", views.report_open_past, name="report_open_past"),
    path(f"{REPORT}preview/", views.report_preview, name="report_preview"),
    path(f"{REPORT}save/", views.report_save, name="report_save"),
    path(f"{REPORT}evidence/", views.report_evidence, name="report_evidence"),
    path(f"{REPORT}check/", views.check_page, name="report_check"),
    path(f"{REPORT}check/pass/", views.report_pass, name="report_pass"),
    path(f"{REPORT}check/confirm/", views.report_confirm, name="report_confirm"),
    path(f"{REPORT}check/accept/", views.report_accept, name="report_accept"),
    path(f"{REPORT}check/return/", views.report_return, name="report_return"),
    path(f"{REPORT}check/withdraw/", views.report_withdraw, name="report_withdraw"),
    path(f"{REPORT}correct/", views.report_correct, name="report_correct"),
    path("progress/tasks/<uuid:uid>/begin/", views.report_begin_task, name="report_begin_task"),
    path(
        "progress/milestones/<uuid:uid>/begin/",
        views.report_begin_milestone,
        name="report_begin_milestone",
    ),
    path("progress/evidence/<uuid:uid>/", views.evidence_file, name="evidence"),
]
