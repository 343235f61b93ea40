"""The rows of an import: what would become of them, or what became of them."""

from decimal import Decimal
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gongjian.flow.projects.queries import BESIDE, TrailRow, ledger_label, money, trail_rows
from gongjian.flow.projects.queries import label_of as column_label
from gongjian.flow.projects.queries import tried_rows as tried
from gongjian.foundation.records.models import ImportRow, ImportRun
from gongjian.foundation.records.queries import (
    DOUBTFUL,
    OUTCOMES,
    adds_up,
    count_undone,
    import_rows,
    trial_rows,
    trouble_of_run,
)
from gongjian.interfaces.request import PageRequest, now, opens, today
from gongjian.interfaces.web.acts import version_typed
from gongjian.interfaces.web.imports.forms import rows_said
from gongjian.interfaces.web.imports.kinds import KINDS, PROJECTS, Kind, check_can_import, run_of
from gongjian.interfaces.web.imports.rows import HAPPENED, facts_of, names_answered, names_asked
from gongjian.interfaces.web.imports.views.reading import BUSY, STATE, steps
from gongjian.interfaces.web.paging import Page
from gongjian.lib.refusals import Refused

SIZE = 40
TONES = {"new": "g-tag-g", "changed": "g-tag-a", "same": "", "refused": "g-tag-r",
         "asked": "g-tag-y"}  # fmt: skip
DATES = ("planned_start", "planned_finish")
SUMS = ("total_investment", "plan_investment")


@require_http_methods(["GET", "POST"])
@opens(check_can_import)
def import_rows_list(request: PageRequest, uid: UUID) -> HttpResponse:
    """New, changed with old beside new, the same, given back, asked; before writing or after."""
    run, kind = run_of(uid, reader=request.user)
    if request.method == "POST":
        return _settled(request, run, kind)
    if run.state in (*BUSY, STATE.BROKEN, STATE.STOPPED):
        return redirect("import_run", uid=uid)
    return rows_page(request, run)


def _settled(request: PageRequest, run: ImportRun, kind: Kind) -> HttpResponse:
    """Keep which project asked rows are about, and try again."""
    try:
        said = rows_said(run, request.POST)
        version = version_typed(request.POST.get("version", ""))
        kind.answer(run, said, version=version, by=request.user, at=now())
    except Refused as no:
        return rows_page(request, run, refused=no)
    return redirect("import_rows_list", uid=run.uid)


def rows_page(
    request: PageRequest, run: ImportRun, *, refused: Refused | None = None
) -> HttpResponse:
    """The trial of a run that is not begun, the result of one that is."""
    outcome = request.GET.get("outcome", "")
    outcome = outcome if outcome in (*OUTCOMES, DOUBTFUL) else ""
    words = request.GET.get("q", "").strip()[:60]
    left = request.GET.get("left", "") == "1"
    trial = run.state == STATE.READ
    page, rows = (
        _tried(request, run, outcome, words) if trial else _kept(request, run, outcome, words, left)
    )
    totals = run.totals
    undone, stayed = (0, 0) if trial else count_undone(run)
    context: dict[str, Any] = {
        "run": run,
        "kind": KINDS[run.kind],
        "projects": run.kind == PROJECTS,
        "facts": facts_of(run),
        "steps": steps(),
        "step": 3 if trial else 5,
        "trial": trial,
        "totals": totals,
        "writes": totals["new"] + totals["changed"],
        "held": totals["refused"] + totals["asked"],
        "mended": totals["refused"] + totals["asked"] + totals.get(DOUBTFUL, 0),
        "whole": adds_up(totals),
        "data": sum(totals[name] for name in OUTCOMES),
        "filters": _filters(totals, outcome, words),
        "outcome": outcome,
        "words": words,
        "rows": [_line(row, at) for at, row in enumerate(rows)],
        "asked_here": trial and any(row.outcome == "asked" and row.among for row in rows),
        "page": page,
        "names": names_asked(run) if trial else [],
        "answered": names_answered(run) if trial else [],
        "effects": _effects(run) if trial and run.kind == PROJECTS else {},
        "warnings": _warnings(run) if trial else [],
        "undone": undone,
        "stayed": stayed,
        "left": left,
        "left_url": f"{reverse('import_rows_list', args=[run.uid])}?left=1",
        "trouble": "" if trial else trouble_of_run(run),
        "key": uuid4(),
        "refused": refused,
    }
    return render(request, "imports/rows.html", context, status=409 if refused else 200)


def _tried(
    request: PageRequest, run: ImportRun, outcome: str, words: str
) -> tuple[Page, list[TrailRow]]:
    found = trial_rows(run, outcome=outcome, words=words)
    page = Page.of(request.GET.dict(), total=found.count(), size=SIZE)
    shown = found.values_list("said", flat=True)[page.offset : page.offset + page.size]
    return page, tried(shown, on=today())


def _kept(
    request: PageRequest, run: ImportRun, outcome: str, words: str, left: bool
) -> tuple[Page, list[TrailRow]]:
    found = import_rows(run, outcome=outcome, words=words, left=left)
    page = Page.of(request.GET.dict(), total=found.count(), size=SIZE)
    return page, trail_rows(found[page.offset : page.offset + page.size], on=today())


def _filters(totals: dict[str, int], outcome: str, words: str) -> list[tuple[str, str, int, bool]]:
    """(label, address, count, current) of each outcome."""
    labels = dict(ImportRow.Outcome.choices)
    whole = sum(totals[name] for name in OUTCOMES)
    found = [("", _("全部"), whole), *((name, labels[name], totals[name]) for name in OUTCOMES)]
    if totals.get(DOUBTFUL):
        found.append((DOUBTFUL, _("有值待答"), totals[DOUBTFUL]))
    return [
        (
            str(label),
            "?" + urlencode({"outcome": name, "q": words}),
            count,
            name == outcome,
        )
        for name, label, count in found
    ]


def _line(row: TrailRow, at: int) -> dict[str, Any]:
    project = row.thing and not row.undone
    return {
        "row": row,
        "at": at,
        "tone": TONES[row.outcome],
        "label": str(dict(ImportRow.Outcome.choices)[row.outcome]),
        "url": reverse("project", args=[row.thing]) if project else "",
        "key": f"{row.sheet}!{row.row}",
    }


def _warnings(run: ImportRun) -> list[str]:
    """What was said of the file and of its tables, once each."""
    found = list(run.report.get("warnings", []))
    for sheet in run.report.get("sheets", []):
        found += sheet["warnings"]
    return list(dict.fromkeys(found))


def _effects(run: ImportRun) -> dict[str, Any]:
    """What writing would come to."""
    effects = run.report.get("effects", {})
    columns = effects.get("columns", {})
    fields = {column["field"] for sheet in run.report["sheets"] for column in sheet["columns"]}
    registered = effects.get("registered", 0)
    return {
        "before": registered,
        "after": registered + run.totals["new"],
        "dates": sum(columns.get(name, 0) for name in DATES),
        "sums": sum(columns.get(name, 0) for name in SUMS),
        "added": [_added(name, Decimal(much)) for name, much in effects.get("added", {}).items()],
        "columns": [
            (column_label(name), count) for name, count in sorted(columns.items(), key=_most)
        ],
        "absent": effects.get("absent", 0),
        "other_years": "、".join(str(year) for year in effects.get("other_years", [])),
        "absent_names": effects.get("absent_names", []),
        "told": [ledger_label(name) for name in BESIDE if name in fields and name in HAPPENED],
    }


def _added(name: str, much: Decimal) -> str:
    """How much more, or less, a sum of the register would come to."""
    words = _("%(sum)s增加 %(much)s") if much > 0 else _("%(sum)s减少 %(much)s")
    return words % {"sum": column_label(name), "much": money(abs(much))}


def _most(pair: tuple[str, int]) -> tuple[int, str]:
    return -pair[1], pair[0]
