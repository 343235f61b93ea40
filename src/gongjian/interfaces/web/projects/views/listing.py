"""The list of projects: how far each is, and what it costs."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongjian.flow.plan.models import Campaign
from gongjian.flow.plan.queries import campaign_in_force
from gongjian.flow.projects.models import PlanClass
from gongjian.flow.projects.queries import (
    RegisterFilter,
    RegisterRow,
    count_register,
    newest_rates,
    register_rows,
    stage_counts,
    townships,
    whole_investment,
)
from gongjian.flow.projects.rules import check_can_keep_project, check_can_read_projects
from gongjian.interfaces.request import PageRequest, now, opens, today, why_not
from gongjian.interfaces.web.paging import Page
from gongjian.interfaces.web.projects.money import money, wan
from gongjian.interfaces.web.projects.rows.rates import rates_shown
from gongjian.interfaces.web.projects.rows.tabs import tabs
from gongjian.interfaces.web.projects.views.lists import wanted_of


@require_GET
@opens(check_can_read_projects)
def projects(request: PageRequest) -> HttpResponse:
    """Every project of the campaign: its stage, its class, its money; filtered, in pages."""
    campaign = campaign_in_force(today())
    given, wanted = request.GET, wanted_of(request)
    context: dict[str, Any] = {
        "rows": [],
        "wanted": wanted,
        "townships": [
            (one.short_name, one.short_name == wanted.township) for one in townships(on=today())
        ],
        "classes": [(c.value, c.label, c.value == wanted.plan_class) for c in PlanClass],
        "blocked": why_not(check_can_keep_project, request.user),
        "room_tabs": tabs(request.user, "projects"),
    }
    if campaign is not None:
        total = count_register(campaign, wanted, known_at=now())
        page = Page.of(given.dict(), total=total)
        rows = register_rows(campaign, wanted, known_at=now(), offset=page.offset, limit=page.size)
        context |= {
            "campaign": campaign,
            "page": page,
            "whole": money(whole_investment(campaign, wanted, known_at=now())),
            "stages": _stages(campaign, wanted),
            "rows": [_shown(row) for row in rows],
            "rates": rates_shown(newest_rates(campaign)),
        }
    return render(request, "projects/projects.html", context)


def _stages(campaign: Campaign, wanted: RegisterFilter) -> list[tuple[str, str, int, bool]]:
    """(label, address, count, current) of each stage somebody stands at."""
    counts = stage_counts(campaign, known_at=now())
    going = sum(count for code, _label, count in counts if code != "gone")
    whole = [("", _("全部"), going)]
    return [
        (label, f"?{_query(replace(wanted, stage=code))}", count, code == wanted.stage)
        for code, label, count in [*whole, *counts]
    ]


def _query(wanted: RegisterFilter) -> str:
    said = {
        "q": wanted.words,
        "township": wanted.township,
        "class": wanted.plan_class,
        "stage": wanted.stage,
    }
    return urlencode({name: value for name, value in said.items() if value})


def _shown(row: RegisterRow) -> dict[str, Any]:
    known = row.year_plan and row.year_done is not None
    rate = row.year_done / row.year_plan if known and row.year_done is not None else None  # type: ignore[operator]
    return {
        "row": row,
        "total": money(row.total_investment),
        "plan": wan(row.year_plan),
        "done": wan(row.year_done),
        "rate": rate,
    }
