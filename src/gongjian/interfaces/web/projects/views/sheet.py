"""The month sheet: a window of projects with the money of a month or a year, filled in place."""

import json
from dataclasses import asdict, replace
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gongjian.flow.progress.queries import closed_months
from gongjian.flow.progress.usecases import keep_cells
from gongjian.flow.projects.models import PlanClass
from gongjian.flow.projects.queries import (
    SheetChoices,
    SheetRow,
    Window,
    answers_given,
    doubts_of,
    gates_in_force,
    month_of,
    months_named,
    paste_heads,
    sheet_choices,
    sheet_window,
    stage_label,
)
from gongjian.flow.projects.rules import check_can_fill_sheet, check_can_read_projects
from gongjian.flow.projects.usecases import (
    CellKept,
    CellTyped,
    accept_months,
    check_months,
    follow_register,
    refused_drafts,
)
from gongjian.foundation.orgs.models import User
from gongjian.interfaces.request import PageRequest, now, opens, today, why_not
from gongjian.interfaces.web.kept import kept_until_written
from gongjian.interfaces.web.paging import Page
from gongjian.interfaces.web.projects.forms import clean
from gongjian.interfaces.web.projects.rows.list_words import sheet_in_words
from gongjian.interfaces.web.projects.rows.sheet import (
    COLUMNS,
    Sheet,
    amount,
    options,
    table_body,
    table_foot,
    totals,
)
from gongjian.interfaces.web.projects.rows.sheet_asked import (
    MEASURES,
    QUOTED,
    WAITS,
    SheetAsked,
    plans,
    reports_for,
    step_of,
)
from gongjian.interfaces.web.projects.rows.sheet_words import script_words
from gongjian.interfaces.web.projects.views.waiting import check_all_there, ticked
from gongjian.lib.refusals import Refused


@require_http_methods(["GET", "POST"])
@opens(check_can_read_projects)
@kept_until_written(also=today)
def sheet(request: PageRequest) -> HttpResponse:
    """A window of the sheet; what a browser without scripts sends keeps its cells or steps on."""
    asked = SheetAsked.of(request.GET.dict(), reader=request.user)
    follow_register(at=now())
    if request.method == "GET":
        return _page(request, asked)
    try:
        if request.POST.get("act") == "step":
            _step_on(request)
            return redirect(request.get_full_path())
        return _keep(request, asked)
    except Refused as no:
        return _page(request, asked, refused=no)


def sheet_of(
    asked: SheetAsked,
    reader: User,
    rows: list[SheetRow],
    *,
    closed: dict[str, str],
    units: dict[int, str],
) -> Sheet:
    """What the rows of a sheet share; faults and doubts are looked for where something waits."""
    month = asked.month
    faults = refused_drafts(rows, year=int(month[:4]), at=now())  # first: it counts in no sum
    return replace(
        frame_of(asked, reader, closed=closed),
        units=units,
        asked=doubts_of(rows, month),
        faults=faults,
        answers=answers_given(rows, month) if asked.waiting else {},
    )


def frame_of(asked: SheetAsked, reader: User, *, closed: dict[str, str]) -> Sheet:
    """Which month it is, and what the reader may fill in."""
    month, step = asked.month, step_of(reader)
    return Sheet(
        year=int(month[:4]),
        number=asked.number,
        today=month_of(today()),
        closed=closed,
        unit=reports_for(reader),
        plans=plans(reader),
        step=WAITS[step].value if step else "",
        measure=asked.measure,
    )


def cell_typed(name: str, typed: str) -> CellTyped | None:
    """The cell that a field names; None where it names none."""
    parts = name.split(":")
    try:
        uid, month, column, version = parts
        return CellTyped(UUID(uid), month, column, typed, int(version[:9]))
    except ValueError:
        return None


def _keep(request: PageRequest, asked: SheetAsked) -> HttpResponse:
    """Keep all cells of the page that were changed; those that were not kept are shown again."""
    window, _page_of = _window(request, asked)
    shown = {
        (row.uid, asked.month[:5] + f"{n:02}", column.value): row.months[n - 1].standing_value(
            column
        )
        for row in window.rows
        for n in range(1, 13)
        for column in COLUMNS
    }
    cells = []
    for name, typed in clean(request.POST).items():
        cell = cell_typed(name, str(typed).replace("\r\n", "\n"))
        if cell is None:
            continue
        value = shown.get((cell.project, cell.month, cell.column))
        before = value if isinstance(value, str) else amount(value)
        if cell.version or cell.typed.strip() != before.strip():
            cells.append(cell)
    kept = keep_cells(cells, by=request.user, at=now())
    unkept = [one for one in kept if not one.kept]
    if unkept:
        return _page(request, asked, unkept=unkept)
    return redirect(request.get_full_path())


def _step_on(request: PageRequest) -> None:
    """What was ticked goes a step further, or nothing does. Refused: waiting.none, report.*"""
    uids = dict(ticked(row) for row in request.POST.getlist("row"))
    step, by, at = step_of(request.user), request.user, now()
    months = months_named(by, step, uids) if step else []
    check_all_there(len(months), len(uids))
    (check_months if step == "check" else accept_months)(months, by=by, at=at)


def _window(request: PageRequest, asked: SheetAsked) -> tuple[Window, Page]:
    """The window of the typed page, or of the last one where there are not so many."""
    reader, at = request.user, now()
    assert asked.campaign is not None
    wanted = asked.wanted(reader)
    given = request.GET.dict()
    reach = Page.of(given, total=10**9)
    window = sheet_window(
        asked.campaign, wanted, reader=reader, at=at, offset=reach.offset, limit=reach.size
    )
    page = Page.of(given, total=window.total)
    if not window.rows and window.total:
        window = sheet_window(
            asked.campaign, wanted, reader=reader, at=at, offset=page.offset, limit=page.size
        )
    return window, page


def _page(
    request: PageRequest,
    asked: SheetAsked,
    *,
    refused: Refused | None = None,
    unkept: list[CellKept] | None = None,
) -> HttpResponse:
    reader = request.user
    context: dict[str, Any] = {
        "asked": asked, "refused": refused, "rows": "", "wrong": list(asked.wrong)
    }  # fmt: skip
    if asked.campaign is not None:
        window, page = _window(request, asked)
        context["wrong"] += _wrong_page(request.GET.get("page", ""), page)
        closed = closed_months(now())
        there = sheet_choices(asked.campaign, on=today())
        frame = sheet_of(asked, reader, window.rows, closed=closed, units=there.names)
        fills = not why_not(check_can_fill_sheet, reader)
        context |= {
            "sheet": frame,
            "page": page,
            "said": sheet_in_words(asked),
            "first": page.offset + 1,
            "last": page.offset + page.shown,
            "rows": table_body(window.rows, frame),
            "sums": table_foot(totals(window.rows, frame), frame),
            "months": _months(asked, closed),
            "closed_why": closed.get(asked.month, ""),
            "fills": fills and asked.month not in closed,
            "unkept": [(one, _said(one, window.rows)) for one in unkept or ()],
            "step": step_of(reader),
            "waits": any(_waits(row, frame) for row in window.rows),
            "send": reverse("sheet_send") + asked.address(),
            "taken": reverse("sheet_taken", args=["xlsx"]) + asked.address(),
            "who": reader.uid,
            "words": script_words(get_language() or ""),
            "keys": json.dumps(frame.keys),
            "heads": asdict(paste_heads(asked.month, asked.measure)),
            "sent": request.GET.get("sent") == "1",
            **_bar(asked, reader, there),
        }
    status = 409 if refused or unkept else 200
    return render(request, "projects/sheet.html", context, status=status)


def _wrong_page(typed: str, page: Page) -> list[str]:
    """What a page that there is not is answered with."""
    if typed in ("", str(page.number)):
        return []
    sentence = _("没有第 %(typed)s 页，下面是第 %(number)s 页。")
    return [sentence % {"typed": typed[:QUOTED], "number": page.number}]


def _waits(row: SheetRow, frame: Sheet) -> bool:
    told = row.months[frame.number - 1].told
    return told is not None and told.state == frame.step


def _said(one: CellKept, rows: list[SheetRow]) -> tuple[str, str]:
    """Whose cell it is that was not kept, and why, with the value that stands."""
    name = next((row.name for row in rows if row.uid == one.cell.project), "")
    if one.refused is not None:
        return name, one.refused.sentence
    theirs = one.theirs
    assert theirs is not None
    said = _("%(who)s刚填的是“%(typed)s”，你填的没有盖掉它。要用你的，再存一次。")
    return name, said % {"who": theirs.typed_by.display_name, "typed": theirs.typed[:40]}


def _months(asked: SheetAsked, closed: dict[str, str]) -> list[tuple[int, str, bool, str, bool]]:
    """(number, address, current, why closed, to come) of the twelve months."""
    this = month_of(today())
    keys = [f"{asked.month[:5]}{number:02}" for number in range(1, 13)]
    return [
        (
            int(key[5:]),
            asked.address(month=key),
            key == asked.month,
            closed.get(key, ""),
            key > this,
        )
        for key in keys
    ]


def _bar(asked: SheetAsked, reader: User, there: SheetChoices) -> dict[str, Any]:
    """The filters and views of the sheet."""
    register = asked.register
    stages = [("none", _("未填阶段"))] + [
        (g.code, stage_label(g.code)) for g in gates_in_force().gates
    ]
    measures = {"done": _("完成（调度）"), "stat_done": _("完成（统计）"), "planned": _("计划")}
    listed = str(asked.listed.uid) if asked.listed else ""
    return {
        "townships": options([(name, name) for name in there.townships], register.township),
        "units": options([(name, name) for name in there.units], asked.unit)
        if asked.whose == "all" else "",
        "lists": options([(str(uid), name) for uid, name in there.lists], listed),
        "classes": options(PlanClass.choices, register.plan_class),
        "stages": options(stages, register.stage),
        "views": [
            (_("一个月"), asked.address(view="", col=""), None, not asked.measure),
            *((_("全年 %(what)s") % {"what": measures[one]}, asked.address(view="year", col=one),
               None, one == asked.measure) for one in MEASURES),
        ],
        "whose": [
            (_("本单位"), asked.address(whose="own"), None, asked.whose == "own"),
            (_("全部"), asked.address(whose="all"), None, asked.whose == "all"),
        ] if reader.unit_id else [],
        "waiting_url": asked.address(waiting="" if asked.waiting else "1"),
    }  # fmt: skip
