"""The plan that was adopted: the whole tree, one target, one task."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongjian.flow.duties.rules import check_can_assign
from gongjian.flow.plan.models import Campaign
from gongjian.flow.plan.queries import campaign_in_force, target_by_uid, task_by_uid
from gongjian.flow.plan.rules import check_can_read_plan, check_can_upload
from gongjian.flow.progress.queries import accepted_words, period_shown
from gongjian.foundation.orgs.models import User
from gongjian.interfaces.request import PageRequest, now, opens, today, why_not
from gongjian.interfaces.web.plan.rows.nodes import target_context, task_context
from gongjian.interfaces.web.plan.rows.tree import Tree, Wanted, read_tree, tree_context

Act = tuple[str, str, str, bool]


@require_GET
@opens(check_can_read_plan)
def plan(request: PageRequest) -> HttpResponse:
    """计划总表: who must reach what by when, and where it stands."""
    campaign = campaign_in_force(today())
    may_upload = not why_not(check_can_upload, request.user)
    context: dict[str, Any] = {
        "actions": [],
        "first_run": reverse("plan_upload") if may_upload else "",
    }
    if campaign is not None:
        context |= tree_context(_tree(campaign), Wanted.of(request.GET.dict()))
    context["acts"] = _acts(adopted=bool(context["actions"]), may_upload=may_upload)
    return render(request, "plan/plan.html", context)


@require_GET
@opens(check_can_read_plan)
def target(request: PageRequest, uid: UUID) -> HttpResponse:
    """What a target is, who answers for it, and its way so far."""
    found = target_by_uid(uid, reader=request.user)
    context = target_context(found, _tree(found.action.campaign))
    context["assign_url"] = _assign_url(found.uid, request.user)
    return render(request, "plan/target.html", context)


@require_GET
@opens(check_can_read_plan)
def task(request: PageRequest, uid: UUID) -> HttpResponse:
    """A task in words: its sentence, its units, its milestones, its progress."""
    found = task_by_uid(uid, reader=request.user)
    tree = _tree(found.action.campaign)
    return render(
        request, "plan/task.html", task_context(found, tree, accepted_words(tree.board.period))
    )


def _tree(campaign: Campaign) -> Tree:
    """The campaign in the period whose numbers are looked at."""
    shown = period_shown(now())
    return read_tree(campaign, period=shown.key if shown else f"{campaign.year}-01", on=today())


def _acts(*, adopted: bool, may_upload: bool) -> list[Act]:
    acts: list[Act] = []
    if adopted:
        acts += [
            (_("导出 Excel"), reverse("breakdown_xlsx"), "download", False),
            (_("任务分解表 Word"), reverse("breakdown_docx"), "file", False),
        ]
    acts.append((_("方案文件"), reverse("plan_documents"), "list", False))
    if may_upload:
        acts.append((_("上传方案"), reverse("plan_upload"), "upload", True))
    return acts


def _assign_url(uid: UUID, user: User) -> str:
    return "" if why_not(check_can_assign, user) else reverse("target_assign", args=[uid])
