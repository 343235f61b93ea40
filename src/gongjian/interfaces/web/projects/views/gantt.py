"""The chart of time over the projects: the page, and the windows its drawing fetches."""

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongjian.flow.plan.queries import campaign_in_force
from gongjian.flow.projects.models import PlanClass, Stage, Standing
from gongjian.flow.projects.queries import (
    NONE,
    GanttRow,
    count_moved,
    gantt_rows,
    lines_meant,
    stage_label,
    township_names,
)
from gongjian.flow.projects.rules import check_can_read_projects
from gongjian.flow.projects.usecases import follow_register
from gongjian.interfaces.request import PageRequest, now, opens, today
from gongjian.interfaces.web.kept import kept_until_written
from gongjian.interfaces.web.paging import SIZE, Page
from gongjian.interfaces.web.projects.rows.filters import hidden, select
from gongjian.interfaces.web.projects.rows.gantt import (
    BY,
    GanttAsked,
    WindowAsked,
    as_line,
    chart_of,
    grouping_of,
    in_groups,
    page_of_groups,
    planned_words,
)
from gongjian.interfaces.web.projects.rows.gantt_bars import Span, axis, bars
from gongjian.interfaces.web.projects.rows.list_asked import list_asked
from gongjian.interfaces.web.projects.rows.list_words import asked_in_words, names_asked
from gongjian.interfaces.web.projects.rows.tabs import tabs

PRINTED = 300  # rows of one print
MOVED = ("state", "moved")  # what the tick asks for


@require_GET
@opens(check_can_read_projects)
@kept_until_written(also=today)
def gantt(request: PageRequest) -> HttpResponse:
    """When things happen and what slipped: drawn where there is a script, a table where not."""
    campaign = campaign_in_force(today())
    places = township_names(on=today())
    asked = _asked(request, places)
    context: dict[str, Any] = {
        "room_tabs": tabs(request.user, "gantt", counted=False),
        "asked": asked,
        "campaign": campaign,
    }
    if campaign is not None:
        follow_register(at=now())
        context |= _filters(asked, places)
        found = lines_meant(campaign.pk, asked.listed.wanted, on=today())
        by = grouping_of(asked.by, campaign, on=today())
        groups = by.heads(found)
        total = sum(group.count for group in groups)
        size = PRINTED if asked.view == "print" else SIZE
        page = Page.of(request.GET.dict(), total=total, size=size)
        within, before = page_of_groups(groups, page.offset, page.size)
        rows = gantt_rows(found, by, within=within, known_at=now(), offset=before, limit=page.size)
        span = Span.over(rows, today())
        context |= {
            "page": page,
            "words": asked_in_words(
                asked.listed, names=names_asked(campaign, asked.listed, today())
            ),
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
@kept_until_written(also=today)
def gantt_window(request: PageRequest) -> HttpResponse:
    """A window of the chart's rows: the filter of the page, the groups, an offset among them."""
    given, campaign = request.GET, campaign_in_force(today())
    if campaign is None:
        return JsonResponse({"rows": []})
    follow_register(at=now())
    asked = _asked(request, township_names(on=today()) if given.get("township") else [])
    window = WindowAsked.of(given.getlist("in"), given)
    rows = gantt_rows(
        lines_meant(campaign.pk, asked.listed.wanted, on=today()),
        grouping_of(asked.by, campaign, on=today()),
        within=window.within,
        known_at=now(),
        offset=window.offset,
        limit=window.limit,
    )
    return JsonResponse(
        {"rows": [as_line(row) for row in rows]}, json_dumps_params={"ensure_ascii": False}
    )


def _asked(request: PageRequest, places: list[str]) -> GanttAsked:
    listed = list_asked(request.GET, townships=places)
    return GanttAsked.of(request.GET, listed)


def _filters(asked: GanttAsked, places: list[str]) -> dict[str, Any]:
    given = asked.listed.given
    stages = [*((one.value, str(one.label)) for one in Stage), (NONE, _("未填阶段"))]
    return {
        "by": [(label, asked.but(by=code), None, code == asked.by) for code, label in BY.items()],
        "usual": [
            select("township", _("属地"), [(name, name) for name in places], given.get("township")),
            select("stage", _("阶段"), stages, given.get("stage")),
            select("class", _("类别"), PlanClass.choices, given.get("class")),
        ],
        "hidden": hidden(
            {name: said for name, said in asked.given.items() if (name, said) != MOVED},
            without=("q", "township", "stage", "class"),
        ),
        "only_moved": given.get("state") == MOVED[1],
    }


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
