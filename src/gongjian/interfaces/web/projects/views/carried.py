"""The projects of a unit or township, and of a leader: how far each is and what comes next."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongjian.flow.duties.models import Duty
from gongjian.flow.duties.queries import PARTS, projects_of_unit, projects_sponsored_by
from gongjian.flow.duties.rules import check_can_see_load
from gongjian.flow.plan.models import Campaign
from gongjian.flow.plan.queries import campaign_in_force, written_day
from gongjian.flow.projects.models import DateChange, Stage, Standing
from gongjian.flow.projects.queries import (
    GanttRow,
    LineFilter,
    LineRow,
    Ungrouped,
    gantt_rows,
    line_rows,
    line_sums,
    lines_meant,
    sums_shown,
)
from gongjian.flow.projects.rules import check_can_read_projects
from gongjian.flow.projects.usecases import follow_register
from gongjian.foundation.orgs.models import Unit
from gongjian.foundation.orgs.queries import holder_on, post_by_uid, unit_by_uid
from gongjian.interfaces.request import PageRequest, now, opens, today
from gongjian.interfaces.web.paging import Page
from gongjian.interfaces.web.projects.money import money, wan
from gongjian.interfaces.web.projects.rows.gantt_bars import Span, axis, bars


@require_GET
@opens(check_can_read_projects)
def unit_projects(request: PageRequest, uid: UUID) -> HttpResponse:
    """What stands in a township, or what a unit leads, answers for or supports."""
    unit, campaign = unit_by_uid(uid), campaign_in_force(today())
    typed = request.GET.get("part", "")
    part = typed if typed in PARTS else ""
    context: dict[str, Any] = {
        "title": unit.short_name,
        "parent": (unit.name, reverse("unit", args=[unit.uid])),
    }
    if campaign is not None:
        follow_register(at=now())
        wanted = LineFilter(within=((projects_of_unit, (unit.pk, part)),))
        context |= {"parts": _parts(unit, campaign, part), **_listed(request, campaign, wanted)}
    return render(request, "projects/carried.html", context)


@require_GET
@opens(check_can_read_projects)
def leader_projects(request: PageRequest, uid: UUID) -> HttpResponse:
    """What a leader sponsors, for that leader and the office. Refused: load.own-or-office."""
    post, campaign = post_by_uid(uid), campaign_in_force(today())
    holding = holder_on(post, today())
    check_can_see_load(holding.person if holding else None, by=request.user)
    name = holding.person.name if holding else _("%(post)s（空缺）") % {"post": post.name}
    context: dict[str, Any] = {
        "title": name,
        "parent": (post.name, reverse("leader", args=[post.uid])),
        "own": True,
    }
    if campaign is not None:
        follow_register(at=now())
        wanted = LineFilter(within=((projects_sponsored_by, post.uid),))
        context |= _listed(request, campaign, wanted)
    return render(request, "projects/carried.html", context)


def _listed(request: PageRequest, campaign: Campaign, wanted: LineFilter) -> dict[str, Any]:
    sums = sums_shown(line_sums(campaign, wanted, on=today()), "")
    page = Page.of(request.GET.dict(), total=sums.count)
    lines = line_rows(campaign, wanted, on=today(), offset=page.offset, limit=page.size)
    found = lines_meant(campaign.pk, wanted, on=today())
    dates = gantt_rows(found, Ungrouped(), known_at=now(), offset=page.offset, limit=page.size)
    span = Span.over(dates, today())
    return {
        "campaign": campaign,
        "page": page,
        "amount": money(sums.total) if sums.total else "",
        "axis": axis(span, today()),
        "rows": [_shown(*each, span) for each in zip(lines, dates, strict=True)],
    }


def _parts(unit: Unit, campaign: Campaign, part: str) -> list[tuple[str, str, int | None, bool]]:
    """The parts a unit has in projects, with how many; those it has none in are left out."""
    labels = {"": _("全部"), "host": _("属地"), **{c.value: str(c.label) for c in Duty.Role}}
    counts = {}
    for code in labels:
        wanted = LineFilter(within=((projects_of_unit, (unit.pk, code)),))
        counts[code] = lines_meant(campaign.pk, wanted, on=today()).count()
    return [
        (label, f"?part={code}" if code else "?", counts[code], code == part)
        for code, label in labels.items()
        if counts[code] or code in ("", part)
    ]


def _shown(line: LineRow, dates: GanttRow, span: Span) -> dict[str, Any]:
    known = line.year_plan and line.year_done is not None
    standing = Standing(line.standing)
    return {
        "line": line,
        "uid": line.project__uid,
        "name": line.project__name,
        "township": dates.township,
        "standing": "" if standing == Standing.ACTIVE else standing.label,
        "stage": Stage(line.stage).label if line.stage else "",
        "next": DateChange.Kind(line.next_kind).label if line.next_day else "",
        "when": written_day(line.next_day, line.next_precision) if line.next_day else "",
        "before": written_day(line.next_old, line.next_old_precision) if line.next_old else "",
        "over": (today() - line.due).days if line.due and line.due < today() else 0,
        "total": money(line.total),
        "plan": wan(line.year_plan),
        "done": wan(line.year_done),
        "rate": line.year_done / line.year_plan if known else None,  # type: ignore[operator]
        "bars": bars(dates, span, today()),
    }
