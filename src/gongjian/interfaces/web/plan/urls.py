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
    path("plan/documents/<uuid:uid>/add/", views.review_add, name="review_add"),
    path("plan/documents/<uuid:uid>/adopt/", views.plan_adopt, name="plan_adopt"),
    path("plan/documents/<uuid:uid>/bulk/", views.review_bulk, name="review_bulk"),
    path(
        "plan/documents/<uuid:uid>/differences/",
        views.review_differences,
        name="review_differences",
    ),
    path("plan/documents/<uuid:uid>/file/", views.plan_source, name="plan_source"),
    path("plan/documents/<uuid:uid>/merge/", views.review_merge, name="review_merge"),
    path("plan/documents/<uuid:uid>/steps/", views.review_steps, name="review_steps"),
    path("plan/documents/<uuid:uid>/undo/", views.review_undo, name="review_undo"),
    path("plan/documents/<uuid:uid>/untaken/", views.plan_untaken, name="plan_untaken"),
    path("plan/targets/<uuid:uid>/", views.target, name="target"),
    path("plan/tasks/<uuid:uid>/", views.task, name="task"),
    path("plan/upload/", views.plan_upload, name="plan_upload"),
]
