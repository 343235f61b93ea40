"""What was done in a review, and what a new version of a plan changes."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from gongjian.flow.plan.queries import (
    count_steps,
    document_by_uid,
    plan_differences,
    step_rows,
)
from gongjian.flow.plan.rules import check_can_read_plan
from gongjian.interfaces.request import PageRequest, opens
from gongjian.interfaces.web.paging import Page
from gongjian.interfaces.web.plan.rows.differences import differences_context, steps_context


@require_GET
@opens(check_can_read_plan)
def review_steps(request: PageRequest, uid: UUID) -> HttpResponse:
    """Who judged what, newest first; what was taken back stays in the list."""
    document = document_by_uid(uid, reader=request.user)
    page = Page.of(request.GET, total=count_steps(document))
    rows = step_rows(document, offset=page.offset, limit=page.size)
    return render(request, "plan/steps.html", steps_context(document, rows, page))


@require_GET
@opens(check_can_read_plan)
def review_differences(request: PageRequest, uid: UUID) -> HttpResponse:
    """A new version beside the adopted plan: added, changed, the same, no longer there."""
    document = document_by_uid(uid, reader=request.user)
    context = differences_context(document, plan_differences(document), request.GET)
    return render(request, "plan/differences.html", context)
