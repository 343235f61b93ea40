"""What the script of the month sheet sends and asks: pieces of cells, and the keys of all rows."""

import json
from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gongjian.flow.progress.queries import closed_months
from gongjian.flow.progress.usecases import keep_cells
from gongjian.flow.projects.queries import doubts_of, sheet_keys, sheet_rows
from gongjian.flow.projects.rules import check_can_fill_sheet, check_can_read_projects
from gongjian.flow.projects.usecases import CellKept, CellTyped, follow_register
from gongjian.foundation.records.usecases import once
from gongjian.interfaces.request import PageRequest, now, opens
from gongjian.interfaces.web.acts import act_key, broken
from gongjian.interfaces.web.projects.rows.sheet import cell_name, derived, say, totals
from gongjian.interfaces.web.projects.rows.sheet_asked import SheetAsked
from gongjian.interfaces.web.projects.views.sheet import cell_typed, faults_in, sheet_of
from gongjian.lib.refusals import Refused

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


@require_GET
@opens(check_can_read_projects)
def sheet_lines(request: PageRequest) -> HttpResponse:
    """Which project stands in which line of the whole sheet, for what is pasted beyond a page."""
    asked = SheetAsked.of(request.GET.dict(), reader=request.user)
    if asked.campaign is None:
        return JsonResponse({"lines": []})
    follow_register(at=now())
    lines = sheet_keys(asked.campaign, asked.wanted(request.user), at=now())
    return JsonResponse({"lines": lines})


def _said(request: PageRequest) -> dict[str, Any]:
    said = json.loads(request.body)
    return {"cells": list(said["cells"]), "page": list(said["page"]), "key": said["key"]}


def _cell(pair: list[str]) -> CellTyped:
    """A cell as [name, typed], without what no database keeps. Refused: form.broken."""
    name, typed = pair
    bare = typed.replace("\0", "").encode("utf-8", "replace").decode()
    cell = cell_typed(name, bare)
    if cell is None:
        raise broken()
    return cell


def _answer(request: PageRequest, kept: list[CellKept], page: list[UUID]) -> dict[str, Any]:
    """What became of each cell, and what follows for the rows of the page."""
    asked = SheetAsked.of(request.GET.dict(), reader=request.user)
    if asked.campaign is None:
        return {"cells": [], "rows": {}, "sums": {}}
    touched = {one.cell.project for one in kept}
    rows = sheet_rows(asked.campaign, touched | set(page), reader=request.user)
    frame = sheet_of(asked, request.user, rows, closed=closed_months(now()), units={})
    months = {one.cell.month for one in kept if one.kept}
    faults = {month: faults_in(rows, month) for month in months}
    odd = {month: doubts_of(rows, month) for month in months}
    keys = {row.uid: row.pk for row in rows}

    def place(one: CellKept) -> tuple[int, str]:
        return keys.get(one.cell.project, 0), one.cell.column

    on_page = [row for row in rows if row.uid in set(page)]
    return {
        "cells": [
            _became(
                one,
                faults.get(one.cell.month, {}).get(place(one), ""),
                odd.get(one.cell.month, {}).get(place(one), []),
            )
            for one in kept
        ],
        "rows": {str(row.uid): derived(row, frame) for row in on_page},
        "sums": totals(on_page, frame),
    }


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
