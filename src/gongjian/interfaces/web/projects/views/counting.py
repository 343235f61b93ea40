"""Where the figures of targets come from: typed by a unit, or counted from the register."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from gongjian.flow.plan.models import Target, TargetSource
from gongjian.flow.plan.queries import campaign_in_force, target_by_uid
from gongjian.flow.projects.queries import (
    CountedFigure,
    Counting,
    counted_figure,
    counted_projects,
    source_on,
    source_rows,
    what_counts,
    would_count,
)
from gongjian.flow.projects.rules import check_can_keep_project, check_can_read_projects
from gongjian.flow.projects.usecases import count_target, type_target
from gongjian.foundation.records.usecases import once
from gongjian.interfaces.request import PageRequest, now, opens, today, why_not
from gongjian.interfaces.web.acts import act_key
from gongjian.interfaces.web.paging import Page
from gongjian.interfaces.web.projects.forms import clean, day_typed
from gongjian.interfaces.web.projects.money import money
from gongjian.interfaces.web.projects.rows.tabs import tabs
from gongjian.lib.refusals import Refused
from gongjian.lib.rounding import written

Source = TargetSource.Source
COUNTING = (Source.STAGE_EVENTS, Source.PROJECT_MONTHS)


@require_GET
@opens(check_can_keep_project)
def counting(request: PageRequest) -> HttpResponse:
    """Every target with where its figure comes from."""
    campaign, words = campaign_in_force(today()), request.GET.get("q", "").strip()
    which = request.GET.get("source", "")
    context: dict[str, Any] = {
        "room_tabs": tabs(request.user, "counting"),
        "q": words,
        "sources": [(one.value, one.label, one.value == which) for one in Source],
    }
    if campaign is not None:
        found = [
            row
            for row in source_rows(campaign, on=today())
            if words in row.name and which in ("", row.source)
        ]
        page = Page.of(request.GET.dict(), total=len(found))
        context |= {"page": page, "rows": found[page.offset : page.offset + page.size]}
    return render(request, "projects/counting.html", context)


@require_http_methods(["GET", "POST"])
@opens(check_can_read_projects)
def target_counted(request: PageRequest, uid: UUID) -> HttpResponse:
    """What a target counts, project by project; the office switches it, seeing first what for."""
    target = target_by_uid(uid, reader=request.user)
    if request.method == "GET":
        return _page(request, target)
    given = clean(request.POST)
    try:
        check_can_keep_project(request.user)
        day = day_typed(given.get("from", ""), today().year, label=_("从哪天起"))
        key = act_key(given.get("key", ""))
        with once(key, by=request.user, act="target.count", at=now()) as claim:
            if not claim.done_before:
                _switch(request, target, given, day)
    except Refused as no:
        return _page(request, target, refused=no)
    return redirect("target_counted", uid=uid)


def _switch(request: PageRequest, target: Target, given: Mapping[str, str], day: date) -> None:
    """Let the register count the target from a day on, or the unit report it again."""
    if given.get("act") == "typed":
        reason = given.get("reason", "")
        type_target(target, reason, from_day=day, by=request.user, at=now())
        return
    source, counts = _chosen(given.get("choice", ""))
    count_target(target, source, counts, from_day=day, by=request.user, at=now())


def _chosen(choice: str) -> tuple[str, str]:
    """The source and what of it. Refused: target.counts."""
    source, _colon, counts = choice.partition(":")
    if source not in COUNTING or counts not in what_counts(source):
        raise Refused("target.counts", _("请选这个目标计哪个阶段，或者哪一项资金。"))
    return source, counts


def _page(request: PageRequest, target: Target, *, refused: Refused | None = None) -> HttpResponse:
    given = request.POST or request.GET
    held, on = source_on(target, today()), today()
    choice = given.get("choice", f"{held.source}:{held.counts}" if held else "")
    keeps = not why_not(check_can_keep_project, request.user)
    figure = _foreseen(target, choice, on) or counted_figure(target, as_of=on, known_at=now())
    context: dict[str, Any] = {
        "target": target,
        "held": held,
        "held_label": what_counts(held.source).get(held.counts, "") if held else "",
        "is_counted": held is not None and held.source in COUNTING,
        "keeps": keeps,
        "groups": [
            (source.label, [(f"{source.value}:{code}", label, f"{source.value}:{code}" == choice)
                            for code, label in what_counts(source).items()])
            for source in COUNTING
        ],
        "from": given.get("from", date(on.year, on.month, 1).isoformat()),
        "reason": given.get("reason", ""),
        "on": on,
        "key": uuid4(),
        "refused": refused,
    }  # fmt: skip
    if figure is not None:
        context |= _figure(request, target, figure)
    return render(request, "projects/counted.html", context, status=409 if refused else 200)


def _foreseen(target: Target, choice: str, on: date) -> CountedFigure | None:
    """What the choice would count; None where it is none yet."""
    try:
        source, counts = _chosen(choice)
    except Refused:
        return None
    held = source_on(target, on)
    kind = held.kind if held else Target.Kind.FLOW
    return would_count(target, Counting(source, counts, kind), as_of=on, known_at=now())


def _figure(request: PageRequest, target: Target, figure: CountedFigure) -> dict[str, Any]:
    page = Page.of(request.GET.dict(), total=len(figure.projects))
    rows = counted_projects(
        figure, target.action.campaign.year, known_at=now(), offset=page.offset, limit=page.size
    )
    value: Decimal = figure.value / target.factor
    return {
        "figure": figure,
        "counts_label": what_counts(figure.source).get(figure.counts, ""),
        "value": written(value),
        "by_stage": figure.source == Source.STAGE_EVENTS,
        "page": page,
        "rows": [(row, money(row.amount)) for row in rows],
    }
