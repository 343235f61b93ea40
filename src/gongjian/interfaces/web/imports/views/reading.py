"""One import: how its file was understood, or how far it is."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gongjian.foundation.records.models import ImportRun
from gongjian.foundation.records.queries import memory_of, trouble_of_run
from gongjian.foundation.records.usecases import Said
from gongjian.interfaces.request import PageRequest, now, opens
from gongjian.interfaces.web.acts import version_typed
from gongjian.interfaces.web.imports.forms import said_of
from gongjian.interfaces.web.imports.kinds import KINDS, Kind, check_can_import, run_of
from gongjian.interfaces.web.imports.rows import (
    answers_of,
    facts_of,
    questions_of,
    sheets_of,
)
from gongjian.lib.refusals import Refused

STATE = ImportRun.State
BUSY = (STATE.READING, STATE.RUNNING, STATE.UNDOING)


def steps() -> list[str]:
    return [_("选文件"), _("认表头和列"), _("试运行"), _("写入")]


@require_http_methods(["GET", "POST"])
@opens(check_can_import)
def import_run(request: PageRequest, uid: UUID) -> HttpResponse:
    """How the file was understood, with all questions on this one screen; later, how far it is."""
    run, kind = run_of(uid, reader=request.user)
    if request.method == "POST":
        return _answered(request, run, kind)
    if run.state in (*BUSY, STATE.STOPPED):
        return progress_page(request, run)
    if run.state in (STATE.DONE, STATE.UNDONE):
        return _followed(request, redirect("import_rows_list", uid=uid))
    if request.htmx:
        return _followed(request, redirect("import_run", uid=uid))
    return _page(request, run)


def _answered(request: PageRequest, run: ImportRun, kind: Kind) -> HttpResponse:
    """Keep what was said and try; where nothing new was said, the trial stands as it is."""
    try:
        said = said_of(run, request.POST, kind.fields)
        now_said = Said(tuple(run.sheets), run.maps, tuple((a, b) for a, b in run.says),
                        run.rows_said)  # fmt: skip
        if said != now_said or run.state != STATE.READ:
            version = version_typed(request.POST.get("version", ""))
            run = kind.answer(run, said, version=version, by=request.user, at=now())
    except Refused as no:
        return _page(request, run, refused=no, typed=request.POST.dict())
    if run.state in (STATE.READING, STATE.BROKEN) or {"again", "forget"} & set(request.POST):
        return redirect("import_run", uid=run.uid)
    return redirect("import_rows_list", uid=run.uid)


def progress_page(request: PageRequest, run: ImportRun) -> HttpResponse:
    """How far the worker is; the page asks again every two seconds, and may be left."""
    total = sum(run.totals.get(name, 0) for name in ("new", "changed", "same", "refused", "asked"))
    wrote = run.totals.get("new", 0) + run.totals.get("changed", 0)
    context = {
        "run": run,
        "facts": facts_of(run),
        "steps": steps(),
        "step": 2 if run.state == STATE.READING else 4,
        "done": run.position,
        "total": 0 if run.state == STATE.READING else
        wrote if run.state == STATE.UNDOING else total,
        "trouble": trouble_of_run(run),
    }  # fmt: skip
    return render(request, "imports/progress.html", context)


def _followed(request: PageRequest, answer: HttpResponse) -> HttpResponse:
    """A page that asks how far it is goes on to what comes next."""
    if request.htmx:
        moved = HttpResponse(status=200)
        moved["HX-Redirect"] = answer["Location"]
        return moved
    return answer


def _page(
    request: PageRequest,
    run: ImportRun,
    *,
    refused: Refused | None = None,
    typed: dict[str, Any] | None = None,
) -> HttpResponse:
    kind, memory = KINDS[run.kind], memory_of(run.kind, run.unit_id)
    sheets = sheets_of(run, memory, kind)
    context = {
        "run": run,
        "facts": facts_of(run),
        "steps": steps(),
        "sheets": sheets,
        "names": _names(run),
        "questions": questions_of(run, memory),
        "answered": answers_of(run),
        "fields": [(name, str(label)) for name, label in kind.fields.items()],
        "kind": kind,
        "remembered": [row for row in memory.values() if _used(row.header, run)],
        "warnings": run.report.get("warnings", []),
        "rows": sum(sheet.rows for sheet in sheets if sheet.taken),
        "broken": run.reason if run.state == STATE.BROKEN else "",
        "typed": typed or {},
        "refused": refused,
    }
    return render(request, "imports/reading.html", context, status=409 if refused else 200)


def _names(run: ImportRun) -> list[tuple[str, bool]]:
    """The sheets that may be taken, and whether each is; one without a table is none of them."""
    read: dict[str, bool] = {}
    for sheet in run.report.get("sheets", []):
        name = sheet["name"].partition("#")[0]
        read[name] = read.get(name, False) or bool(sheet["columns"])
    return [
        (name, not run.sheets or name in run.sheets)
        for name in run.report.get("names", [])
        if read.get(name, True)
    ]


def _used(header: str, run: ImportRun) -> bool:
    columns = (c for sheet in run.report.get("sheets", []) for c in sheet["columns"])
    return any(column["header_path"] == header for column in columns)
