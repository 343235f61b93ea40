"""Changes of the plan: those that wait, those decided; and the versions they make."""

from collections.abc import Collection
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gongjian.flow.duties.queries import actions_led_by
from gongjian.flow.judgement.usecases import approve_changes
from gongjian.flow.plan.models import Campaign, PlanChange
from gongjian.flow.plan.queries import (
    action_of,
    change_by_uid,
    change_rows,
    changes_of,
    count_changes,
    plan_versions,
    version_by_number,
    version_difference,
)
from gongjian.flow.plan.rules import (
    check_can_approve,
    check_can_keep_plan,
    check_can_see_changes,
    check_can_withdraw_change,
)
from gongjian.flow.plan.usecases import freeze_version, refuse_change, withdraw_change
from gongjian.interfaces.request import PageRequest, now, opens, today, why_not
from gongjian.interfaces.web.acts import uids_named
from gongjian.interfaces.web.paging import Page
from gongjian.interfaces.web.plan.views.tree import campaign_asked
from gongjian.lib.refusals import Missing, Refused

SIZE = 30


@require_GET
@opens(check_can_see_changes)
def plan_changes(request: PageRequest) -> HttpResponse:
    """Every proposal with its reason, from what to what, and who decided."""
    return _changes_page(request)


@require_POST
@opens(check_can_see_changes)
def changes_decide(request: PageRequest) -> HttpResponse:
    """Approve those that are ticked; refuse or withdraw one."""
    given = request.POST
    act = given.get("act", "")
    try:
        chosen = [
            change_by_uid(uid, reader=request.user) for uid in uids_named(given.getlist("change"))
        ]
        if act == "approve":
            words = given.get("decision", "")
            approve_changes(chosen, decision=words, by=request.user, at=now())
        elif act == "refuse" and len(chosen) == 1:
            led = actions_led_by(request.user, on=today())
            words = given.get("decision", "")
            refuse_change(chosen[0], words, led=led, by=request.user, at=now())
        elif act == "withdraw" and len(chosen) == 1:
            withdraw_change(chosen[0], by=request.user, at=now())
        else:
            raise Refused("change.one", _("不批准、撤回一次办一项：请只勾一项。"))
    except Refused as no:
        return _changes_page(request, refused=no)
    return redirect(f"{reverse('plan_changes')}?{urlencode({'year': given.get('year', '')})}")


def _changes_page(request: PageRequest, *, refused: Refused | None = None) -> HttpResponse:
    campaign = _campaign(request)
    state = request.GET.get("state", "")
    state = state if state in PlanChange.State.values else ""
    page = Page.of(request.GET.dict(), total=count_changes(campaign, state=state), size=SIZE)
    found = changes_of(campaign, state=state)[page.offset : page.offset + page.size]
    led = actions_led_by(request.user, on=today())
    rows = [
        (row, *_may(change, request, led))
        for row, change in zip(change_rows(found), found, strict=True)
    ]
    year_of = f"?year={campaign.year}"
    context: dict[str, Any] = {
        "campaign": campaign,
        "rows": rows,
        "page": page,
        "states": [
            (str(label), f"{year_of}&state={value}", None, value == state)
            for value, label in [("", _("全部")), *PlanChange.State.choices]
        ],
        "typed": request.POST.get("decision", ""),
        "chosen": request.POST.getlist("change"),
        "may_decide": any(approve for _row, approve, _withdraw, _why in rows),
        "may_withdraw": any(withdraw for _row, _approve, withdraw, _why in rows),
        "refused": refused,
    }
    return render(request, "plan/changes.html", context, status=409 if refused else 200)


def _may(change: PlanChange, request: PageRequest, led: Collection[int]) -> tuple[bool, bool, str]:
    """Whether this reader may approve and withdraw, and why not."""
    if change.state != PlanChange.State.PROPOSED:
        return False, False, ""
    why = why_not(check_can_approve, change, action_of(change), by=request.user, led=led)
    withdraw = not why_not(check_can_withdraw_change, change, by=request.user)
    return not why, withdraw, why


@require_GET
@opens(check_can_see_changes)
def plan_versions_list(request: PageRequest) -> HttpResponse:
    """The frozen versions, newest first."""
    return _versions_page(request)


@require_POST
@opens(check_can_keep_plan)
def version_freeze(request: PageRequest) -> HttpResponse:
    """Freeze the plan of today under a title."""
    campaign = _campaign(request)
    try:
        freeze_version(campaign, request.POST.get("title", ""), by=request.user, at=now())
    except Refused as no:
        return _versions_page(request, refused=no)
    return redirect(f"{reverse('plan_versions')}?year={campaign.year}")


def _versions_page(request: PageRequest, *, refused: Refused | None = None) -> HttpResponse:
    campaign = _campaign(request)
    versions = plan_versions(campaign)
    page = Page.of(request.GET.dict(), total=len(versions), size=SIZE)
    before = {version.number: number for version, number in zip(
        versions, [v.number for v in versions[1:]], strict=False
    )}  # fmt: skip
    context = {
        "campaign": campaign,
        "versions": [
            (version, before.get(version.number))
            for version in versions[page.offset : page.offset + page.size]
        ],
        "numbers": [version.number for version in versions],
        "page": page,
        "typed": request.POST.get("title", ""),
        "may_freeze": not why_not(check_can_keep_plan, request.user),
        "refused": refused,
    }
    return render(request, "plan/versions.html", context, status=409 if refused else 200)


@require_GET
@opens(check_can_see_changes)
def plan_difference(request: PageRequest) -> HttpResponse:
    """What differs between two versions: added, removed, changed, old struck through."""
    campaign = _campaign(request)
    old = version_by_number(campaign, _number(request.GET.get("old", "")))
    new = version_by_number(campaign, _number(request.GET.get("new", "")))
    if old.number > new.number:
        old, new = new, old
    found = version_difference(old, new)
    only = request.GET.get("only", "")
    shown = [row for row in found if only in ("", row.change)]
    page = Page.of(request.GET.dict(), total=len(shown), size=100)
    address = f"{reverse('plan_difference')}?year={campaign.year}&old={old.number}&new={new.number}"
    labels = {"": _("全部"), "new": _("新增"), "chg": _("修改"), "del": _("删除")}
    context = {
        "campaign": campaign,
        "old": old,
        "new": new,
        "rows": shown[page.offset : page.offset + page.size],
        "page": page,
        "counts": [
            (
                label,
                f"{address}&only={change}",
                sum(change in ("", row.change) for row in found),
                change == only,
            )
            for change, label in labels.items()
        ],
    }
    return render(request, "plan/difference.html", context)


def _campaign(request: PageRequest) -> Campaign:
    campaign = campaign_asked(request)
    if campaign is None:
        raise Missing("plan.none", _("还没有计划。先上传方案并定稿。"))
    return campaign


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else 0
