"""The projects of a unit or township, and of a leader: how far each is and what comes next."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongjian.flow.duties.models import Duty
from gongjian.flow.duties.queries import PARTS, projects_of_post, projects_of_unit
from gongjian.flow.duties.rules import check_can_see_load
from gongjian.flow.plan.models import Campaign
from gongjian.flow.plan.queries import campaign_in_force, written_day
from gongjian.flow.projects.models import Project
from gongjian.flow.projects.queries import CarriedRow, carried_rows, carried_sum
from gongjian.flow.projects.rules import check_can_read_projects
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
        "parts": _parts(unit, campaign, part) if campaign else [],
    }
    if campaign is not None:
        found = projects_of_unit(unit, campaign, part, on=today())
        context |= _listed(request, found, campaign)
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
        found = projects_of_post(post, campaign, on=today())
        context |= _listed(request, found, campaign)
    return render(request, "projects/carried.html", context)


def _listed(request: PageRequest, found: QuerySet[Project], campaign: Campaign) -> dict[str, Any]:
    whole = carried_sum(found)
    page = Page.of(request.GET.dict(), total=whole.count)
    rows = carried_rows(
        found, campaign, on=today(), known_at=now(), offset=page.offset, limit=page.size
    )
    span = Span.over([one.dates for one in rows], today())
    return {
        "campaign": campaign,
        "page": page,
        "amount": money(whole.amount) if whole.amount else "",
        "axis": axis(span, today()),
        "rows": [_shown(one, span) for one in rows],
    }


def _parts(unit: Any, campaign: Campaign, part: str) -> list[tuple[str, str, int | None, bool]]:
    """The parts a unit has in projects, with how many; those it has none in are left out."""
    labels = {"": _("全部"), "host": _("属地"), **{c.value: str(c.label) for c in Duty.Role}}
    counts = {code: projects_of_unit(unit, campaign, code, on=today()).count() for code in labels}
    return [
        (label, f"?part={code}" if code else "?", counts[code], code == part)
        for code, label in labels.items()
        if counts[code] or code in ("", part)
    ]


def _shown(one: CarriedRow, span: Span) -> dict[str, Any]:
    row, ahead = one.row, one.ahead
    known = row.year_plan and row.year_done is not None
    return {
        "row": row,
        "ahead": ahead,
        "when": written_day(ahead.day, ahead.precision) if ahead else "",
        "total": money(row.total_investment),
        "plan": wan(row.year_plan),
        "done": wan(row.year_done),
        "rate": row.year_done / row.year_plan if known else None,  # type: ignore[operator]
        "bars": bars(one.dates, span, today()),
    }
