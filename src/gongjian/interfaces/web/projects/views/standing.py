"""Suspending, resuming, ending a project, and carrying projects over into a later year."""

from typing import Any
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from gongjian.flow.plan.models import Campaign
from gongjian.flow.plan.queries import campaign_in_force, read_day
from gongjian.flow.projects.models import PlanClass, Project, Standing
from gongjian.flow.projects.queries import (
    CarryRow,
    campaigns_after,
    carry_rows,
    count_carried,
    project_by_uid,
)
from gongjian.flow.projects.rules import (
    check_can_change_standing,
    check_can_keep_project,
    investment_of,
)
from gongjian.flow.projects.usecases import (
    Because,
    Carried,
    carry_over,
    move_project_away,
    resume_project,
    suspend_project,
    terminate_project,
)
from gongjian.foundation.records.usecases import once
from gongjian.interfaces.request import PageRequest, now, opens, today, why_not
from gongjian.interfaces.web.acts import act_key, uids_named
from gongjian.interfaces.web.paging import Page
from gongjian.interfaces.web.projects.forms import choices, clean, day_typed
from gongjian.interfaces.web.projects.money import money, wan
from gongjian.interfaces.web.projects.rows.tabs import tabs
from gongjian.lib.refusals import Missing, Refused

ACTS = {
    "suspend": (Standing.SUSPENDED, gettext_lazy("暂停")),
    "resume": (Standing.ACTIVE, gettext_lazy("恢复推进")),
    "terminate": (Standing.TERMINATED, gettext_lazy("终止")),
    "move": (Standing.RELOCATED, gettext_lazy("迁出")),
}


@require_http_methods(["GET", "POST"])
@opens(check_can_keep_project)
def project_standing(request: PageRequest, uid: UUID) -> HttpResponse:
    """Suspend, resume, end a project, or say that it moved away: on a day, for a reason."""
    found = project_by_uid(uid, reader=request.user)
    if request.method == "GET":
        return _standing_page(request, found)
    given = clean(request.POST)
    try:
        key = act_key(given.get("key", ""))
        with once(key, by=request.user, act="project.standing", at=now()) as claim:
            if not claim.done_before:
                _stand(request, found)
    except Refused as no:
        fresh = project_by_uid(uid, reader=request.user)
        return _standing_page(request, fresh, refused=no)
    return redirect("project", uid=uid)


def _stand(request: PageRequest, found: Project) -> None:
    """The act that was chosen. Refused: stage.act, project.*, plan.day."""
    given, by, at = clean(request.POST), request.user, now()
    year = today().year
    why = Because(
        day=day_typed(given.get("day", ""), year, label=_("日期")),
        reason=given.get("reason", ""),
        basis=given.get("basis", ""),
    )
    resume = given.get("resume", "").strip()
    match given.get("act", ""):
        case "suspend":
            until = read_day(resume, year)[0] if resume else None
            suspend_project(found, why, by=by, at=at, expected_resume=until)
        case "resume":
            resume_project(found, why, by=by, at=at)
        case "terminate":
            terminate_project(found, why, by=by, at=at)
        case "move":
            move_project_away(found, why, by=by, at=at)
        case _:
            raise Refused("project.no-act", _("请选暂停、恢复、终止还是迁出。"))


def standing_acts(found: Project, request: PageRequest) -> list[tuple[str, str]]:
    """(act, label) of what may be done to a project's standing now."""
    return [
        (act, str(label))
        for act, (standing, label) in ACTS.items()
        if not why_not(
            check_can_change_standing,
            found,
            standing,
            by=request.user,
            day=today(),
            reason=str(label),
            today=today(),
        )
    ]


def _standing_page(
    request: PageRequest, found: Project, *, refused: Refused | None = None
) -> HttpResponse:
    acts, typed = standing_acts(found, request), request.POST
    context = {
        "project": found,
        "acts": [(act, label, "") for act, label in acts],
        "chosen": typed.get("act", acts[0][0] if acts else ""),
        "typed": typed,
        "day": typed.get("day", today().isoformat()),
        "key": uuid4(),
        "refused": refused,
    }
    return render(request, "projects/standing.html", context, status=409 if refused else 200)


@require_http_methods(["GET", "POST"])
@opens(check_can_keep_project)
def carry_over_page(request: PageRequest) -> HttpResponse:
    """年度结转: who goes on into a later year, with what was done before; looked at, then done."""
    campaign = campaign_in_force(today())
    later = campaigns_after(campaign) if campaign is not None else []
    given = request.POST or request.GET
    into = next((one for one in later if str(one.uid) == given.get("into")), None)
    into = into or (later[0] if later else None)
    if request.method == "GET" or campaign is None or into is None:
        return _carry_page(request, campaign, later, into)
    try:
        key = act_key(request.POST.get("key", ""))
        with once(key, by=request.user, act="project.carry-over", at=now()) as claim:
            if not claim.done_before:
                carry_over(_carried(request, campaign, into), into, by=request.user, at=now())
    except Refused as no:
        return _carry_page(request, campaign, later, into, refused=no)
    return redirect("carry_over")


def _carried(request: PageRequest, campaign: Campaign, into: Campaign) -> list[Carried]:
    """The ticked projects with their class and plan. Refused: waiting.none, project.sum."""
    given = clean(request.POST)
    uids = uids_named(given.getlist("row"))
    if not uids:
        raise Refused("waiting.none", _("一条也没有勾选。"))
    rows = carry_rows(campaign, into, known_at=now(), uids=uids)
    if len(rows) != len(set(uids)):
        raise Missing("project.missing", _("有的项目已经结转或者不再推进，请刷新后再看。"))
    return [
        Carried(
            row.project,
            plan_class=_class(given.get(f"class-{row.uid}", row.becomes)),
            plan_investment=investment_of(
                given.get(f"plan-{row.uid}", ""), "wan", label=_("年度计划投资")
            ),
        )
        for row in rows
    ]


def _class(typed: str) -> str:
    if typed not in PlanClass.values:
        raise Refused("project.class", _("年度计划类别请在列表里选。"))
    return typed


def _carry_page(
    request: PageRequest,
    campaign: Campaign | None,
    later: list[Campaign],
    into: Campaign | None,
    *,
    refused: Refused | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {
        "room_tabs": tabs(request.user, "carry_over"),
        "campaign": campaign,
        "into": into,
        "later": choices([(str(one.uid), f"{one.year} {one.name}") for one in later],
                         str(into.uid) if into else ""),
        "key": uuid4(),
        "refused": refused,
        "rows": [],
    }  # fmt: skip
    if campaign is not None and into is not None:
        total = count_carried(campaign, into, known_at=now())
        page = Page.of(request.GET.dict(), total=total)
        rows = carry_rows(campaign, into, known_at=now(), offset=page.offset, limit=page.size)
        context |= {"page": page, "rows": [_carry_shown(request, row) for row in rows]}
    return render(request, "projects/carry_over.html", context, status=409 if refused else 200)


def _carry_shown(request: PageRequest, row: CarryRow) -> dict[str, Any]:
    typed = request.POST
    ticked = not typed or str(row.uid) in typed.getlist("row")
    return {
        "row": row,
        "ticked": ticked,
        "done": money(row.done_before),
        "left": money(row.left),
        "plan": typed.get(f"plan-{row.uid}", ""),
        "left_wan": wan(row.left),
        "classes": choices(PlanClass.choices, typed.get(f"class-{row.uid}", row.becomes)),
    }
