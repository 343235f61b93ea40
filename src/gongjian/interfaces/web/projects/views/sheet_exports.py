"""The month sheet as a file: as it is shown, of every project of it."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongjian.flow.progress.queries import basis_named
from gongjian.flow.projects.queries import (
    AT_ONCE,
    SHEET,
    ExportAsked,
    projects_on_sheet,
    sheet_file,
    sheet_in_batches,
)
from gongjian.flow.projects.rules import check_can_read_projects
from gongjian.flow.projects.usecases import ask_export, follow_register, note_export, refused_drafts
from gongjian.interfaces.request import PageRequest, now, opens
from gongjian.interfaces.web.answers import attachment
from gongjian.interfaces.web.projects.rows.sheet_asked import SheetAsked
from gongjian.interfaces.web.projects.views.exports import KINDS
from gongjian.lib.refusals import Missing


@require_GET
@opens(check_can_read_projects)
def sheet_taken(request: PageRequest, form: str) -> HttpResponse:
    """The sheet of the address, at once; where it is long, the page that says how far it is."""
    by, at = request.user, now()
    asked = SheetAsked.of(request.GET.dict(), reader=by)
    if asked.campaign is None:
        raise Missing("list.file", _("没有这样的文件可以导出。"))
    wanted = asked.wanted(by)
    follow_register(at=at)
    keys = projects_on_sheet(asked.campaign, wanted, at=at)
    narrow = wanted.any or wanted.own is not None or wanted.waiting is not None
    taken = ExportAsked(
        form=form,
        basis=basis_named("", at=at),
        layout=SHEET,
        columns=(asked.month, asked.measure),
        keys=tuple(keys) if narrow else None,
    ).checked()
    if len(keys) > AT_ONCE:
        run = ask_export(asked.campaign, taken, len(keys), by=by, at=at)
        return redirect("export", uid=run.uid)
    batches = sheet_in_batches(asked.campaign, keys, reader=by)
    rows = [row for batch in batches for row in batch]
    refused_drafts(rows, year=asked.campaign.year, at=at)
    made = sheet_file(asked.campaign, rows, taken, by=by.display_name)
    note_export(asked.campaign, f"{SHEET}.{form}", made.rows, by=by, at=at)
    return attachment(made.content, made.name, kind=KINDS[form])
