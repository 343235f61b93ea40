"""The addresses of imports."""

from django.urls import path

from gongjian.interfaces.web.imports import views

urlpatterns = [
    path("imports/", views.imports, name="imports"),
    path("imports/<uuid:uid>/", views.import_run, name="import_run"),
    path("imports/<uuid:uid>/rows/", views.import_rows_list, name="import_rows_list"),
    path("imports/<uuid:uid>/start/", views.import_start, name="import_start"),
    path("imports/<uuid:uid>/stop/", views.import_stop, name="import_stop"),
    path("imports/<uuid:uid>/resume/", views.import_resume, name="import_resume"),
    path("imports/<uuid:uid>/undo/", views.import_undo, name="import_undo"),
    path("imports/<uuid:uid>/left/", views.import_left_file, name="import_left_file"),
    path("imports/<uuid:uid>/file/", views.import_source, name="import_source"),
]
