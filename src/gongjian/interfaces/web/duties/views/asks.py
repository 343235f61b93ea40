"""What a unit is asked, and its answers."""

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gongjian.flow.duties.models import Duty
from gongjian.flow.duties.queries import (
    OpinionRow,
    ask_rows,
    asked_lists,
    filler_moves,
    opinion_by_uid,
    opinions_named,
    waiting_years,
)
from gongjian.flow.duties.rules import check_can_see_asks, check_speaks_for
from gongjian.flow.duties.usecases import claim_lines, object_line
from gongjian.flow.plan.models import Campaign
from gongjian.foundation.orgs.queries import unit_choices
from gongjian.interfaces.request import PageRequest, now, opens, today, why_not
from gongjian.interfaces.web.acts import uids_named
from gongjian.interfaces.web.duties.forms import unit_of
from gongjian.interfaces.web.duties.rows.tabs import room, year_of
from gongjian.interfaces.web.paging import SIZE, Page
from gongjian.interfaces.web.picking import pick, uids_in
from gongjian.interfaces.web.plan.views.tree import campaign_asked
from gongjian.lib.refusals import Refused


@require_GET
@opens(check_can_see_asks)
def asks(request: PageRequest) -> HttpResponse:
    """The lines a unit is asked about: those that wait first."""
    return _asks_page(request)


@require_POST
@opens(check_can_see_asks)
def asks_claim(request: PageRequest) -> HttpResponse:
    """Take on one line, or several once they were looked at again with their roles."""
    try:
        found = opinions_named(uids_named(request.POST.getlist("opinion")))
        if len(found) > 1 and not request.POST.get("sure"):
            return _second_look(request, {opinion.uid for opinion in found})
        claim_lines(found, by=request.user, at=now())
    except Refused as no:
        return _asks_page(request, refused=no)
    return redirect(reverse("asks") + year_of(_campaign(request)))


@require_POST
@opens(check_can_see_asks)
def opinion_object(request: PageRequest, uid: UUID) -> HttpResponse:
    """Say that another unit is the better one, and why."""
    opinion = opinion_by_uid(uid)
    if request.POST.get("find"):
        return _asks_page(request, objecting=uid)
    try:
        better = unit_of(request.POST.get("better", ""))
        reason = request.POST.get("reason", "")
        object_line(opinion, better, reason, by=request.user, at=now())
    except Refused as no:
        return _asks_page(request, refused=no, objecting=uid)
    return redirect(reverse("asks") + year_of(_campaign(request)))


def _campaign(request: PageRequest) -> Campaign | None:
    """The year asked for; else that of the newest list the unit was asked about."""
    unit = request.user.unit
    if unit is None or request.GET.get("year") or request.POST.get("year"):
        return campaign_asked(request)
    asked = asked_lists(unit)
    return asked[0].campaign if asked else campaign_asked(request)


def _open_at(
    rows: Sequence[OpinionRow], given: dict[str, str], objecting: UUID | None
) -> dict[str, str]:
    """The address of the page on which the line stands that is objected to."""
    places = [place for place, row in enumerate(rows) if row.uid == objecting]
    return given | {"page": str(places[0] // SIZE + 1)} if places else given


def _second_look(request: PageRequest, uids: set[UUID]) -> HttpResponse:
    """What is about to be claimed, with how many lines by role; nothing is claimed yet."""
    campaign = _campaign(request)
    asked = ask_rows(request.user, on=today(), at=now(), campaign=campaign)
    rows = [row for row in asked if row.uid in uids]
    counts = Counter(row.role_label for row in rows)
    context = {
        **room(request.user, "asks", campaign),
        "unit": request.user.unit,
        "rows": sorted(rows, key=lambda row: list(Duty.Role.values).index(row.role)),
        "counts": list(counts.items()),
    }
    return render(request, "duties/claim.html", context)


def _asks_page(
    request: PageRequest, *, refused: Refused | None = None, objecting: UUID | None = None
) -> HttpResponse:
    unit, campaign = request.user.unit, _campaign(request)
    objecting = objecting or next(iter(uids_in(request.GET, "of")), None)
    blocked = why_not(check_speaks_for, unit, by=request.user) if unit else ""
    rows = ask_rows(request.user, on=today(), at=now(), campaign=campaign)
    waiting = waiting_years(request.user, at=now())
    kept = {name: value for name, value in request.GET.dict().items() if name != "of"}
    page = Page.of(_open_at(rows, kept, objecting), total=len(rows))
    context = {
        **room(request.user, "asks", campaign),
        "elsewhere": [one for one in waiting.items() if one[0] != getattr(campaign, "year", 0)],
        "rows": rows[page.offset : page.offset + page.size],
        "page": page,
        "open": [] if blocked else [row.uid for row in rows if row.state == "open"],
        "blocked": blocked if any(row.state == "open" for row in rows) else "",
        "objecting": objecting,
        "pick": pick(
            "better",
            _("该由哪个单位负责"),
            unit_choices(on=today()),
            of="units",
            given=request.POST,
            one=True,
            bare=True,
        )
        if objecting
        else None,
        "unit": unit,
        "moves": filler_moves(unit, on=today()) if unit else [],
        "typed": request.POST,
        "refused": refused,
    }
    return render(request, "duties/asks.html", context, status=409 if refused else 200)
