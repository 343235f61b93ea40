"""Tags: what bears them, their own numbers, and what the numbers of their members come to."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gongjian.flow.judgement.queries import tag_board
from gongjian.flow.plan.models import Campaign
from gongjian.flow.plan.queries import node_by_code, read_amount, tag_by_uid, tags_of
from gongjian.flow.plan.rules import check_can_keep_tags, check_can_read_plan
from gongjian.flow.plan.usecases import (
    TagTargetWords,
    add_tag_target,
    create_tag,
    end_tag,
    place_tag,
    tag_node,
)
from gongjian.foundation.orgs.models import User
from gongjian.interfaces.request import PageRequest, now, opens, today, why_not
from gongjian.interfaces.web.plan import forms
from gongjian.interfaces.web.plan.rows.above import tags_context
from gongjian.interfaces.web.plan.rows.editing import form_choices
from gongjian.interfaces.web.plan.views.tree import campaign_asked, period_key
from gongjian.lib.refusals import Missing, Refused


@require_http_methods(["GET"])
@opens(check_can_read_plan)
def plan_tags(request: PageRequest) -> HttpResponse:
    """Every tag with its members rolled up."""
    campaign = _campaign(request)
    found = tag_board(campaign, period=period_key(campaign, request.user), on=today())
    context = tags_context(campaign, found, month=int(period_key(campaign, request.user)[5:]))
    context["may_edit"] = not why_not(check_can_keep_tags, request.user)
    return render(request, "plan/tags.html", context)


@require_http_methods(["GET", "POST"])
@opens(check_can_keep_tags)
def tag_add(request: PageRequest) -> HttpResponse:
    """A new tag."""
    campaign = _campaign(request)
    given = request.POST.dict()
    if request.method == "GET":
        return _page(request, campaign, None, {})
    try:
        above = given.get("parent", "")
        parent = tag_by_uid(forms.uid(above), reader=request.user) if above else None
        name = given.get("name", "")
        tag = create_tag(campaign, name, parent=parent, by=request.user, at=now())
    except Refused as no:
        return _page(request, campaign, None, given, refused=no)
    return redirect("tag_edit", uid=tag.uid)


@require_http_methods(["GET", "POST"])
@opens(check_can_keep_tags)
def tag_edit(request: PageRequest, uid: UUID) -> HttpResponse:
    """One tag: its place, its members, its own numbers, its end."""
    tag = tag_by_uid(uid, reader=request.user)
    given = request.POST.dict()
    if request.method == "GET":
        return _page(request, tag.campaign, tag, {})
    act, by = given.get("act", ""), request.user
    try:
        if act == "place":
            above = given.get("parent", "")
            parent = tag_by_uid(forms.uid(above), reader=by) if above else None
            place_tag(tag, parent, version=forms.version(given.get("version", "")), by=by, at=now())
        elif act == "member":
            tag_node(tag, node_by_code(tag.campaign, given.get("code", "")), by=by, at=now())
        elif act == "target":
            add_tag_target(tag, _words(given, tag.campaign.year), by=by, at=now())
        elif act == "end":
            kept = forms.version(given.get("version", ""))
            end_tag(tag, given.get("why", ""), version=kept, by=by, at=now())
            return redirect(f"{reverse('plan_tags')}?year={tag.campaign.year}")
        else:
            raise Refused("form.broken", _("表单不完整，请刷新页面再试。"))
    except Refused as no:
        return _page(request, tag.campaign, tag, given, refused=no)
    return redirect("tag_edit", uid=tag.uid)


def _words(given: dict[str, str], year: int) -> TagTargetWords:
    deadline, precision = forms.day(given, "deadline", year)
    value, _most = read_amount(given.get("value", ""))
    choices = form_choices(given, "flow", "reported")
    for name, typed in (("forms", "form"), ("comparators", "comparator")):
        if given.get(typed, "") not in {key for key, _label, _now in choices[name]}:
            raise Refused("target.form", _("没有这种类型或比较方式，请从列表里选。"))
    return TagTargetWords(
        metric=given.get("metric", ""),
        deadline=deadline,
        kind=given.get("form", ""),
        comparator=given.get("comparator", ""),
        value=value,
        unit=given.get("unit", ""),
        precision=precision,
        basis=given.get("basis", ""),
    )


def _page(
    request: PageRequest,
    campaign: Campaign,
    tag: Any,
    given: dict[str, str],
    *,
    refused: Refused | None = None,
) -> HttpResponse:
    above = given.get("parent") or (str(tag.parent.uid) if tag and tag.parent else "")
    context = {
        "campaign": campaign,
        "tag": tag,
        "typed": given,
        "parents": [
            (str(t.uid), t.name, str(t.uid) == above)
            for t in tags_of(campaign, on=today())
            if tag is None or t.pk != tag.pk
        ],
        "members": _members(tag, request.user),
        "back": f"{reverse('plan_tags')}?year={campaign.year}",
        "refused": refused,
        **form_choices(given, "flow", "reported"),
    }
    return render(request, "plan/tag_edit.html", context, status=409 if refused else 200)


def _members(tag: Any, reader: User) -> list[tuple[str, str, str]]:
    if tag is None:
        return []
    found = tag_board(tag.campaign, period=period_key(tag.campaign, reader), on=today())
    row = next((row.row for row in found if row.row.tag.pk == tag.pk), None)
    return [
        (member.code, member.name, reverse(f"{member.kind}_edit", args=[member.node]) + "#tag")
        for member in (row.members if row else ())
    ]


def _campaign(request: PageRequest) -> Campaign:
    campaign = campaign_asked(request)
    if campaign is None:
        raise Missing("plan.none", _("还没有计划。先上传方案并定稿。"))
    return campaign
