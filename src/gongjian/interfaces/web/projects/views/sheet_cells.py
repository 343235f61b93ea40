"""What the script of the month sheet sends and asks: pieces of cells, and the keys of all rows."""

import json
from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from gongjian.flow.progress.queries import closed_months
from gongjian.flow.progress.usecases import keep_cells
from gongjian.flow.projects.queries import doubts_of, sheet_keys, sheet_rows
from gongjian.flow.projects.rules import check_can_fill_sheet, check_can_read_projects
from gongjian.flow.projects.usecases import CellKept, CellTyped, follow_register
from gongjian.foundation.records.usecases import once
from gongjian.interfaces.request import PageRequest, now, opens
from gongjian.interfaces.web.acts import act_key, broken
from gongjian.interfaces.web.projects.rows.sheet import cell_name, derived, fields_of, say, totals
from gongjian.interfaces.web.projects.rows.sheet_asked import SheetAsked
from gongjian.interfaces.web.projects.views.sheet import cell_typed, frame_of, sheet_of
from gongjian.lib.refusals import Refused
from gongjian.lib.texts import as_seen

MOST = 500  # cells of one piece


@require_POST
@opens(check_can_fill_sheet)
def sheet_cells(request: PageRequest) -> HttpResponse:
    """Keep one piece of cells, once for its key; each answered for itself."""
    try:
        said = _said(request)
        cells = [_cell(one) for one in said["cells"]]
        page = [UUID(uid) for uid in said["page"][:MOST]]
        key = act_key(str(said["key"]))
        if len(cells) > MOST:
            raise broken()
        with once(key, by=request.user, act="sheet.cells", at=now()) as it:
            kept = keep_cells(cells, again=it.done_before, by=request.user, at=now())
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return _refusal(broken())
    except Refused as no:
        return _refusal(no)
    return JsonResponse(_answer(request, kept, page))


@require_http_methods(["GET", "POST"])
@opens(check_can_read_projects)
def sheet_lines(request: PageRequest) -> HttpResponse:
    """Which project stands in which line of the whole sheet, for what is pasted beyond a page;
    asked of projects, what stands in their fields."""
    asked = SheetAsked.of(request.GET.dict(), reader=request.user)
    if request.method == "POST":
        return _fields(request, asked)
    if asked.campaign is None:
        return JsonResponse({"lines": []})
    follow_register(at=now())
    lines = sheet_keys(asked.campaign, asked.wanted(request.user), at=now())
    return JsonResponse({"lines": lines})


def _fields(request: PageRequest, asked: SheetAsked) -> HttpResponse:
    try:
        uids = [UUID(uid) for uid in json.loads(request.body)["projects"][:MOST]]
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return _refusal(broken())
    if asked.campaign is None:
        return JsonResponse({"shown": {}})
    rows = sheet_rows(asked.campaign, uids, reader=request.user)
    frame = frame_of(asked, request.user, closed=closed_months(now()))
    return JsonResponse({"shown": {str(row.uid): fields_of(row, frame) for row in rows}})


def _said(request: PageRequest) -> dict[str, Any]:
    said = json.loads(request.body)
    return {"cells": list(said["cells"]), "page": list(said["page"]), "key": said["key"]}


def _cell(pair: list[str]) -> CellTyped:
    """A cell as [name, typed], without signs that nobody sees. Refused: form.broken."""
    name, typed = pair
    cell = cell_typed(name, as_seen(typed))
    if cell is None:
        raise broken()
    return cell


def _answer(request: PageRequest, kept: list[CellKept], page: list[UUID]) -> dict[str, Any]:
    """What became of each cell, and what follows for the rows of the page."""
    asked = SheetAsked.of(request.GET.dict(), reader=request.user)
    if asked.campaign is None:
        return {"cells": [], "rows": {}, "sums": {}, "at": _clock()}
    touched = {one.cell.project for one in kept}
    rows = sheet_rows(asked.campaign, touched | set(page), reader=request.user)
    frame = sheet_of(asked, request.user, rows, closed=closed_months(now()), units={})
    months = {one.cell.month for one in kept if one.kept}
    odd = {month: doubts_of(rows, month) for month in months}
    keys = {row.uid: row.pk for row in rows}

    def became(one: CellKept) -> dict[str, Any]:
        key, month, column = keys.get(one.cell.project, 0), one.cell.month, one.cell.column
        asked_back = odd.get(month, {}).get((key, column), [])
        return _became(one, frame.faults.get((key, month, column), ""), asked_back)

    on_page = [row for row in rows if row.uid in set(page)]
    return {
        "cells": [became(one) for one in kept],
        "rows": {str(row.uid): derived(row, frame) for row in on_page},
        "sums": totals(on_page, frame),
        "at": _clock(),
    }


def _clock() -> str:
    """The time of the answer, as the page says it."""
    return f"{timezone.localtime(now()):%H:%M}"


def _became(one: CellKept, fault: str, asked: list[Any]) -> dict[str, Any]:
    cell = one.cell
    said: dict[str, Any] = {
        "name": cell_name(cell.project, cell.month, cell.column, one.version),
        "typed": cell.typed,
        "fault": fault,
        "say": say(fault, asked, "") if fault or asked else "",
    }
    if one.refused is not None:
        said |= {"refused": one.refused.sentence, "code": one.refused.code}
    if one.theirs is not None:
        theirs = one.theirs
        when = f"{timezone.localtime(theirs.typed_at):%H:%M}"
        words = {"who": theirs.typed_by.display_name, "when": when, "typed": theirs.typed[:40]}
        said |= {
            "theirs": theirs.typed,
            "met": _("%(who)s在 %(when)s 把这一格填成了“%(typed)s”。") % words,
        }
    return said


def _refusal(no: Refused) -> HttpResponse:
    return JsonResponse({"code": no.code, "say": no.sentence}, status=409)
