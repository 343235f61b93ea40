"""The addresses of the duties."""

from django.urls import path

from gongjian.interfaces.web.duties import views

urlpatterns = [
    path("duties/", views.duties, name="duties"),
    path("duties/asks/", views.asks, name="asks"),
    path("duties/asks/claim/", views.asks_claim, name="asks_claim"),
    path("duties/bulk/", views.duties_bulk, name="duties_bulk"),
    path("duties/confirm/", views.duties_confirm, name="duties_confirm"),
    path("duties/coverage/", views.coverage, name="coverage"),
    path("duties/forces/", views.forces, name="forces"),
    path("duties/forces/<uuid:uid>/", views.force, name="force"),
    path("duties/forces/<uuid:uid>/end/", views.force_end, name="force_end"),
    path("duties/handovers/", views.handovers, name="handovers"),
    path("duties/handovers/<uuid:uid>/", views.handover, name="handover"),
    path("duties/handovers/<uuid:uid>/sign/", views.handover_sign, name="handover_sign"),
    path("duties/leaders/", views.loads, name="loads"),
    path("duties/leaders/<uuid:uid>/", views.leader, name="leader"),
    path("duties/list.<str:form>", views.duties_file, name="duties_file"),
    path("duties/opinions/<uuid:uid>/decide/", views.opinion_decide, name="opinion_decide"),
    path("duties/opinions/<uuid:uid>/letter/", views.opinion_letter, name="opinion_letter"),
    path("duties/opinions/<uuid:uid>/object/", views.opinion_object, name="opinion_object"),
    path("duties/versions/", views.duty_lists, name="duty_lists"),
    path("duties/versions/draft/", views.duty_list_draft, name="duty_list_draft"),
    path("duties/versions/<uuid:uid>/", views.duty_list, name="duty_list"),
    path("duties/versions/<uuid:uid>/silent/", views.opinions_silent, name="opinions_silent"),
    path("duties/versions/<uuid:uid>/<str:step>/", views.duty_list_step, name="duty_list_step"),
    path("duties/<str:kind>/<uuid:uid>/assign/", views.work_assign, name="work_assign"),
    path("duties/<str:kind>/<uuid:uid>/force/", views.force_new, name="force_new"),
    path("duties/<str:kind>/<uuid:uid>/leader/", views.work_leader, name="work_leader"),
    path("duties/<str:kind>/<uuid:uid>/page.docx", views.one_page_file, name="one_page"),
    path("plan/targets/<uuid:uid>/assign/", views.target_assign, name="target_assign"),
]
