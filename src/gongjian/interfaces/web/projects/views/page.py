"""One project: its stages and what the next one needs, its money, dates and history."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongjian.flow.duties.queries import duties_over, force_over, leader_standing, words_of
from gongjian.flow.duties.rules import check_can_assign
from gongjian.flow.plan.queries import written_day
from gongjian.flow.projects.models import Project
from gongjian.flow.projects.queries import (
    DateMove,
    ProjectCard,
    StageStep,
    code_warning,
    permit_rows,
    permit_tally,
    project_by_uid,
    project_card,
)
from gongjian.flow.projects.rules import (
    check_can_keep_project,
    check_can_read_projects,
    check_can_report,
)
from gongjian.interfaces.request import PageRequest, now, opens, today, why_not
from gongjian.interfaces.web.projects.money import money, wan

SHOWN = {"done", "now", "waiting", "next"}


@require_GET
@opens(check_can_read_projects)
def project(request: PageRequest, uid: UUID) -> HttpResponse:
    """One project: how far it is, what it needs, its money, who answers, what happened."""
    found = project_by_uid(uid, reader=request.user)
    card = project_card(found, found.campaign, reader=request.user, known_at=now())
    blocked = why_not(check_can_report, found, by=request.user, day=today(), today=today())
    permits = permit_rows(found, on=today())
    context: dict[str, Any] = {
        "project": found,
        "card": card,
        "permits": permits,
        "tally": permit_tally(permits),
        "facts": _facts(found, card),
        "total": money(found.total_investment),
        "warning": code_warning(found.code),
        "steps": [(step, _day(step, found)) for step in card.steps if _is_shown(step)],
        "months": _months(card),
        "sums": _sums(card),
        "moved": [(m, _old(m), _new(m)) for m in card.moves if m.old],
        "history": _history(card),
        "funding": [(kind, money(amount)) for kind, amount in card.funding],
        "words": words_of(duties_over(found)),
        "leader": leader_standing(found, on=today()),
        "force": force_over(found, on=today()),
        "may_report": not blocked,
        "may_keep": not why_not(check_can_keep_project, request.user),
        "may_assign": not why_not(check_can_assign, request.user),
    }
    return render(request, "projects/project.html", context)


def _old(move: DateMove) -> str:
    return written_day(move.old, move.old_precision) if move.old else _("未定")


def _new(move: DateMove) -> str:
    return written_day(move.new, move.new_precision) if move.new else _("未定")


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


def _history(card: ProjectCard) -> list[tuple[Any, str, str, str]]:
    """(day, kind, what happened, by whom), the newest first."""
    events = [
        (row.day, _("阶段"), _told(row), f"{row.unit} · {row.state_label}") for row in card.events
    ]
    moves = [
        (
            move.day,
            _("日期"),
            _("%(label)s %(old)s → %(new)s：%(reason)s")
            % {
                "label": move.label,
                "old": _old(move),
                "new": _new(move),
                "reason": move.reason,
            },
            move.by,
        )
        for move in card.moves
        if move.old is not None
    ]
    standings = [
        (row.day, _("状态"), f"{row.get_standing_display()}：{row.reason}", row.basis)
        for row in card.standings
    ]
    lists = [
        (day, _("清单"), _("%(act)s：%(name)s") % {"act": act, "name": name}, paper)
        for day, act, name, paper in card.list_moves
    ]
    names = [
        (day, _("更名"), _("原名%(name)s") % {"name": name}, "") for name, day in card.former_names
    ]
    every = [*events, *moves, *standings, *lists, *names]
    return sorted(every, key=lambda one: one[0], reverse=True)


def _told(row: Any) -> str:
    said = _("撤销%(label)s") if row.void else "%(label)s"
    text = said % {"label": row.label}
    if row.reason:
        return _("更正 %(text)s：%(reason)s") % {"text": text, "reason": row.reason}
    proofs = _("、").join(row.proofs)
    return f"{text}：{proofs}" if proofs else text
