"""Projects: the list, one of them with who answers for it, registering and changing one."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from gongjian.flow.duties.queries import (
    duties_over,
    force_over,
    leader_standing,
    rows_xlsx,
    words_of,
)
from gongjian.flow.duties.rules import check_can_assign
from gongjian.flow.plan.models import Campaign
from gongjian.flow.plan.queries import action_by_uid, campaign_in_force, plan_actions
from gongjian.flow.projects.models import Project
from gongjian.flow.projects.queries import (
    ProjectFilter,
    code_warning,
    count_projects,
    project_by_uid,
    project_rows,
    townships,
)
from gongjian.flow.projects.rules import (
    check_can_keep_project,
    check_can_read_projects,
    investment_of,
)
from gongjian.flow.projects.usecases import ProjectWords, change_project, register_project
from gongjian.foundation.orgs.queries import unit_by_uid
from gongjian.interfaces.request import PageRequest, now, opens, today, why_not
from gongjian.interfaces.web.answers import attachment
from gongjian.interfaces.web.paging import Page
from gongjian.lib.project_codes import tidied
from gongjian.lib.refusals import Missing, Refused
from gongjian.lib.rounding import written

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Typed:
    """The form as it stands or was typed."""

    name: str = ""
    code: str = ""
    township: str = ""
    action: str = ""
    total: str = ""
    unit: str = "wan"

    @classmethod
    def of(cls, given: QueryDict) -> "Typed":
        names = ("name", "code", "township", "action", "total", "unit")
        return cls(**{name: given.get(name, "") for name in names})

    @classmethod
    def said(cls, project: Project) -> "Typed":
        total = project.total_investment
        return cls(
            name=project.name,
            code=project.code,
            township=str(project.township.uid) if project.township else "",
            action=str(project.action.uid) if project.action else "",
            total="" if total is None else written(total / 10_000),
        )


@require_GET
@opens(check_can_read_projects)
def projects(request: PageRequest) -> HttpResponse:
    """Every project of the campaign with who leads and who sponsors it."""
    campaign = campaign_in_force(today())
    wanted = ProjectFilter(
        request.GET.get("q", "").strip(), request.GET.get("township", "").strip()
    )
    context: dict[str, Any] = {
        "rows": [],
        "wanted": wanted,
        "townships": [
            (one.short_name, one.short_name == wanted.township) for one in townships(on=today())
        ],
        "blocked": why_not(check_can_keep_project, request.user),
    }
    if campaign is not None:
        if request.GET.get("format") == "xlsx":
            return attachment(_file(campaign, wanted), f"{_('项目清单')}.xlsx", kind=XLSX)
        page = Page.of(request.GET.dict(), total=count_projects(campaign, wanted))
        rows = project_rows(campaign, wanted, offset=page.offset, limit=page.size)
        context |= {
            "campaign": campaign,
            "page": page,
            "rows": [(row, money(row.total_investment)) for row in rows],
        }
    return render(request, "projects/projects.html", context)


@require_GET
@opens(check_can_read_projects)
def project(request: PageRequest, uid: UUID) -> HttpResponse:
    """One project: what it is, who answers, who sponsors, its task force."""
    found = project_by_uid(uid, reader=request.user)
    context = {
        "project": found,
        "total": money(found.total_investment),
        "warning": code_warning(found.code),
        "words": words_of(duties_over(found)),
        "leader": leader_standing(found, on=today()),
        "force": force_over(found, on=today()),
        "may_keep": not why_not(check_can_keep_project, request.user),
        "may_assign": not why_not(check_can_assign, request.user),
    }
    return render(request, "projects/project.html", context)


@require_http_methods(["GET", "POST"])
@opens(check_can_keep_project)
def project_new(request: PageRequest) -> HttpResponse:
    """Register a project."""
    if request.method == "GET":
        return _form(request, Typed())
    typed = Typed.of(request.POST)
    try:
        words = _words(typed, request)
        made = register_project(_campaign(), words, by=request.user, at=now())
    except Refused as no:
        return _form(request, typed, refused=no)
    return redirect("project", uid=made.uid)


@require_http_methods(["GET", "POST"])
@opens(check_can_keep_project)
def project_edit(request: PageRequest, uid: UUID) -> HttpResponse:
    """Change what is said of a project."""
    found = project_by_uid(uid, reader=request.user)
    if request.method == "GET":
        return _form(request, Typed.said(found), project=found)
    typed = Typed.of(request.POST)
    version = request.POST.get("version", "")
    try:
        change_project(
            found,
            _words(typed, request),
            version=int(version) if version.isdecimal() and len(version) < 9 else 0,
            by=request.user,
            at=now(),
        )
    except Refused as no:
        fresh = project_by_uid(uid, reader=request.user)
        return _form(request, typed, project=fresh, refused=no)
    return redirect("project", uid=uid)


def money(amount: Decimal | None) -> str:
    """6.20 亿元, 580 万元. Missing: an empty string."""
    if amount is None:
        return ""
    if amount >= 100_000_000:
        return _("%(value)s 亿元") % {"value": f"{amount / 100_000_000:.2f}"}
    return _("%(value)s 万元") % {"value": written((amount / 10_000).quantize(Decimal("0.01")))}


def _words(typed: Typed, request: PageRequest) -> ProjectWords:
    return ProjectWords(
        name=typed.name,
        code=typed.code,
        township=unit_by_uid(_uid(typed.township)) if typed.township else None,
        action=action_by_uid(_uid(typed.action), reader=request.user) if typed.action else None,
        total_investment=investment_of(typed.total, typed.unit),
    )


def _uid(value: str) -> UUID:
    try:
        return UUID(value)
    except ValueError as wrong:
        raise Refused("form.broken", _("表单不完整，请刷新页面再试。")) from wrong


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
        "townships": [(str(one.uid), one.short_name) for one in townships(on=today())],
        "actions": [(str(one.uid), f"{one.seq} {one.name}") for one in actions],
        "refused": refused,
    }
    return render(request, "projects/form.html", context, status=409 if refused else 200)


def _file(campaign: Campaign, wanted: ProjectFilter) -> bytes:
    heads = (
        (_("项目名称"), 40.0),
        (_("项目代码"), 28.0),
        (_("属地镇街"), 14.0),
        (_("所属行动"), 28.0),
        (_("总投资（万元）"), 16.0),
    )
    lines = [
        (
            row.name,
            row.code,
            row.township,
            row.action,
            "" if row.total_investment is None else written(row.total_investment / 10_000),
        )
        for row in project_rows(campaign, wanted)
    ]
    day = _("截止日期：%(day)s") % {"day": today().isoformat()}
    return rows_xlsx(_("%(name)s项目清单") % {"name": campaign.name}, heads, lines, notes=[day])
