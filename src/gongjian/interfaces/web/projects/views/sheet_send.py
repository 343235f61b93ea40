"""Sending in a month of the sheet: looked at first, then done by one act."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gongjian.flow.progress.queries import closed_months
from gongjian.flow.progress.usecases import send_cells
from gongjian.flow.projects.models import MonthCell
from gongjian.flow.projects.queries import projects_on_sheet
from gongjian.flow.projects.rules import check_can_fill_sheet
from gongjian.flow.projects.usecases import MonthDraft, MonthWeighed, follow_register, weigh_month
from gongjian.foundation.records.usecases import once
from gongjian.interfaces.request import PageRequest, now, opens
from gongjian.interfaces.web.acts import act_key
from gongjian.interfaces.web.projects.forms import clean
from gongjian.interfaces.web.projects.rows.sheet import MONEY, amount
from gongjian.interfaces.web.projects.rows.sheet_asked import SheetAsked
from gongjian.lib.refusals import Missing, Refused

Column = MonthCell.Column
SHOWN = 400  # lines of a preview


@require_http_methods(["GET", "POST"])
@opens(check_can_fill_sheet)
def sheet_send(request: PageRequest) -> HttpResponse:
    """What of a month's drafts goes in, what stays and why; then all of it at once."""
    asked = SheetAsked.of(request.GET.dict(), reader=request.user)
    if asked.campaign is None:
        raise Missing("cell.no-campaign", _("还没有建攻坚年，没有调度表。"))
    if request.method == "GET":
        return _preview(request, asked)
    given = clean(request.POST)
    typed = {name: given.get(name, "") for name in given}
    try:
        with once(act_key(given.get("key", "")), by=request.user, act="sheet.send", at=now()) as it:
            if not it.done_before:
                send_cells(
                    asked.campaign,
                    asked.month,
                    seen=given.get("seen", ""),
                    reasons=_reasons(typed),
                    plan_reason=str(given.get("moved", "")),
                    only=_meant(request, asked),
                    by=request.user,
                    at=now(),
                )
    except Refused as no:
        return _preview(request, asked, refused=no, typed=typed)
    return redirect(reverse("sheet") + asked.address(scope="", sent="1"))


def _meant(request: PageRequest, asked: SheetAsked) -> list[int] | None:
    """The projects of the sheet one came from, where it was narrowed; None: all drafts."""
    if not asked.is_narrowed or request.GET.get("scope") == "all":
        return None
    assert asked.campaign is not None
    follow_register(at=now())
    return projects_on_sheet(asked.campaign, asked.wanted(request.user), at=now())


def _preview(
    request: PageRequest,
    asked: SheetAsked,
    *,
    refused: Refused | None = None,
    typed: dict[str, str] | None = None,
) -> HttpResponse:
    assert asked.campaign is not None
    whole = weigh_month(asked.campaign, asked.month, by=request.user, at=now())
    meant = _meant(request, asked)
    weighed = whole.only(meant)
    ready = weighed.ready
    lines = [_line(draft, typed or {}) for draft in ready]
    lines.sort(key=lambda line: (not line["slips"], not line["asked"]))
    held = [_line(draft, {}) for draft in weighed.drafts if not draft.ready]
    context = {
        "asked": asked,
        "weighed": weighed,
        "cells": sum(len(draft.said) for draft in ready),
        "projects": len(ready),
        "behind": len(held),
        "slips": sum(len(draft.slips) for draft in ready),
        "moved": sum(draft.moves_plan for draft in ready),
        "moved_why": (typed or {}).get("moved", ""),
        "sums": [(column.label, amount(_sum(ready, column))) for column in MONEY
                 if any(column == cell.column for draft in ready for cell in draft.said)],
        "lines": lines[:SHOWN],
        "more": max(len(lines) - SHOWN, 0),
        "held": held[:SHOWN],
        "held_more": max(len(held) - SHOWN, 0),
        "scopes": _scopes(asked, whole, meant) if asked.is_narrowed else [],
        "closed_why": closed_months(now()).get(asked.month, ""),
        "key": act_key(""),
        "refused": refused,
        "back": reverse("sheet") + asked.address(scope=""),
    }  # fmt: skip
    return render(request, "projects/sheet_send.html", context, status=409 if refused else 200)


def _scopes(
    asked: SheetAsked, whole: MonthWeighed, meant: list[int] | None
) -> list[tuple[str, str, None, bool]]:
    """What one came to send: the drafts of what the sheet showed, or all; as (label, address)."""
    base, keys = reverse("sheet_send"), meant or []
    if meant is None:
        narrow = _("只报送这次筛选的")
    else:
        narrow = _("只报送这次筛选的 %(n)s 个") % {"n": len(whole.only(keys).drafts)}
    everything = _("全部草稿 %(n)s 个") % {"n": len(whole.drafts)}
    return [
        (narrow, base + asked.address(scope=""), None, meant is not None),
        (everything, base + asked.address(scope="all"), None, meant is None),
    ]


def _line(draft: MonthDraft, typed: dict[str, str]) -> dict[str, Any]:
    labels = dict(MonthCell.Column.choices)
    cells = {cell.column: cell.typed for cell in draft.said}
    return {
        "draft": draft,
        "cells": [(labels[name], cells[name][:60], draft.faults.get(name, ""))
                  for name in labels if name in cells],
        "asked": [one.sentence for found in draft.asked.values() for one in found],
        "slips": [
            (name := f"why:{draft.project.uid}:{column}", labels[column], one.sentence,
             amount(one.fix), typed.get(name, ""))
            for column, one in draft.slips.items()
        ] if draft.ready else [],
    }  # fmt: skip


def _sum(drafts: list[MonthDraft], column: str) -> Any:
    told = [draft.of.as_told(column) for draft in drafts if column in draft.of.cells]
    known = [value for value in told if value is not None]
    return sum(known[1:], known[0]) if known else None


def _reasons(given: dict[str, str]) -> dict[tuple[UUID, str], str]:
    """Why each figure that was asked back is right, by project and column."""
    found = {}
    for name, reason in given.items():
        kind, _colon, rest = name.partition(":")
        uid, _colon, column = rest.partition(":")
        if kind == "why" and column in Column.values:
            try:
                found[UUID(uid), column] = reason
            except ValueError:
                continue
    return found
