"""Registering a project, and changing what is said of it."""

from uuid import UUID, uuid4

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gongjian.flow.plan.models import Campaign
from gongjian.flow.plan.queries import campaign_in_force, plan_actions
from gongjian.flow.projects.models import Category, Nature, Project, Track
from gongjian.flow.projects.queries import code_warning, field_label, project_by_uid, townships
from gongjian.flow.projects.rules import ScaleSlip, check_can_keep_project
from gongjian.flow.projects.usecases import (
    ProjectWords,
    change_project,
    register_project,
)
from gongjian.foundation.records.usecases import once
from gongjian.interfaces.request import PageRequest, now, opens, today
from gongjian.interfaces.web.acts import act_key, version_typed
from gongjian.interfaces.web.projects.forms import SUMS, Typed, choices, clean
from gongjian.interfaces.web.projects.money import money, wan
from gongjian.lib.project_codes import tidied
from gongjian.lib.refusals import Missing, Refused


@require_http_methods(["GET", "POST"])
@opens(check_can_keep_project)
def project_new(request: PageRequest) -> HttpResponse:
    """Register a project."""
    if request.method == "GET":
        return _form(request, Typed())
    typed, key = Typed.of(clean(request.POST)), act_key(request.POST.get("key", ""))
    try:
        campaign = _campaign()
        words = typed.words(ProjectWords(""), by=request.user, year=campaign.year)
        with once(key, by=request.user, act="project.register", at=now()) as claim:
            if not claim.done_before:
                made = register_project(campaign, words, by=request.user, at=now())
                claim.outcome = str(made.uid)
    except Refused as no:
        return _form(request, typed, refused=no)
    return redirect("project", uid=claim.outcome)


@require_http_methods(["GET", "POST"])
@opens(check_can_keep_project)
def project_edit(request: PageRequest, uid: UUID) -> HttpResponse:
    """Change what is said of a project; moved dates and totals take a reason."""
    found = project_by_uid(uid, reader=request.user)
    if request.method == "GET":
        return _form(request, Typed.said(found), project=found)
    typed = Typed.of(clean(request.POST)).put_right
    try:
        change_project(
            found,
            typed.words(ProjectWords.of(found), by=request.user, year=found.campaign.year),
            version=version_typed(request.POST.get("version", "")),
            reason=typed.reason,
            sure=typed.sure,
            by=request.user,
            at=now(),
        )
    except Refused as no:
        fresh = project_by_uid(uid, reader=request.user)
        return _form(request, typed, project=fresh, refused=no)
    return redirect("project", uid=uid)


def _campaign() -> Campaign:
    campaign = campaign_in_force(today())
    if campaign is None:
        raise Missing("plan.none", _("还没有攻坚年，先建一个再登记项目。"))
    return campaign


def _form(
    request: PageRequest,
    typed: Typed,
    *,
    project: Project | None = None,
    refused: Refused | None = None,
) -> HttpResponse:
    campaign = campaign_in_force(today())
    actions = plan_actions(campaign, on=today()) if campaign is not None else []
    context = {
        "project": project,
        "typed": typed,
        "warning": code_warning(tidied(typed.code)),
        "townships": choices(
            [(str(one.uid), one.short_name) for one in townships(on=today())], typed.township
        ),
        "actions": choices(
            [(str(one.uid), f"{one.seq} {one.name}") for one in actions], typed.action
        ),
        "tracks": choices(Track.choices, typed.track),
        "categories": choices(Category.choices, typed.category),
        "natures": choices(Nature.choices, typed.nature),
        "key": request.POST.get("key") or uuid4(),
        "refused": refused,
        "asked_back": _asked_back(refused, typed),
    }
    return render(request, "projects/form.html", context, status=409 if refused else 200)


def _asked_back(refused: Refused | None, typed: Typed) -> list[tuple[str, str, str, str, str]]:
    """Each sum that is asked back: label, name of its answer, as typed, the other reading, the
    same in 万元."""
    if not isinstance(refused, ScaleSlip):
        return []
    units = {"total": _("亿元") if typed.unit == "yi" else _("万元")}
    return [
        (
            field_label(name),
            f"{SUMS[name]}_scale",
            f"{getattr(typed, SUMS[name])} {units.get(SUMS[name], _('万元'))}",
            money(other),
            wan(other),
        )
        for name, other in refused.others.items()
    ]
