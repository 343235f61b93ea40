"""上级任务 → actions → targets → duties → accepted result, with the gaps named."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from gongjian.flow.judgement.queries import superior_chain
from gongjian.flow.plan.models import Action, Campaign, SuperiorTask, Target, Task
from gongjian.flow.plan.queries import (
    action_by_uid,
    action_choices,
    alignment_by_uid,
    answers_of,
    node_by_code,
    read_amount,
    superior_by_uid,
    written_amount,
)
from gongjian.flow.plan.rules import check_can_align, check_can_read_plan
from gongjian.flow.plan.usecases import (
    SuperiorWords,
    align,
    end_alignment,
    keep_superior_task,
)
from gongjian.interfaces.request import PageRequest, now, opens, today, why_not
from gongjian.interfaces.web.plan import forms
from gongjian.interfaces.web.plan.rows.above import chain_context
from gongjian.interfaces.web.plan.rows.editing import form_choices
from gongjian.interfaces.web.plan.views.tree import campaign_asked, period_key
from gongjian.lib.refusals import Missing, Refused


@require_GET
@opens(check_can_read_plan)
def plan_superior(request: PageRequest) -> HttpResponse:
    """The whole chain on one page."""
    campaign = campaign_asked(request)
    if campaign is None:
        raise Missing("plan.none", _("还没有计划。先上传方案并定稿。"))
    found = superior_chain(campaign, period=period_key(campaign, request.user), on=today())
    context = chain_context(campaign, found, on=today())
    context["may_edit"] = not why_not(check_can_align, request.user)
    return render(request, "plan/superior.html", context)


@require_http_methods(["GET", "POST"])
@opens(check_can_align)
def superior_add(request: PageRequest) -> HttpResponse:
    """A task from above, typed in."""
    campaign = campaign_asked(request)
    if campaign is None:
        raise Missing("plan.none", _("还没有计划。先上传方案并定稿。"))
    if request.method == "GET":
        return _page(request, None, {"year": str(campaign.year)})
    given = request.POST.dict()
    try:
        words = _words(given, campaign.year)
        kept = keep_superior_task(campaign, words, by=request.user, at=now())
    except Refused as no:
        return _page(request, None, given, refused=no)
    return redirect("superior_edit", uid=kept.uid)


@require_http_methods(["GET", "POST"])
@opens(check_can_align)
def superior_edit(request: PageRequest, uid: UUID) -> HttpResponse:
    """Set a task from above right, and say which of ours answer it."""
    task = superior_by_uid(uid, reader=request.user)
    if request.method == "GET":
        return _page(request, task, {})
    given = request.POST.dict()
    try:
        _act(request, task, given)
    except Refused as no:
        return _page(request, task, given, refused=no)
    return redirect("superior_edit", uid=task.uid)


def _act(request: PageRequest, task: SuperiorTask, given: dict[str, str]) -> None:
    act, by = given.get("act", ""), request.user
    if act == "words":
        keep_superior_task(
            task.campaign,
            _words(given, task.campaign.year),
            task=task,
            version=forms.version(given.get("version", "")),
            by=by,
            at=now(),
        )
    elif act == "align":
        align(
            task,
            _node(task, given, request),
            share=forms.share(given.get("share", "")),
            reason=given.get("reason", ""),
            by=by,
            at=now(),
        )
    elif act == "end":
        end_alignment(
            alignment_by_uid(forms.uid(given.get("alignment", "")), reader=by), by=by, at=now()
        )
    else:
        raise Refused("form.broken", _("表单不完整，请刷新页面再试。"))


def _node(
    task: SuperiorTask, given: dict[str, str], request: PageRequest
) -> Action | Target | Task:
    """An action from the list, or a target or task by its printed number."""
    code = given.get("code", "").strip()
    if code:
        return node_by_code(task.campaign, code)
    if not given.get("node"):
        raise Refused("alignment.nothing", _("请选一个行动，或填目标、任务的序号，例如 3-1。"))
    return action_by_uid(forms.uid(given["node"]), reader=request.user)


def _words(given: dict[str, str], year: int) -> SuperiorWords:
    value, _most = read_amount(given.get("value", ""))
    deadline = forms.day(given, "deadline", year)[0] if given.get("deadline", "").strip() else None
    comparator = given.get("comparator", ">=")
    return SuperiorWords(
        title=given.get("title", ""),
        issuer=given.get("issuer", ""),
        doc_no=given.get("doc_no", ""),
        summary=given.get("summary", ""),
        comparator=comparator if comparator in Target.Comparator.values else ">=",
        value=value,
        unit=given.get("unit", ""),
        deadline=deadline,
    )


def _page(
    request: PageRequest,
    task: SuperiorTask | None,
    given: dict[str, str],
    *,
    refused: Refused | None = None,
) -> HttpResponse:
    campaign = task.campaign if task else campaign_asked(request)
    kept: dict[str, Any] = {}
    if task is not None:
        kept = {
            "title": task.title,
            "issuer": task.issuer,
            "doc_no": task.doc_no,
            "summary": task.summary,
            "comparator": task.comparator,
            "value": "" if task.value is None else written_amount(task.value, "", task.factor),
            "unit": task.unit,
            "deadline": task.deadline.isoformat() if task.deadline else "",
        }
    words = kept | (given if given.get("act", "words") == "words" else {})
    context = {
        "campaign": campaign,
        "task": task,
        "words": words,
        "typed": given,
        "answers": answers_of(task, on=today()) if task else [],
        "actions": [
            (str(a.uid), f"{a.seq} {a.name}", str(a.uid) == given.get("node"))
            for a in action_choices(campaign, on=today())
        ]
        if campaign
        else [],
        "back": f"{reverse('plan_superior')}?year={campaign.year}" if campaign else "",
        "refused": refused,
        **form_choices(words, "", ""),
    }
    return render(request, "plan/superior_edit.html", context, status=409 if refused else 200)


def _actions(campaign: Campaign, given: dict[str, str]) -> list[tuple[str, str, bool]]:
    rows = action_choices(campaign, on=today())
    return [(str(a.uid), f"{a.seq} {a.name}", str(a.uid) == given.get("node")) for a in rows]
