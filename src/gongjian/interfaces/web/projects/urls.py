"""The addresses of the projects."""

from django.urls import path

from gongjian.interfaces.web.projects import views

urlpatterns = [
    path("projects/carry-over/", views.carry_over_page, name="carry_over"),
    path("projects/counting/", views.counting, name="counting"),
    path("projects/counting/<uuid:uid>/", views.target_counted, name="target_counted"),
    path("projects/doubts/", views.doubts, name="doubts"),
    path("projects/doubts/file/<slug:form>/", views.doubts_file, name="doubts_file"),
    path("projects/duplicates/", views.duplicates, name="duplicates"),
    path("projects/duplicates/<uuid:one>/<uuid:other>/", views.duplicate, name="duplicate"),
    path("projects/file/<slug:form>/", views.projects_file, name="projects_file"),
    path("projects/papers/", views.papers, name="papers"),
    path("projects/papers/<slug:layout>/<slug:form>/", views.layout_file, name="layout_file"),
    path("projects/exports/<uuid:uid>/", views.export, name="export"),
    path("projects/exports/<uuid:uid>/file/", views.export_written, name="export_written"),
    path("projects/lists/", views.project_lists, name="project_lists"),
    path("projects/lists/<uuid:uid>/", views.project_list, name="project_list"),
    path("projects/lists/<uuid:uid>/change/", views.list_change, name="list_change"),
    path("projects/lists/<uuid:uid>/file/<slug:form>/", views.list_file, name="list_file"),
    path("projects/lists/<uuid:uid>/statement/", views.list_statement, name="list_statement"),
    path(
        "projects/lists/<uuid:uid>/statement/<slug:form>/",
        views.statement_file,
        name="statement_file",
    ),
    path("projects/paces/", views.paces_page, name="paces"),
    path("projects/paces/<slug:code>/", views.pace, name="pace"),
    path("projects/rates/", views.rates, name="rates"),
    path("projects/rates/file/<slug:form>/", views.rates_file, name="rates_file"),
    path("projects/rates/<slug:code>/", views.rate, name="rate"),
    path("projects/<uuid:uid>/permits/", views.permits, name="permits"),
    path("projects/<uuid:uid>/standing/", views.project_standing, name="project_standing"),
    path("projects/", views.projects, name="projects"),
    path("projects/new/", views.project_new, name="project_new"),
    path("projects/<uuid:uid>/", views.project, name="project"),
    path("projects/<uuid:uid>/edit/", views.project_edit, name="project_edit"),
    path("projects/<uuid:uid>/stages/new/", views.stage_new, name="stage_new"),
    path("projects/<uuid:uid>/months/new/", views.month_new, name="month_new"),
    path("projects/waiting/", views.projects_waiting, name="projects_waiting"),
    path("projects/months/<uuid:uid>/", views.month, name="month"),
    path("projects/stages/<uuid:uid>/", views.stage, name="stage"),
]
