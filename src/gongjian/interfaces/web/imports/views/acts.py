"""Starting an import, taking it up again, taking it back."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from gongjian.foundation.records.usecases import go_on, once, stop_import
from gongjian.interfaces.request import PageRequest, now, opens
from gongjian.interfaces.web.acts import act_key, version_typed
from gongjian.interfaces.web.imports.kinds import check_can_import, run_of
from gongjian.interfaces.web.imports.views.reading import BUSY
from gongjian.interfaces.web.imports.views.trail import rows_page
from gongjian.lib.refusals import Refused


@require_POST
@opens(check_can_import)
def import_start(request: PageRequest, uid: UUID) -> HttpResponse:
    """Write what the trial showed, in the background."""
    run, kind = run_of(uid, reader=request.user)
    key, version = act_key(request.POST.get("key", "")), request.POST.get("version", "")
    try:
        with once(key, by=request.user, act="import.start", at=now()) as claim:
            if not claim.done_before:
                kind.start(run, version=version_typed(version), by=request.user, at=now())
    except Refused as no:
        if run.state in BUSY:
            return redirect("import_run", uid=uid)
        return rows_page(request, run, refused=no)
    return redirect("import_run", uid=uid)


@require_POST
@opens(check_can_import)
def import_stop(request: PageRequest, uid: UUID) -> HttpResponse:
    """End the writing after the batch in hand; one that ended meanwhile is shown as it is."""
    run, _kind = run_of(uid, reader=request.user)
    if run.state == run.State.RUNNING:
        stop_import(run, by=request.user, at=now())
    return redirect("import_run", uid=uid)


@require_POST
@opens(check_can_import)
def import_resume(request: PageRequest, uid: UUID) -> HttpResponse:
    """Let the worker take up what stopped half-way."""
    run, _kind = run_of(uid, reader=request.user)
    go_on(run, by=request.user, at=now())
    return redirect("import_run", uid=uid)


@require_POST
@opens(check_can_import)
def import_undo(request: PageRequest, uid: UUID) -> HttpResponse:
    """Take back what nobody touched since."""
    run, kind = run_of(uid, reader=request.user)
    version = version_typed(request.POST.get("version", ""))
    try:
        kind.undo(run, version=version, by=request.user, at=now())
    except Refused as no:
        if run.state in BUSY:
            return redirect("import_run", uid=uid)
        return rows_page(request, run, refused=no)
    return redirect("import_run", uid=uid)
