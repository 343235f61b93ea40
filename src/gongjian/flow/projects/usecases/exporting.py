"""What was taken away as a file, by whom; a long list is written by the worker."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.flow.plan.models import Campaign
from gongjian.flow.projects import rules
from gongjian.flow.projects.models import ExportRun, Project, ProjectList
from gongjian.flow.projects.queries import (
    EXPORT,
    SHEET,
    AnsweringOn,
    ExportAsked,
    Objects,
    SheetRow,
    WrittenFile,
    asked_of,
    export_file,
    objects_in_batches,
    register_keys,
    sheet_file,
    sheet_in_batches,
    stopped_runs,
)
from gongjian.flow.projects.usecases.weighing import refused_drafts
from gongjian.foundation.files.usecases import keep_file
from gongjian.foundation.orgs.models import User
from gongjian.foundation.records.usecases import leave_job, note
from gongjian.lib.refusals import Refused

WRITTEN = frozenset({".xlsx", ".csv", ".json", ".docx"})
State = ExportRun.State


@transaction.atomic
def note_export(
    what: Campaign | ProjectList | Project, form: str, rows: int, *, by: User | None, at: datetime
) -> None:
    """Note that a table was taken away: of what, in which form, how many rows.

    `by` None is the command line. Refused: business.*
    """
    if by is not None:
        rules.check_can_read_projects(by)
    kinds = {ProjectList: "list", Project: "project"}
    kind = kinds.get(type(what), "campaign")
    facts: dict[str, str | int] = {"of": kind, "uid": str(what.uid), "form": form, "rows": rows}
    note("projects.exported", by=by, at=at, facts=facts)


@transaction.atomic
def ask_export(
    campaign: Campaign, asked: ExportAsked, total: int, *, by: User, at: datetime
) -> ExportRun:
    """Leave a long export to the worker; the same one that still waits is not begun twice, one
    whose job gave up is ended and begun anew.

    Refused: business.*. Missing: list.file.
    """
    rules.check_can_read_projects(by)
    meant = {
        "campaign": campaign,
        "form": asked.checked().form,
        "layout": asked.layout,
        "unit": asked.unit,
        "keys": list(asked.keys or ()),
        "columns": list(asked.columns),
        "snapshot": asked.basis.snapshot,
        "as_of": asked.basis.as_of,
    }
    waiting = ExportRun.objects.filter(by=by, state=State.WAITING, **meant).first()
    if waiting is not None:
        if not stopped_runs([waiting]):
            return waiting
        _broken(waiting, _("写到一半停下了。"), at=at)
    run = ExportRun.objects.create(
        **meant, known_at=asked.basis.known_at, total=total, by_id=by.pk, asked_at=at
    )
    note("export.asked", run, by=by, at=at)
    leave_job(EXPORT, str(run.uid), run_at=at)
    return run


def write_export(key: str, answering: AnsweringOn, *, at: datetime) -> ExportRun:
    """Write a long export into a file; how far it is stands on its row. Written once.

    `answering` says who answers for projects on a day; a later room knows.
    """
    run = ExportRun.objects.select_related("campaign", "by__unit").get(uid=UUID(key))
    if run.state != State.WAITING:
        return run
    asked = asked_of(run)
    try:
        if asked.layout == SHEET:  # it shows what stands now, not what stood when it was asked for
            made = _sheet(run, replace(asked, basis=replace(asked.basis, known_at=at)), at=at)
        else:
            made = _list(run, asked, answering)
        return _written(run, made.name, made.content, made.rows, at=at)
    except Refused as no:
        return _broken(run, no.sentence, at=at)


def _list(run: ExportRun, asked: ExportAsked, answering: AnsweringOn) -> WrittenFile:
    objects = Objects()
    for batch in objects_in_batches(run.campaign, asked, answering):
        objects += batch
        _reached(run, len(objects))
    maker = run.by.unit.name if run.by.unit else ""
    return export_file(run.campaign, objects, asked, by=run.by.display_name, maker=maker)


def _sheet(run: ExportRun, asked: ExportAsked, *, at: datetime) -> WrittenFile:
    """The month sheet as who asked for it sees it, drafts and all."""
    keys = register_keys(run.campaign) if asked.keys is None else asked.keys
    rows: list[SheetRow] = []
    for batch in sheet_in_batches(run.campaign, keys, reader=run.by):
        refused_drafts(batch, year=run.campaign.year, at=at)
        rows += batch
        _reached(run, len(rows))
    return sheet_file(run.campaign, rows, asked, by=run.by.display_name)


def _reached(run: ExportRun, rows: int) -> None:
    ExportRun.objects.filter(pk=run.pk).update(reached=rows)


@transaction.atomic
def _written(run: ExportRun, name: str, content: bytes, rows: int, *, at: datetime) -> ExportRun:
    stored = keep_file(name, content, by=run.by, at=at, kinds=WRITTEN)
    run.state, run.name, run.file, run.ended_at = State.DONE, name[-200:], stored, at
    run.total = rows
    run.save(update_fields=["state", "name", "file", "ended_at", "total"])
    facts: dict[str, str | int] = {
        "of": "campaign",
        "uid": str(run.campaign.uid),
        "form": run.form,
        "rows": rows,
    }
    note("projects.exported", run, by=run.by, at=at, facts=facts)
    return run


@transaction.atomic
def _broken(run: ExportRun, reason: str, *, at: datetime) -> ExportRun:
    run.state, run.reason, run.ended_at = State.BROKEN, reason[:300], at
    run.save(update_fields=["state", "reason", "ended_at"])
    note("export.broken", run, by=run.by, at=at)
    return run
