"""The addresses of the projects."""

from django.urls import path

from gongjian.interfaces.web.projects import views

urlpatterns = [
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
