"""The plan that was adopted: the whole tree, one action, one target, one task, one milestone."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongjian.flow.duties.rules import check_can_assign
from gongjian.flow.plan.models import Campaign
from gongjian.flow.plan.queries import (
    action_by_uid,
    brought_by,
    campaign_among,
    campaigns,
    count_waiting,
    milestone_by_uid,
    target_by_uid,
    task_by_uid,
)
from gongjian.flow.plan.rules import check_can_keep_plan, check_can_read_plan, check_can_upload
from gongjian.foundation.orgs.models import User
from gongjian.interfaces.request import PageRequest, once, opens, today, why_not
from gongjian.interfaces.web.kept import kept_until_written
from gongjian.interfaces.web.plan.forms import is_year, year
from gongjian.interfaces.web.plan.rows.nodes import (
    action_context,
    milestone_context,
    target_context,
    task_context,
)
from gongjian.interfaces.web.plan.rows.tree import brought_words, tree_context
from gongjian.interfaces.web.shell import top_of
from gongjian.lib.refusals import Missing

Act = tuple[str, str, str, bool]


@require_GET
@opens(check_can_read_plan)
@kept_until_written()
def plan(request: PageRequest) -> HttpResponse:
    """计划总表: who must reach what by when, and where it stands."""
    campaign = campaign_asked(request)
    may_upload = not why_not(check_can_upload, request.user)
    context: dict[str, Any] = {
        "groups": [],
        "empty": True,
        "first_run": reverse("plan_upload") + _year_of(campaign) if may_upload else "",
    }
    if campaign is not None:
        given = request.GET.dict()
        period = period_key(campaign, request.user)
        context |= tree_context(campaign, given, period=period, on=today())
        context["brought"] = brought_words(brought_by(given.get("document", ""), request.user))
        years = once(campaigns)
        context["years"] = [(c.year, f"?year={c.year}", c.pk == campaign.pk) for c in years]
    context["acts"] = _acts(campaign, adopted=not context["empty"], user=request.user)
    context["more"] = _more(campaign, request.user) if campaign is not None else []
    return render(request, "plan/plan.html", context)


@require_GET
@opens(check_can_read_plan)
def action(request: PageRequest, uid: UUID) -> HttpResponse:
    """One action: what it holds, to which part of the year it belongs, what answers above."""
    found = action_by_uid(uid, reader=request.user)
    context = action_context(found, on=today(), by=request.user)
    context["edit_url"] = edit_url("action", found.uid, request.user)
    return render(request, "plan/action.html", context)


@require_GET
@opens(check_can_read_plan)
def target(request: PageRequest, uid: UUID) -> HttpResponse:
    """What a target is, who answers for it, and its way so far."""
    found = target_by_uid(uid, reader=request.user)
    period = period_key(found.action.campaign, request.user)
    context = target_context(found, period=period, on=today(), by=request.user)
    context["assign_url"] = _assign_url(found.uid, request.user)
    context["edit_url"] = edit_url("target", found.uid, request.user)
    return render(request, "plan/target.html", context)


@require_GET
@opens(check_can_read_plan)
def task(request: PageRequest, uid: UUID) -> HttpResponse:
    """A task in words: its sentence, its units, its milestones, its progress."""
    found = task_by_uid(uid, reader=request.user)
    period = period_key(found.action.campaign, request.user)
    context = task_context(found, period=period, on=today(), by=request.user)
    context["edit_url"] = edit_url("task", found.uid, request.user)
    return render(request, "plan/task.html", context)


@require_GET
@opens(check_can_read_plan)
def milestone(request: PageRequest, uid: UUID) -> HttpResponse:
    """One milestone: of what, by when, how often it was moved."""
    found = milestone_by_uid(uid, reader=request.user)
    context = milestone_context(
        found, period=period_key(found.action.campaign, request.user), on=today()
    )
    context["edit_url"] = edit_url("milestone", found.uid, request.user)
    return render(request, "plan/milestone.html", context)


def campaign_asked(request: PageRequest) -> Campaign | None:
    """The year asked for, else that of today. One query a page. Missing: campaign.missing."""
    asked = request.POST.get("year") or request.GET.get("year")
    return campaign_named(asked) if asked else campaign_among(once(campaigns), on=today())


def campaign_named(asked: str) -> Campaign:
    """The campaign of a year as it stands in an address. Missing: campaign.missing."""
    years = once(campaigns)
    wanted = year(asked) if is_year(asked) else None
    found = next((one for one in years if one.year == wanted), None)
    if found is None:
        raise Missing(
            "campaign.missing",
            _("没有 %(year)s 年的计划。已有的年度：%(years)s。")
            % {
                "year": asked[:8],
                "years": _("、").join(str(one.year) for one in years) or _("还没有"),
            },
        )
    return found


def period_key(campaign: Campaign, reader: User) -> str:
    """The period whose numbers are looked at: of a year that is over its last, of one to come its
    first."""
    shown, year = top_of(reader).period, str(campaign.year)
    if shown is None or shown.key[:4] < year:
        return f"{year}-01"
    return shown.key if shown.key[:4] == year else f"{year}-12"


def edit_url(kind: str, uid: UUID, user: User) -> str:
    """Where a node is worked on; nothing for who may not."""
    return "" if why_not(check_can_keep_plan, user) else reverse(f"{kind}_edit", args=[uid])


def _acts(campaign: Campaign | None, *, adopted: bool, user: User) -> list[Act]:
    acts: list[Act] = []
    year_of = _year_of(campaign)
    may_keep = not why_not(check_can_keep_plan, user)
    if adopted:
        acts += [
            (
                _("导出 Excel"),
                reverse("breakdown_file", args=["xlsx"]) + year_of,
                "download",
                False,
            ),
            (
                _("任务分解表 Word"),
                reverse("breakdown_file", args=["docx"]) + year_of,
                "file",
                False,
            ),
        ]
    if not why_not(check_can_upload, user):
        acts.append((_("上传方案"), reverse("plan_upload") + year_of, "upload", not adopted))
    if campaign is not None and may_keep:
        acts.append((_("新增"), f"{reverse('plan_add')}?year={campaign.year}", "plus", adopted))
    return acts


def _year_of(campaign: Campaign | None) -> str:
    return f"?year={campaign.year}" if campaign else ""


def _more(campaign: Campaign, user: User) -> list[tuple[str, str, int | None, bool]]:
    """The other pages of the plan."""
    year_of = f"?year={campaign.year}"
    waiting = count_waiting(campaign)
    pages: list[tuple[str, str, int | None, bool]] = [
        (_("总表"), reverse("plan") + year_of, None, True),
        (_("上级任务"), reverse("plan_superior") + year_of, None, False),
        (_("标签"), reverse("plan_tags") + year_of, None, False),
        (_change_tab(waiting), reverse("plan_changes") + year_of, None, False),
        (_("版本"), reverse("plan_versions") + year_of, None, False),
        (_("方案文件"), reverse("plan_documents") + year_of, None, False),
    ]
    if not why_not(check_can_keep_plan, user):
        pages += [
            (_("粘贴表格"), reverse("plan_paste") + year_of, None, False),
            (_("复制上年"), reverse("plan_copy") + year_of, None, False),
        ]
    return pages


def _change_tab(waiting: int) -> str:
    """What waits for approval; how often a node was moved stands at the node."""
    return _("调整（%(n)s 项待批准）") % {"n": waiting} if waiting else _("调整")


def _assign_url(uid: UUID, user: User) -> str:
    return "" if why_not(check_can_assign, user) else reverse("target_assign", args=[uid])
