"""The list of projects: how far each is, and what it costs."""

from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongjian.flow.duties.queries import rows_xlsx
from gongjian.flow.plan.models import Campaign
from gongjian.flow.plan.queries import campaign_in_force
from gongjian.flow.projects.models import PlanClass
from gongjian.flow.projects.queries import (
    RegisterFilter,
    RegisterRow,
    count_register,
    count_waiting,
    register_rows,
    stage_counts,
    steps_of,
    townships,
    whole_investment,
)
from gongjian.flow.projects.rules import check_can_keep_project, check_can_read_projects
from gongjian.interfaces.request import PageRequest, now, opens, today, why_not
from gongjian.interfaces.web.answers import attachment
from gongjian.interfaces.web.paging import Page
from gongjian.interfaces.web.projects.money import money, wan

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
@opens(check_can_read_projects)
def projects(request: PageRequest) -> HttpResponse:
    """Every project of the campaign: its stage, its class, its money; filtered, in pages."""
    campaign = campaign_in_force(today())
    given = request.GET
    wanted = RegisterFilter(
        words=given.get("q", "").strip(),
        township=given.get("township", "").strip(),
        plan_class=given.get("class", "").strip(),
        stage=given.get("stage", "").strip(),
    )
    context: dict[str, Any] = {
        "rows": [],
        "wanted": wanted,
        "townships": [
            (one.short_name, one.short_name == wanted.township) for one in townships(on=today())
        ],
        "classes": [(c.value, c.label, c.value == wanted.plan_class) for c in PlanClass],
        "blocked": why_not(check_can_keep_project, request.user),
        "turns": bool(steps_of(request.user)),
        "waiting": sum(sum(count_waiting(request.user, one)) for one in steps_of(request.user)),
    }
    if campaign is not None:
        if given.get("format") == "xlsx":
            return attachment(_file(campaign, wanted), f"{_('项目清单')}.xlsx", kind=XLSX)
        total = count_register(campaign, wanted, known_at=now())
        page = Page.of(given.dict(), total=total)
        rows = register_rows(campaign, wanted, known_at=now(), offset=page.offset, limit=page.size)
        context |= {
            "campaign": campaign,
            "page": page,
            "whole": money(whole_investment(campaign, wanted, known_at=now())),
            "stages": _stages(campaign, wanted),
            "rows": [_shown(row) for row in rows],
        }
    return render(request, "projects/projects.html", context)


def _stages(campaign: Campaign, wanted: RegisterFilter) -> list[tuple[str, str, int, bool]]:
    """(label, address, count, current) of each stage somebody stands at."""
    counts = stage_counts(campaign, known_at=now())
    whole = [("", _("全部"), sum(count for _code, _label, count in counts))]
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


def _file(campaign: Campaign, wanted: RegisterFilter) -> bytes:
    heads = (
        (_("项目名称"), 40.0),
        (_("项目代码"), 28.0),
        (_("属地镇街"), 14.0),
        (_("年度计划类别"), 14.0),
        (_("阶段"), 14.0),
        (_("阶段日期"), 12.0),
        (_("状态"), 10.0),
        (_("总投资（万元）"), 16.0),
        (_("年度计划投资（万元）"), 18.0),
        (_("当年累计完成（万元，调度口径）"), 22.0),
    )
    lines = [
        (
            row.name,
            row.code,
            row.township,
            row.plan_class,
            row.stage_label,
            row.stage_day.isoformat() if row.stage_day else "",
            row.standing_label,
            wan(row.total_investment),
            wan(row.year_plan),
            wan(row.year_done),
        )
        for row in register_rows(campaign, wanted, known_at=now())
    ]
    day = _("截止日期：%(day)s；空格是未报，不是 0") % {"day": today().isoformat()}
    return rows_xlsx(_("%(name)s项目清单") % {"name": campaign.name}, heads, lines, notes=[day])
