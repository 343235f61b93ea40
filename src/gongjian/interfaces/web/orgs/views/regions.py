"""The page of an administrative area: its units and how much they carry."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from gongjian.flow.duties.queries import parts_of_units
from gongjian.flow.duties.rules import check_can_read_duties
from gongjian.flow.projects.queries import counts_of_townships
from gongjian.foundation.orgs.models import Region, Unit
from gongjian.foundation.orgs.queries import (
    count_units_in_region,
    region_by_uid,
    regions_below,
    units_in_region,
)
from gongjian.foundation.orgs.rules import check_can_see_orgs
from gongjian.interfaces.request import PageRequest, opens, today, why_not
from gongjian.interfaces.web.paging import Page
from gongjian.interfaces.web.plan.views.tree import campaign_asked

ROLES = ("lead", "responsible", "supporting")


@opens(check_can_see_orgs)
@require_GET
def region(request: PageRequest, uid: UUID) -> HttpResponse:
    """One area: what lies in it, its units with their duties and projects."""
    found, words = region_by_uid(uid), request.GET.get("q", "").strip()
    total = count_units_in_region(found, on=today(), words=words)
    page = Page.of(request.GET.dict(), total=total)
    shown = units_in_region(found, on=today(), words=words, offset=page.offset, limit=page.size)
    context = {
        "region": found,
        "above": _above(found),
        "below": regions_below(found, on=today()),
        "q": words,
        "page": page,
        **_rows(request, shown),
    }
    return render(request, "orgs/region.html", context)


def _rows(request: PageRequest, shown: list[Unit]) -> dict[str, Any]:
    """(unit, counts by role, projects that stand there); None for who sees no business."""
    campaign = None
    if not why_not(check_can_read_duties, request.user):
        campaign = campaign_asked(request)
    if campaign is None:
        return {"rows": [(unit, None, None) for unit in shown], "campaign": None}
    parts = parts_of_units(campaign, shown, on=today())
    projects = counts_of_townships(campaign, shown)
    return {
        "campaign": campaign,
        "rows": [
            (
                unit,
                [parts.get(unit.pk, {}).get(role, 0) for role in ROLES],
                projects.get(unit.pk, 0),
            )
            for unit in shown
        ],
    }


def _above(region: Region) -> list[Region]:
    """What an area lies in, the widest first."""
    found: list[Region] = []
    while region.parent is not None:
        region = region.parent
        found.insert(0, region)
    return found
