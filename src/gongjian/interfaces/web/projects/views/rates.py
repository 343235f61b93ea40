"""Rates over a list as of a day, the projects behind each, and the four 快."""

from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from gongjian.flow.plan.queries import campaign_in_force
from gongjian.flow.projects.queries import (
    RateMember,
    RateRow,
    definition_versions,
    frozen_days,
    list_by_uid,
    list_version,
    pace_rows,
    paces,
    rate_behind,
    rate_rows,
    rates_as_of,
    rule_of,
)
from gongjian.flow.projects.rules import check_can_keep_lists, check_can_read_projects
from gongjian.flow.projects.usecases import publish_rates, reckon_rates
from gongjian.foundation.records.usecases import once
from gongjian.interfaces.request import PageRequest, now, opens, today, why_not
from gongjian.interfaces.web.acts import act_key, uids_named
from gongjian.interfaces.web.paging import Page
from gongjian.interfaces.web.projects.forms import day_typed
from gongjian.interfaces.web.projects.money import money
from gongjian.interfaces.web.projects.rows.asked import ListAsked
from gongjian.interfaces.web.projects.rows.rates import number_shown, rates_shown
from gongjian.interfaces.web.projects.rows.tabs import tabs
from gongjian.lib.refusals import Refused

FROZEN_SHOWN = 8
SIDES = ("below", "above", "short", "unreported")


@require_http_methods(["GET", "POST"])
@opens(check_can_read_projects)
def rates(request: PageRequest) -> HttpResponse:
    """Every rate of a list as of a day; the office freezes them, or publishes the definitions."""
    if request.method == "GET":
        return _rates_page(request)
    given = request.POST
    try:
        check_can_keep_lists(request.user)
        with once(act_key(given.get("key", "")), by=request.user, act="rates", at=now()) as claim:
            if not claim.done_before:
                _keep(request)
    except Refused as no:
        return _rates_page(request, refused=no)
    kept = {name: given.get(name, "") for name in ("list", "on")}
    return redirect(f"{reverse('rates')}?{urlencode(kept)}")


def _keep(request: PageRequest) -> None:
    """Freeze the rates of a list, or publish the shipped definitions. Refused: office.only."""
    given, by, at = request.POST, request.user, now()
    if given.get("act") == "publish":
        publish_rates(by=by, at=at)
        return
    listed = list_by_uid(uids_named([given.get("list", "")])[0], reader=by)
    day = day_typed(given.get("on", ""), today().year, label=_("截至日期"))
    reckon_rates(listed, as_of=day, by=by, at=at)


def _rates_page(request: PageRequest, *, refused: Refused | None = None) -> HttpResponse:
    campaign = campaign_in_force(today())
    asked = ListAsked.of((request.POST or request.GET).dict(), campaign)
    context: dict[str, Any] = {
        "room_tabs": tabs(request.user, "rates"),
        "asked": asked,
        "keeps": not why_not(check_can_keep_lists, request.user),
        "key": uuid4(),
        "refused": refused,
    }
    if asked.listed is not None:
        frozen = frozen_days(asked.listed)
        context |= {
            "version": list_version(asked.listed, asked.day),
            "rates": rates_shown(rates_as_of(asked.listed, as_of=asked.day, known_at=now())),
            "kept": {row.row.code: row for row in rates_shown(rate_rows(asked.listed, asked.day))},
            "days": frozen[:FROZEN_SHOWN],
            "more_days": len(frozen) - FROZEN_SHOWN,
        }
    return render(request, "projects/rates.html", context, status=409 if refused else 200)


@require_GET
@opens(check_can_read_projects)
def rate(request: PageRequest, code: str) -> HttpResponse:
    """The projects behind a rate: its denominator, its numerator, what is missing between."""
    versions = definition_versions(code)
    asked = ListAsked.of(request.GET, campaign_in_force(today()))
    in_force = next((one for one in versions if one.valid_from <= asked.day), versions[-1])
    context: dict[str, Any] = {
        "room_tabs": tabs(request.user, "rates"),
        "asked": asked,
        "definition": in_force,
        "versions": [(one, rule_of(one)) for one in versions],
    }
    if asked.listed is not None:
        known: dict[str, Any] = {"as_of": asked.day, "known_at": now()}
        row, members = rate_behind(asked.listed, in_force, **known)
        side = request.GET.get("side", "")
        side = side if side in SIDES else "below"
        found = [one for one in members if _on_side(one, side)]
        page = Page.of(request.GET.dict(), total=len(found))
        context |= {
            "row": row,
            "numerator": number_shown(row, row.numerator),
            "denominator": number_shown(row, row.denominator),
            "sides": _sides(members, side, asked),
            "page": page,
            "rows": [
                (one, _value(row, one.above), _value(row, one.below))
                for one in found[page.offset : page.offset + page.size]
            ],
        }
    return render(request, "projects/rate.html", context)


def _on_side(one: RateMember, side: str) -> bool:
    return {
        "below": bool(one.below),
        "above": bool(one.above),
        "short": bool(one.below) and one.above is not None and not one.above,
        "unreported": bool(one.below) and one.above is None,
    }[side]


def _sides(
    members: list[RateMember], side: str, asked: ListAsked
) -> list[tuple[str, str, int | None, bool]]:
    labels = {
        "below": _("分母"),
        "above": _("分子"),
        "short": _("在分母、不在分子"),
        "unreported": _("分子未报"),
    }
    counts = {name: sum(_on_side(one, name) for one in members) for name in SIDES}
    return [
        (label, f"?{asked.query}&side={name}", counts[name], name == side)
        for name, label in labels.items()
        if counts[name] or name in ("below", "above")
    ]


def _value(row: RateRow, value: Any) -> str:
    if value is None:
        return _("未报")
    if row.is_money:
        return money(value) if value else "0"
    return _("是") if value else _("否")


@require_GET
@opens(check_can_read_projects)
def paces_page(request: PageRequest) -> HttpResponse:
    """The four 快: how long each step takes, with those still under way."""
    asked = ListAsked.of(request.GET, campaign_in_force(today()))
    rows = paces(asked.listed, as_of=asked.day, known_at=now()) if asked.listed else []
    context = {
        "room_tabs": tabs(request.user, "paces"),
        "asked": asked,
        "version": list_version(asked.listed, asked.day) if asked.listed else None,
        "rows": rows,
    }
    return render(request, "projects/paces.html", context)


@require_GET
@opens(check_can_read_projects)
def pace(request: PageRequest, code: str) -> HttpResponse:
    """One 快, project by project."""
    asked = ListAsked.of(request.GET, campaign_in_force(today()))
    context: dict[str, Any] = {"room_tabs": tabs(request.user, "paces"), "asked": asked}
    if asked.listed is not None:
        known: dict[str, Any] = {"as_of": asked.day, "known_at": now()}
        every = pace_rows(asked.listed, code, **known)
        state = request.GET.get("state", "")
        labels = {
            "": _("全部"),
            "open": _("还没走完"),
            "finished": _("已走完"),
            "unmeasured": _("还量不了"),
            "falling": _("日期颠倒"),
        }
        state = state if state in labels else ""
        found = [one for one in every if state in ("", one.state)]
        page = Page.of(request.GET.dict(), total=len(found))
        context |= {
            "state": state,
            "pace": next(one for one in paces(asked.listed, **known) if one.code == code),
            "states": [
                (label, f"?{asked.query}&state={name}", count, name == state)
                for name, label in labels.items()
                if (count := sum(1 for one in every if name in ("", one.state))) or not name
            ],
            "page": page,
            "rows": [
                (one, labels[one.state]) for one in found[page.offset : page.offset + page.size]
            ],
        }
    return render(request, "projects/pace.html", context)
