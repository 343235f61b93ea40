"""The addresses of the plan."""

from django.urls import path

from gongjian.interfaces.web.plan import views

urlpatterns = [
    path("plan/", views.plan, name="plan"),
    path("plan/actions/<uuid:uid>/", views.action, name="action"),
    path("plan/actions/<uuid:uid>/edit/", views.action_edit, name="action_edit"),
    path("plan/add/", views.plan_add, name="plan_add"),
    path("plan/begin/", views.plan_begin, name="plan_begin"),
    path("plan/breakdown.docx", views.breakdown_docx_file, name="breakdown_docx"),
    path("plan/breakdown.xlsx", views.breakdown_xlsx_file, name="breakdown_xlsx"),
    path("plan/candidates/<uuid:uid>/", views.candidate_decide, name="candidate_decide"),
    path("plan/changes/", views.plan_changes, name="plan_changes"),
    path("plan/changes/decide/", views.changes_decide, name="changes_decide"),
    path("plan/copy/", views.plan_copy, name="plan_copy"),
    path("plan/documents/", views.plan_documents, name="plan_documents"),
    path("plan/documents/<uuid:uid>/", views.plan_review, name="plan_review"),
    path("plan/documents/<uuid:uid>/accept-sure/", views.plan_accept_sure, name="plan_accept_sure"),
    path("plan/documents/<uuid:uid>/adopt/", views.plan_adopt, name="plan_adopt"),
    path("plan/documents/<uuid:uid>/file/", views.plan_source, name="plan_source"),
    path("plan/documents/<uuid:uid>/untaken/", views.plan_untaken, name="plan_untaken"),
    path("plan/kinds/", views.plan_kinds, name="plan_kinds"),
    path("plan/milestones/<uuid:uid>/", views.milestone, name="milestone"),
    path("plan/milestones/<uuid:uid>/edit/", views.milestone_edit, name="milestone_edit"),
    path("plan/paste/", views.plan_paste, name="plan_paste"),
    path("plan/superior/", views.plan_superior, name="plan_superior"),
    path("plan/superior/add/", views.superior_add, name="superior_add"),
    path("plan/superior/<uuid:uid>/", views.superior_edit, name="superior_edit"),
    path("plan/tags/", views.plan_tags, name="plan_tags"),
    path("plan/tags/add/", views.tag_add, name="tag_add"),
    path("plan/tags/<uuid:uid>/", views.tag_edit, name="tag_edit"),
    path("plan/targets/<uuid:uid>/", views.target, name="target"),
    path("plan/targets/<uuid:uid>/edit/", views.target_edit, name="target_edit"),
    path("plan/tasks/<uuid:uid>/", views.task, name="task"),
    path("plan/tasks/<uuid:uid>/edit/", views.task_edit, name="task_edit"),
    path("plan/upload/", views.plan_upload, name="plan_upload"),
    path("plan/versions/", views.plan_versions_list, name="plan_versions"),
    path("plan/versions/difference/", views.plan_difference, name="plan_difference"),
    path("plan/versions/freeze/", views.version_freeze, name="version_freeze"),
]
