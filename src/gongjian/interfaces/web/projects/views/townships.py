"""The map of the townships: where the projects of a list are, coloured by what is asked."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongjian.flow.plan.queries import campaign_in_force
from gongjian.flow.projects.queries import list_version, place_rows, placed
from gongjian.flow.projects.rules import check_can_read_projects
from gongjian.interfaces.request import PageRequest, now, opens, today
from gongjian.interfaces.web.kept import kept_until_written
from gongjian.interfaces.web.projects.money import money
from gongjian.interfaces.web.projects.rows.asked import ListAsked
from gongjian.interfaces.web.projects.rows.places import Measure, measures_of, picture, shown_by
from gongjian.interfaces.web.projects.rows.tabs import tabs


@require_GET
@opens(check_can_read_projects)
@kept_until_written()
def townships_page(request: PageRequest) -> HttpResponse:
    """Every township by the chosen measure, drawn and as a table in the office's order."""
    asked = ListAsked.of(request.GET, campaign_in_force(today()), names=("list", "on", "by"))
    context: dict[str, Any] = {"room_tabs": tabs(request.user, "townships"), "asked": asked}
    if asked.listed is not None:
        rows = place_rows(asked.listed, as_of=asked.day, known_at=now())
        measures = measures_of(rows)
        typed = request.GET.get("by", "")
        measure = next((one for one in measures if one.code == typed), measures[0])
        shown, legend = shown_by(measure, rows, asked)
        where = placed([row.code for row in rows if row.uid])
        there = {*where.rings, *where.cells}
        context |= {
            "wrong": _wrong(typed, measure),
            "version": list_version(asked.listed, asked.day),
            "measures": [(one.code, one.label, one == measure) for one in measures],
            "measure": measure,
            "definition": rows[0].rates.get(measure.code) if rows else None,
            "rows": [(one, money(one.row.amount) if one.row.amount else "") for one in shown],
            "legend": list(enumerate(legend, start=1)),
            "where": where,
            "picture": picture(shown, where),
            "beside": [one.row.name for one in shown if one.row.uid and one.row.code not in there],
        }
    return render(request, "projects/townships.html", context)


def _wrong(typed: str, measure: Measure) -> str:
    """What is said of a measure that is none."""
    if not typed or typed == measure.code:
        return ""
    said = {"typed": typed[:20], "label": measure.label}
    return _("没有“%(typed)s”这个指标，下面按%(label)s上色。") % said
