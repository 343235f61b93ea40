"""The desk of every role: each part stands only where something of it waits for the reader."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongjian.flow.judgement.queries import DeskItem, desk_items
from gongjian.flow.progress.queries import (
    PeriodRow,
    beginnings,
    desk_rows,
    period_counts,
    period_shown,
    sent_rows,
)
from gongjian.flow.progress.rules import check_can_see_reports
from gongjian.foundation.orgs.models import User
from gongjian.interfaces.request import PageRequest, now, opens
from gongjian.interfaces.web.desk import rows
from gongjian.interfaces.web.desk.leaders import led_parts
from gongjian.interfaces.web.desk.lists import list_items
from gongjian.interfaces.web.desk.office import office_parts
from gongjian.interfaces.web.tags import day, moment, weekday
from gongjian.lib.days import local_day


@dataclass(frozen=True, slots=True)
class Hero:
    """The one sentence of the desk, and its one button."""

    title: str
    facts: str
    label: str = ""
    url: str = ""


@require_GET
@opens(check_can_see_reports)
def desk(request: PageRequest) -> HttpResponse:
    """What waits for the reader; what is returned first, what is doubtful first."""
    at, reader = now(), request.user
    items = desk_items(desk_rows(reader, at=at), known_at=at)
    period = period_shown(at)
    fill = [item for item in items if item.desk.step == "fill"]
    review = [item for item in items if item.desk.step != "fill"]
    parts: dict[str, Any] = {
        **_filling(fill),
        **_reviewing(review, which=request.GET.get("show", ""), at=at),
        **_sent(reader, period, at=at),
        **office_parts(reader, period, at=at),
        **led_parts(reader, period, at=at),
        "lists": list_items(reader, at=at),
    }
    parts["hero"] = _hero(fill, review, parts, period)
    return render(request, "desk/desk.html", parts)


def _filling(items: Sequence[DeskItem]) -> dict[str, Any]:
    lines = [(item, rows.fill_item(item)) for item in items]
    return {
        "returned": [line for item, line in lines if item.desk.row.state == "returned"],
        "todo": [line for item, line in lines if item.desk.row.state != "returned"],
    }


def _reviewing(items: Sequence[DeskItem], *, which: str, at: datetime) -> dict[str, Any]:
    views = (
        ("", _("全部")),
        ("doubt", _("有疑点")),
        ("turn", _("会变灯")),
        ("rest", _("其余")),
    )
    shown = rows.shown_reviews(items, which)
    return {
        "review": [rows.review_item(item, at=at) for item in shown],
        "review_count": len(items),
        "review_views": [
            (label, f"?show={key}", len(rows.shown_reviews(items, key)), key == which)
            for key, label in views
        ]
        if items
        else [],
    }


def _sent(reader: User, period: PeriodRow | None, *, at: datetime) -> dict[str, Any]:
    if period is None:
        return {"done": [], "done_all": "", "beginnings": []}
    sent = sent_rows(reader, period.key)
    open_now = [] if period.frozen else beginnings(reader, period.key, on=local_day(at))
    return {
        "beginnings": [rows.begin_item(found) for found in open_now],
        "done": [rows.done_item(row) for row in sent],
        "done_all": reverse("progress") if sent else "",
    }


def _hero(
    fill: Sequence[DeskItem],
    review: Sequence[DeskItem],
    parts: dict[str, Any],
    period: PeriodRow | None,
) -> Hero:
    """What is due comes before what may be looked at."""
    if fill:
        return _to_fill(fill, parts)
    if review:
        return _to_review(review, period)
    if "led_hero" in parts:
        return Hero(*parts["led_hero"])
    if parts.get("office_hero"):
        return Hero(*parts["office_hero"])
    if period is None:
        return Hero(_("还没有开放的报告期"), _("报告期开放后，要报的事列在这里。"))
    title = _("%(month)s 月期正在填报") if not period.frozen else _("%(month)s 月期已经冻结")
    return Hero(title % {"month": period.month}, _period_facts(period))


def _to_fill(fill: Sequence[DeskItem], parts: dict[str, Any]) -> Hero:
    due = min(item.desk.due_at for item in fill)
    first = fill[0]
    title = _("%(n)s 项须在 %(day)s（%(weekday)s）%(time)s 前报送") % {
        "n": len(fill),
        "day": day(due),
        "weekday": weekday(due),
        "time": moment(due).split(" ")[-1],
    }
    facts = _("退回 %(returned)s 项，未报 %(todo)s 项；已报 %(done)s 项。") % {
        "returned": len(parts["returned"]),
        "todo": len(parts["todo"]),
        "done": len(parts["done"]),
    }
    label = _("继续填报：%(name)s") % {"name": _short(first.desk.row.subject)}
    return Hero(title, facts, label, reverse("report", args=[first.desk.uid]))


def _to_review(review: Sequence[DeskItem], period: PeriodRow | None) -> Hero:
    doubts = rows.doubtful(review)
    title = _("%(n)s 项待审核，其中 %(doubts)s 项有疑点") % {"n": len(review), "doubts": doubts}
    label = _("开始审核：先看有疑点的") if doubts else _("开始审核")
    url = reverse("report_check", args=[review[0].desk.uid])
    return Hero(title, _period_facts(period) if period else "", label, url)


def _period_facts(period: PeriodRow) -> str:
    counts = period_counts(period.key)
    return _(
        "%(month)s 月期应报目标 %(due)s 项：已采信 %(accepted)s，待审 %(waiting)s，"
        "退回 %(returned)s，未报 %(missing)s；%(when)s 冻结。"
    ) % {
        "month": period.month,
        "due": counts.due,
        "accepted": counts.accepted,
        "waiting": counts.waiting,
        "returned": counts.returned,
        "missing": counts.missing,
        "when": moment(period.freezes_at),
    }


def _short(name: str, most: int = 14) -> str:
    return name if len(name) <= most else f"{name[:most]}…"
