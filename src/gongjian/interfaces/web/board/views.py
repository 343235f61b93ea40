"""The board of a period, on a desk or on a wall."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongjian.flow.judgement.queries import Board, board, board_changes
from gongjian.flow.judgement.rules import check_can_see_board
from gongjian.flow.plan.models import Campaign
from gongjian.flow.plan.queries import campaign_in_force
from gongjian.flow.progress.queries import PeriodRow, period_rows
from gongjian.interfaces.request import PageRequest, now, opens, today
from gongjian.interfaces.web.board import rows
from gongjian.lib.days import local_day

THEMES = ("light", "dark")


@require_GET
@opens(check_can_see_board)
def board_page(request: PageRequest) -> HttpResponse:
    """Lights with the rule that fired, rates with what is due, and what turned since before."""
    theme = request.GET.get("theme", "")
    look = {
        "wall": request.GET.get("view") == "wall",
        "theme": theme if theme in THEMES else "light",
    }
    campaign = campaign_in_force(today())
    opened = [period for period in period_rows(now()) if period.state != "planned"]
    if campaign is None or not opened:
        empty = {"title": _("重点工作"), "facts": _("还没有开放的报告期"), **rows.addresses()}
        return render(request, "board/board.html", look | empty)
    shown = next((p for p in opened if p.key == request.GET.get("period")), opened[0])
    return render(request, "board/board.html", look | _context(campaign, shown, opened, look))


def _context(
    campaign: Campaign, period: PeriodRow, opened: list[PeriodRow], look: dict[str, Any]
) -> dict[str, Any]:
    now_board = board(campaign, period.key, on=local_day(now()))
    before = _before(campaign, period, opened)
    changes = board_changes(now_board, before)
    return {
        "title": campaign.name,
        "facts": rows.facts(period, now_board),
        "periods": rows.period_choices(opened, period, look),
        "sums": rows.sums(now_board),
        "actions": [rows.action_row(line, changes) for line in now_board.actions],
        "targets": [rows.target_row(line, period) for line in now_board.targets],
        "attention": rows.attention(now_board),
        "changes": rows.change_lists(changes),
        "changes_for": rows.changes_for(before),
        **rows.addresses(),
    }


def _before(campaign: Campaign, period: PeriodRow, opened: list[PeriodRow]) -> Board | None:
    """The board of the period before, of the same year."""
    earlier = [p.key for p in opened if p.key < period.key and p.key[:4] == period.key[:4]]
    return board(campaign, max(earlier), on=local_day(now())) if earlier else None
