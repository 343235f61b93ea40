"""The chart of time over the projects: the page, and the windows its drawing fetches."""

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongjian.flow.plan.queries import campaign_in_force
from gongjian.flow.projects.models import PlanClass, Stage, Standing
from gongjian.flow.projects.queries import (
    MOST,
    GanttRow,
    charted,
    count_moved,
    gantt_rows,
    stage_label,
    townships,
)
from gongjian.flow.projects.rules import check_can_read_projects
from gongjian.interfaces.request import PageRequest, now, opens, today
from gongjian.interfaces.web.kept import kept_until_written
from gongjian.interfaces.web.paging import SIZE, Page
from gongjian.interfaces.web.projects.forms import choices
from gongjian.interfaces.web.projects.rows.gantt import (
    BY,
    GanttAsked,
    WindowAsked,
    as_line,
    chart_of,
    grouping_of,
    in_groups,
    planned_words,
)
from gongjian.interfaces.web.projects.rows.gantt_bars import Span, axis, bars
from gongjian.interfaces.web.projects.rows.tabs import tabs
from gongjian.interfaces.web.projects.views.lists import wanted_of

PRINTED = MOST  # rows of one print


@require_GET
@opens(check_can_read_projects)
@kept_until_written()
def gantt(request: PageRequest) -> HttpResponse:
    """When things happen and what slipped: drawn where there is a script, a table where not."""
    asked, campaign = GanttAsked.of(request.GET, wanted_of(request)), campaign_in_force(today())
    context: dict[str, Any] = {
        "room_tabs": tabs(request.user, "gantt"),
        "asked": asked,
        "campaign": campaign,
        "by": [(label, asked.but(by=code), None, code == asked.by) for code, label in BY.items()],
        "townships": choices(
            [(one.short_name, one.short_name) for one in townships(on=today())],
            asked.wanted.township,
        ),
        "classes": choices(PlanClass.choices, asked.wanted.plan_class),
        "stages": choices([*Stage.choices, ("none", _("未填阶段"))], asked.wanted.stage),
    }
    if campaign is not None:
        found = charted(campaign, asked.wanted, moved=asked.moved, known_at=now())
        by = grouping_of(asked.by, campaign, on=today(), known_at=now())
        groups = by.groups(found)
        total = sum(group.count for group in groups)
        size = PRINTED if asked.view == "print" else SIZE
        page = Page.of(request.GET.dict(), total=total, size=size)
        rows = gantt_rows(found, by, known_at=now(), offset=page.offset, limit=page.size)
        span = Span.over(rows, today())
        context |= {
            "page": page,
            "moved": count_moved(found),
            "chart": chart_of(
                asked,
                groups,
                rows if page.number == 1 else [],
                year=campaign.year,
                day=today(),
            ),
            "axis": axis(span, today()),
            "groups": [
                (group, [_shown(row, span) for row in inside])
                for group, inside in in_groups(rows, groups)
            ],
        }
    return render(request, "projects/gantt.html", context)


@require_GET
@opens(check_can_read_projects)
@kept_until_written()
def gantt_window(request: PageRequest) -> HttpResponse:
    """A window of the chart's rows: the filter of the page, the groups, an offset among them."""
    given, campaign = request.GET, campaign_in_force(today())
    if campaign is None:
        return JsonResponse({"rows": []})
    asked = GanttAsked.of(given, wanted_of(request))
    window = WindowAsked.of(given.getlist("in"), given)
    rows = gantt_rows(
        charted(campaign, asked.wanted, moved=asked.moved, known_at=now()),
        grouping_of(asked.by, campaign, on=today(), known_at=now()),
        within=window.within or None,
        known_at=now(),
        offset=window.offset,
        limit=window.limit,
    )
    return JsonResponse(
        {"rows": [as_line(row) for row in rows]}, json_dumps_params={"ensure_ascii": False}
    )


def _shown(row: GanttRow, span: Span) -> dict[str, Any]:
    began, over = row.went
    return {
        "row": row,
        "standing": "" if row.standing == Standing.ACTIVE else Standing(row.standing).label,
        "stage": stage_label(row.stage) if row.stage else "",
        "begin": planned_words(row.begin),
        "finish": planned_words(row.finish),
        "began": began,
        "over": over,
        "bars": bars(row, span, today()),
    }
