"""Beginning a report: on a task or milestone, in words; or as the correction of a frozen one."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gongjian.flow.plan.queries import milestone_by_uid, task_by_uid
from gongjian.flow.progress.models import Report
from gongjian.flow.progress.queries import period_by_key, period_shown, report_by_uid
from gongjian.flow.progress.rules import check_can_see_reports
from gongjian.flow.progress.usecases import begin_report, correct_report
from gongjian.foundation.records.usecases import once
from gongjian.interfaces.request import PageRequest, now, opens
from gongjian.interfaces.web.acts import act_key
from gongjian.lib.refusals import Missing


@require_POST
@opens(check_can_see_reports)
def report_begin_task(request: PageRequest, uid: UUID) -> HttpResponse:
    """Begin this period's report on a task."""
    task = task_by_uid(uid, reader=request.user)
    return _begun(
        request, lambda: begin_report(task, period_by_key(_period()), by=request.user, at=now())
    )


@require_POST
@opens(check_can_see_reports)
def report_begin_milestone(request: PageRequest, uid: UUID) -> HttpResponse:
    """Begin this period's report on a milestone."""
    node = milestone_by_uid(uid, reader=request.user)
    return _begun(
        request, lambda: begin_report(node, period_by_key(_period()), by=request.user, at=now())
    )


@require_POST
@opens(check_can_see_reports)
def report_correct(request: PageRequest, uid: UUID) -> HttpResponse:
    """Begin the correction of a figure whose period is frozen, with its reason."""
    report, reason = report_by_uid(uid, reader=request.user), request.POST.get("reason", "")
    return _begun(request, lambda: correct_report(report, reason, by=request.user, at=now()))


def _begun(request: PageRequest, act: Callable[[], Report]) -> HttpResponse:
    """Do it once, and go on to the form."""
    key = act_key(request.POST.get("key", ""))
    with once(key, by=request.user, act="report.begin", at=now()) as claim:
        if not claim.done_before:
            claim.outcome = reverse("report", args=[act().uid])
    return redirect(claim.outcome)


def _period() -> str:
    period = period_shown(now())
    if period is None:
        raise Missing("period.none", _("还没有开放的报告期。"))
    return period.key
