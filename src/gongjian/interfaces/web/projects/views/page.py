"""One project: its stages and what the next one needs, its money, dates and history."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongjian.flow.duties.queries import ProjectContacts, contacts_of
from gongjian.flow.duties.rules import check_can_assign, check_can_see_load
from gongjian.flow.plan.queries import written_day
from gongjian.flow.projects.models import Project
from gongjian.flow.projects.queries import (
    PermitRow,
    ProjectCard,
    StageStep,
    code_warning,
    permit_tally,
    project_card,
    sheet_by_uid,
)
from gongjian.flow.projects.rules import (
    check_can_keep_project,
    check_can_read_projects,
    check_can_report,
)
from gongjian.flow.projects.usecases import follow_register, look_at_project
from gongjian.foundation.orgs.rules import check_can_see_orgs
from gongjian.interfaces.request import PageRequest, now, opens, today, why_not
from gongjian.interfaces.web.kept import kept_until_written
from gongjian.interfaces.web.projects.money import money, wan
from gongjian.interfaces.web.projects.rows.chart import money_chart
from gongjian.interfaces.web.projects.rows.history import (
    KINDS,
    history,
    kinds,
    new_day,
    old_day,
)

SHOWN = {"done", "now", "waiting", "next"}
PAPERS = ("started", "under_construction")  # stages whose way leads through permits


@require_GET
@opens(check_can_read_projects)
@kept_until_written(also=today)
def project(request: PageRequest, uid: UUID) -> HttpResponse:
    """One project: how far it is, what it needs, its money, who answers, what happened."""
    at, on = now(), today()
    follow_register(at=at)
    sheet = sheet_by_uid(uid, reader=request.user)
    found = sheet.project
    card = project_card(sheet, reader=request.user, on=on)
    since = look_at_project(found, by=request.user, at=at)
    lines = history(card, since=since)
    only = request.GET.get("only", "")
    only = only if only in KINDS else ""
    blocked = why_not(check_can_report, found, by=request.user, day=on, today=on)
    people = contacts_of(found, on=on)
    context: dict[str, Any] = {
        "project": found,
        "card": card,
        "tally": permit_tally(card.permits),
        "facts": _facts(found, card),
        "total": money(found.total_investment),
        "warning": code_warning(found.code),
        "steps": [(step, _day(step, found)) for step in card.steps if _is_shown(step)],
        "open_permits": _open_permits(card),
        "months": _months(card),
        "replanned": [
            (int(one.month[5:]), wan(one.old), wan(one.new), one.reason) for one in card.plan_moves
        ],
        "chart": money_chart(
            [line.planned for line in card.months],
            [None if line.waiting else line.done for line in card.months],
        ),
        "sums": _sums(card),
        "moved": [(m, old_day(m), new_day(m)) for m in card.moves if m.old],
        "history": [one for one in lines if not only or one.kind == only],
        "kinds": kinds(lines, only),
        "since": since,
        "news": [one for one in lines if one.new],
        "proofs": [(row.label, row.day, row.proofs) for row in card.events if row.proofs],
        "funding": [(kind, money(amount)) for kind, amount in card.funding],
        "people": people,
        "leader_url": _leader_url(people, request),
        "links": not why_not(check_can_see_orgs, request.user),
        "may_report": not blocked,
        "may_keep": not why_not(check_can_keep_project, request.user),
        "may_assign": not why_not(check_can_assign, request.user),
    }
    return render(request, "projects/project.html", context)


def _facts(found: Project, card: ProjectCard) -> str:
    parts = [
        found.code or _("未赋码"),
        card.plan_class,
        found.township.short_name if found.township else "",
        found.action.name if found.action else "",
        _("总投资 %(sum)s") % {"sum": money(found.total_investment)}
        if found.total_investment is not None
        else "",
    ]
    return " · ".join(part for part in parts if part)


def _leader_url(people: ProjectContacts, request: PageRequest) -> str:
    """Where what the leader carries is shown, for who may see it."""
    if people.sponsor_post is None:
        return ""
    if why_not(check_can_see_load, people.sponsor_person, by=request.user):
        return ""
    return reverse("leader", args=[people.sponsor_post])


def _is_shown(step: StageStep) -> bool:
    """The bar shows what was reached and what may not be skipped."""
    return step.state in SHOWN or not step.optional


def _day(step: StageStep, found: Project) -> str:
    if step.day is not None:
        return step.day.isoformat()
    plans = {
        "started": (found.planned_start, found.planned_start_precision),
        "completed": (found.planned_finish, found.planned_finish_precision),
        "in_production": (found.planned_production, found.planned_production_precision),
    }
    day, precision = plans.get(step.code, (None, ""))
    return _("计划 %(day)s") % {"day": written_day(day, precision)} if day else ""


def _open_permits(card: ProjectCard) -> list[PermitRow]:
    """The permits that are not done, while they stand between a project and its start."""
    reached = {step.code for step in card.steps if step.state in ("done", "now")}
    if reached & set(PAPERS):
        return []
    return [row for row in card.permits if row.applicable and row.state != "done"]


def _months(card: ProjectCard) -> list[dict[str, Any]]:
    """The twelve months, 万元 without the unit; None stays None: it is not 0."""
    return [
        {
            "month": int(line.month[5:]),
            "planned": wan(line.planned),
            "done": wan(line.done),
            "stat": wan(line.stat_done),
            "arrived": wan(line.arrived),
            "early": wan(line.early_cost),
            "waiting": line.waiting,
        }
        for line in card.months
    ]


def _sums(card: ProjectCard) -> dict[str, Any]:
    amounts = card.amounts
    return {
        "year_plan": money(amounts.year_plan),
        "year_done": money(amounts.year_done),
        "before": money(amounts.done_before),
        "arrived": money(amounts.arrived),
        "early": money(amounts.early_cost),
        "rate": amounts.rate,
        "share": amounts.share,
    }
