"""What goes out: official tables, long exports on their way, and the way to a superior's table."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongjian.flow.plan.queries import campaign_in_force
from gongjian.flow.progress.queries import snapshot_moments
from gongjian.flow.projects.models import ExportRun, PlanClass
from gongjian.flow.projects.queries import (
    LAYOUTS,
    SHEET,
    export_run,
    export_runs,
    layout_title,
    line_sums,
    stopped_runs,
    sums_shown,
    township_names,
)
from gongjian.flow.projects.rules import check_can_keep_project, check_can_read_projects
from gongjian.flow.projects.usecases import follow_register
from gongjian.foundation.files.queries import bytes_of
from gongjian.interfaces.request import PageRequest, now, opens, today, why_not
from gongjian.interfaces.web.answers import attachment
from gongjian.interfaces.web.projects.forms import choices
from gongjian.interfaces.web.projects.rows.filters import hidden
from gongjian.interfaces.web.projects.rows.list_asked import list_asked
from gongjian.interfaces.web.projects.rows.tabs import tabs
from gongjian.interfaces.web.projects.views.exports import KINDS

NEWEST = 10
ASKED_HERE = ("township", "class", "unit", "page", "size", "dense", "more", "cols")
SNAPSHOTS = 24


@require_GET
@opens(check_can_read_projects)
def papers(request: PageRequest) -> HttpResponse:
    """The official tables to take away, of which projects and which figures; the long exports."""
    campaign, places = campaign_in_force(today()), township_names(on=today())
    asked, chosen = list_asked(request.GET, townships=places), request.GET.get("snapshot", "")
    count = 0
    if campaign is not None:
        follow_register(at=now())
        sums = line_sums(campaign, asked.wanted, on=today())
        count = sums_shown(sums, asked.wanted.stage).count
    runs = list(export_runs(request.user)[:NEWEST])
    stopped = stopped_runs(runs)
    context: dict[str, Any] = {
        "room_tabs": tabs(request.user, "papers"),
        "campaign": campaign,
        "asked": asked,
        "count": count,
        "kept": hidden(asked.given, without=ASKED_HERE),
        "layouts": [(code, layout_title(code)) for code in LAYOUTS],
        "townships": [(name, name == asked.wanted.township) for name in places],
        "classes": choices(PlanClass.choices, asked.wanted.plan_class),
        "snapshots": [
            (one.number, one.taken_at, one.number == chosen)
            for one in snapshot_moments()[:SNAPSHOTS]
        ],
        "yi": request.GET.get("unit", "") == "yi",
        "runs": [(run, _title(run), run.uid in stopped) for run in runs],
        "sends": not why_not(check_can_keep_project, request.user),
    }
    return render(request, "projects/papers.html", context)


@require_GET
@opens(check_can_read_projects)
def export(request: PageRequest, uid: UUID) -> HttpResponse:
    """How far a long export is; then its file."""
    run = export_run(uid, reader=request.user)
    if run.state == ExportRun.State.DONE and request.htmx:
        moved = HttpResponse(status=200)
        moved["HX-Redirect"] = reverse("export", args=[uid])
        return moved
    context = {
        "run": run,
        "stopped": bool(stopped_runs([run])),
        "title": _title(run),
        "room_tabs": tabs(request.user, "papers"),
    }
    return render(request, "projects/export.html", context)


@require_GET
@opens(check_can_read_projects)
def export_written(request: PageRequest, uid: UUID) -> HttpResponse:
    """The file of a long export, for who asked for it."""
    run = export_run(uid, reader=request.user)
    if run.file is None:
        return redirect("export", uid=uid)
    return attachment(bytes_of(run.file), run.name, kind=KINDS[run.form])


def _title(run: ExportRun) -> str:
    if run.layout == SHEET:
        return _("调度表 %(month)s") % {"month": run.columns[0]}
    return layout_title(run.layout) if run.layout in LAYOUTS else str(run.campaign.name)
