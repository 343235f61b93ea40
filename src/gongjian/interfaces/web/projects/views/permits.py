"""The checklist before construction of one project."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gongjian.flow.plan.queries import read_day
from gongjian.flow.projects.models import Project
from gongjian.flow.projects.queries import (
    gate_hint,
    permit_by_uid,
    permit_rows,
    permit_tally,
    permit_template,
    project_by_uid,
    usual_days,
)
from gongjian.flow.projects.rules import check_can_read_projects, check_can_report, check_reports_on
from gongjian.flow.projects.usecases import PermitWords, begin_checklist, change_permit, open_proof
from gongjian.interfaces.request import PageRequest, now, opens, today, why_not
from gongjian.interfaces.web.acts import uids_named, version_typed
from gongjian.interfaces.web.projects.forms import clean
from gongjian.lib.refusals import Refused

DATES = ("plan_date", "applied_on", "done_on", "valid_until")


@require_http_methods(["GET", "POST"])
@opens(check_can_read_projects)
def permits(request: PageRequest, uid: UUID) -> HttpResponse:
    """Every permit of a project: begun from the template, kept line by line."""
    found = project_by_uid(uid, reader=request.user)
    if request.method == "GET":
        return _page(request, found)
    given = clean(request.POST)
    try:
        check_reports_on(found, by=request.user)
        if given.get("act") == "begin":
            begin_checklist(found, by=request.user, at=now())
            return redirect("permits", uid=uid)
        item = permit_by_uid(found, uids_named([given.get("permit", "")])[0])
        change_permit(
            item,
            _words(request, found),
            version=version_typed(given.get("version", "")),
            by=request.user,
            at=now(),
        )
    except Refused as no:
        return _page(request, found, refused=no)
    return redirect("permits", uid=uid)


def _words(request: PageRequest, found: Project) -> PermitWords:
    """What was said of one line. Refused: plan.day, evidence.classified, file.*"""
    given, year = clean(request.POST), today().year
    dates = {
        name: read_day(typed, year)[0] if (typed := given.get(name, "").strip()) else None
        for name in DATES
    }
    upload, file = request.FILES.get("file"), None
    if upload is not None:
        name = upload.name or _("手续")
        file = open_proof(found, name, upload.read(), by=request.user, at=now())
    return PermitWords(
        applicable=given.get("applicable") == "on",
        doc_no=given.get("doc_no", ""),
        blocked_by=given.get("blocked_by", ""),
        file=file,
        **dates,
    )


def _page(request: PageRequest, found: Project, *, refused: Refused | None = None) -> HttpResponse:
    rows = permit_rows(found, on=today())
    days = usual_days(found)
    blocked = why_not(check_can_report, found, by=request.user, day=today(), today=today())
    context: dict[str, Any] = {
        "project": found,
        "rows": [(row, days.get(row.code)) for row in rows],
        "tally": permit_tally(rows),
        "template": permit_template(found.track),
        "hint": gate_hint(found, reader=request.user, known_at=now()),
        "blocked": blocked,
        "opened": request.POST.get("permit", "") or request.GET.get("permit", ""),
        "typed": request.POST if refused else None,
        "refused": refused,
    }
    return render(request, "projects/permits.html", context, status=409 if refused else 200)
