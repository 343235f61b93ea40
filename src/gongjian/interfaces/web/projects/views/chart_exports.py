"""The charts and working lists as files: what the page shows, of the same list and day."""

from collections.abc import Callable

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from gongjian.flow.plan.models import Campaign
from gongjian.flow.plan.queries import campaign_in_force
from gongjian.flow.projects.queries import (
    Basis,
    Table,
    duplicate_pairs,
    duplicates_table,
    funnel,
    funnel_table,
    list_version,
    pace_rows,
    pace_table,
    paces,
    place_rows,
    places_table,
    steps_of,
    waiting_months,
    waiting_stages,
    waiting_table,
)
from gongjian.flow.projects.rules import check_can_keep_project, check_can_read_projects
from gongjian.flow.projects.usecases import note_export
from gongjian.interfaces.request import PageRequest, now, opens, today
from gongjian.interfaces.web.projects.rows.asked import ListAsked
from gongjian.interfaces.web.projects.views.exports import TABLES, no_file, table_answer
from gongjian.interfaces.web.projects.views.waiting import STEPS


@require_GET
@opens(check_can_read_projects)
def chart_file(request: PageRequest, what: str, form: str) -> HttpResponse:
    """A chart of a list, or a list of what is to be done, by the address of its page."""
    campaign, makes = campaign_in_force(today()), MAKES.get(what)
    if campaign is None or makes is None or form not in TABLES:
        raise no_file()
    table = makes(request, campaign)
    note_export(campaign, f"{what}.{form}", len(table.rows), by=request.user, at=now())
    return table_answer(table, form, named="rows", objects=table.rows)


def _of_list(request: PageRequest, campaign: Campaign, what: str) -> Table:
    """A table of the list and day of the address. Missing: list.file, pace.missing."""
    asked = ListAsked.of(request.GET, campaign)
    if asked.listed is None:
        raise no_file()
    version = list_version(asked.listed, asked.day)
    at, by = now(), request.user.display_name
    basis = Basis(asked.day, at)
    if what == "funnel":
        steps = funnel(asked.listed, as_of=asked.day, known_at=at)
        return funnel_table(version, steps, basis=basis, by=by)
    if what == "townships":
        places = place_rows(asked.listed, as_of=asked.day, known_at=at)
        return places_table(version, places, basis=basis, by=by)
    code = request.GET.get("code", "")
    rows = pace_rows(asked.listed, code, as_of=asked.day, known_at=at)
    every = paces(asked.listed, as_of=asked.day, known_at=at)
    pace = next(one for one in every if one.code == code)
    state = request.GET.get("state", "")
    shown = [one for one in rows if state in ("", one.state)]
    return pace_table(version, pace, shown, basis=basis, by=by)


def _duplicates(request: PageRequest, campaign: Campaign) -> Table:
    check_can_keep_project(request.user)
    words = request.GET.get("q", "").strip()
    pairs = [
        pair
        for pair in duplicate_pairs(campaign)
        if words in pair.one_name or words in pair.other_name
    ]
    basis = Basis(today(), now())
    return duplicates_table(campaign, pairs, basis=basis, by=request.user.display_name)


def _waiting(request: PageRequest, campaign: Campaign) -> Table:
    given, mine = request.GET, steps_of(request.user)
    step = next((one for one in mine if one == given.get("step")), mine[0] if mine else None)
    if step is None:
        raise no_file()
    found = waiting_months if given.get("kind") == "months" else waiting_stages
    rows = found(request.user, step)
    basis, by = Basis(today(), now()), request.user.display_name
    return waiting_table(campaign, rows, step=str(STEPS[step]), basis=basis, by=by)


MAKES: dict[str, Callable[[PageRequest, Campaign], Table]] = {
    "funnel": lambda request, campaign: _of_list(request, campaign, "funnel"),
    "townships": lambda request, campaign: _of_list(request, campaign, "townships"),
    "pace": lambda request, campaign: _of_list(request, campaign, "pace"),
    "duplicates": _duplicates,
    "waiting": _waiting,
}
