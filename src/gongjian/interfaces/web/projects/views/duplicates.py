"""Projects that may be one: side by side, then merged or kept apart."""

from typing import Any
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from gongjian.flow.duties.usecases import merge_duplicates
from gongjian.flow.plan.queries import campaign_in_force
from gongjian.flow.projects.models import Project
from gongjian.flow.projects.queries import (
    duplicate_pairs,
    merging,
    pair_by_uids,
    side_lines,
    why_alike,
)
from gongjian.flow.projects.rules import check_can_keep_project
from gongjian.flow.projects.usecases import keep_apart
from gongjian.foundation.records.usecases import once
from gongjian.interfaces.request import PageRequest, now, opens, today
from gongjian.interfaces.web.acts import act_key
from gongjian.interfaces.web.paging import Page
from gongjian.interfaces.web.projects.forms import clean
from gongjian.interfaces.web.projects.rows.tabs import tabs
from gongjian.lib.refusals import Refused


@require_GET
@opens(check_can_keep_project)
def duplicates(request: PageRequest) -> HttpResponse:
    """Pairs nobody has looked at yet, the most alike first."""
    campaign, words = campaign_in_force(today()), request.GET.get("q", "").strip()
    context: dict[str, Any] = {"room_tabs": tabs(request.user, "duplicates"), "q": words}
    if campaign is not None:
        found = [
            pair
            for pair in duplicate_pairs(campaign)
            if words in pair.one_name or words in pair.other_name
        ]
        page = Page.of(request.GET.dict(), total=len(found))
        context |= {"page": page, "rows": found[page.offset : page.offset + page.size]}
    return render(request, "projects/duplicates.html", context)


@require_http_methods(["GET", "POST"])
@opens(check_can_keep_project)
def duplicate(request: PageRequest, one: UUID, other: UUID) -> HttpResponse:
    """Two projects beside each other; what goes where is shown before it goes."""
    pair = pair_by_uids(one, other, reader=request.user)
    if request.method == "GET":
        return _pair_page(request, pair)
    given = clean(request.POST)
    try:
        with once(act_key(given.get("key", "")), by=request.user, act="duplicate", at=now()) as it:
            if not it.done_before:
                _decide(request, pair, given.get("act", ""), given.get("reason", ""))
    except Refused as no:
        return _pair_page(request, pair_by_uids(one, other, reader=request.user), refused=no)
    return redirect("duplicates")


def _decide(request: PageRequest, pair: tuple[Project, Project], act: str, reason: str) -> None:
    """Merge into the one or the other, or keep both. Refused: duplicate.*, stage.act."""
    first, second = pair
    by, at = request.user, now()
    match act:
        case "one":
            merge_duplicates(first, second, reason, by=by, at=at)
        case "other":
            merge_duplicates(second, first, reason, by=by, at=at)
        case "apart":
            keep_apart(first, second, reason, by=by, at=at)
        case _:
            raise Refused("stage.act", _("不知道要做什么：请用页面上的按钮。"))


def _pair_page(
    request: PageRequest, pair: tuple[Project, Project], *, refused: Refused | None = None
) -> HttpResponse:
    first, second = pair
    context = {
        "room_tabs": tabs(request.user, "duplicates"),
        "one": first,
        "other": second,
        "alike": why_alike(first, second),
        "lines": side_lines(first, second, known_at=now()),
        "ways": [
            ("one", first, merging(first, second, known_at=now())),
            ("other", second, merging(second, first, known_at=now())),
        ],
        "reason": request.POST.get("reason", ""),
        "key": uuid4(),
        "refused": refused,
    }
    return render(request, "projects/duplicate.html", context, status=409 if refused else 200)
