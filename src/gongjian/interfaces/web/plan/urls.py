"""The addresses of the plan."""

from django.urls import path

from gongjian.interfaces.web.plan import views

urlpatterns = [
    path("plan/", views.plan, name="plan"),
    path("plan/begin/", views.plan_begin, name="plan_begin"),
    path("plan/breakdown.docx", views.breakdown_docx_file, name="breakdown_docx"),
    path("plan/breakdown.xlsx", views.breakdown_xlsx_file, name="breakdown_xlsx"),
    path("plan/candidates/<uuid:uid>/", views.candidate_decide, name="candidate_decide"),
    path("plan/documents/", views.plan_documents, name="plan_documents"),
    path("plan/documents/<uuid:uid>/", views.plan_review, name="plan_review"),
    path("plan/documents/<uuid:uid>/add/", views.plan_add, name="plan_add"),
    path("plan/documents/<uuid:uid>/adopt/", views.plan_adopt, name="plan_adopt"),
    path("plan/documents/<uuid:uid>/bulk/", views.plan_bulk, name="plan_bulk"),
    path("plan/documents/<uuid:uid>/changes/", views.plan_changes, name="plan_changes"),
    path("plan/documents/<uuid:uid>/file/", views.plan_source, name="plan_source"),
    path("plan/documents/<uuid:uid>/merge/", views.plan_merge, name="plan_merge"),
    path("plan/documents/<uuid:uid>/steps/", views.plan_steps, name="plan_steps"),
    path("plan/documents/<uuid:uid>/undo/", views.plan_undo, name="plan_undo"),
    path("plan/documents/<uuid:uid>/untaken/", views.plan_untaken, name="plan_untaken"),
    path("plan/targets/<uuid:uid>/", views.target, name="target"),
    path("plan/tasks/<uuid:uid>/", views.task, name="task"),
    path("plan/upload/", views.plan_upload, name="plan_upload"),
]
