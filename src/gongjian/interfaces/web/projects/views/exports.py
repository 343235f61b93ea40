"""The register, a list, a change statement: to take away, noted in the log."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongjian.flow.duties.queries import answering_for_projects
from gongjian.flow.plan.models import Campaign
from gongjian.flow.plan.queries import campaign_in_force
from gongjian.flow.progress.queries import basis_named
from gongjian.flow.projects.queries import (
    AT_ONCE,
    LAYOUTS,
    Basis,
    ExportAsked,
    Table,
    doubts_asked,
    doubts_table,
    export_file,
    line_keys,
    list_by_uid,
    list_table,
    list_version,
    member_rows,
    narrowed_doubts,
    objects_in_batches,
    project_by_uid,
    rates_as_of,
    rates_table,
    register_keys,
    statement,
    statement_table,
    statement_word,
    table_csv,
    table_json,
    table_xlsx,
    township_names,
    version_rows,
)
from gongjian.flow.projects.rules import check_can_read_projects
from gongjian.flow.projects.usecases import ask_export, follow_register, note_export
from gongjian.interfaces.request import PageRequest, now, opens, today
from gongjian.interfaces.web.answers import attachment
from gongjian.interfaces.web.projects.rows.asked import DayAsked, ListAsked
from gongjian.interfaces.web.projects.rows.list_asked import ListAsked as Listed
from gongjian.interfaces.web.projects.rows.list_asked import columns_taken, list_asked
from gongjian.interfaces.web.projects.views.doubts import doubts_wanted
from gongjian.interfaces.web.projects.views.lists import span_asked, wanted_of
from gongjian.lib.refusals import Missing

KINDS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "oc4ids": "application/json; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
TABLES = ("xlsx", "csv", "json")
GANTT = (  # what the chart of time shows
    "seq", "name", "township", "stage_label", "standing_label", "planned_start", "actual_start",
    "planned_finish", "actual_finish", "planned_production", "moves",
)  # fmt: skip


@require_GET
@opens(check_can_read_projects)
def projects_file(request: PageRequest, form: str) -> HttpResponse:
    """The projects of the list as it is filtered, with the columns that are shown."""
    return _taken(request, form)


@require_GET
@opens(check_can_read_projects)
def layout_file(request: PageRequest, layout: str, form: str) -> HttpResponse:
    """The projects of the list as it is filtered, by an official layout."""
    if layout not in LAYOUTS:
        raise no_file()
    return _taken(request, form, layout)


def _taken(request: PageRequest, form: str, layout: str = "") -> HttpResponse:
    """The file at once; where it is long, the page that says how far it is."""
    campaign, given, by, at = campaign_in_force(today()), request.GET, request.user, now()
    if campaign is None:
        raise no_file()
    follow_register(at=at)
    listed = list_asked(given, townships=township_names(on=today()))
    asked = ExportAsked(
        form=form,
        basis=basis_named(given.get("snapshot", "").strip(), at=at),
        layout=layout,
        columns=GANTT if given.get("table") == "gantt" else columns_taken(listed),
        unit=given.get("unit", "wan"),
        keys=_keys(request, campaign, listed),
    ).checked()
    total = len(register_keys(campaign) if asked.keys is None else asked.keys)
    if total > AT_ONCE:
        return redirect("export", uid=ask_export(campaign, asked, total, by=by, at=at).uid)
    batches = objects_in_batches(campaign, asked, answering_for_projects)
    objects = [one for batch in batches for one in batch]
    maker = by.unit.name if by.unit else ""
    made = export_file(campaign, objects, asked, by=by.display_name, maker=maker)
    note_export(campaign, f"{layout}.{form}" if layout else form, made.rows, by=by, at=at)
    return attachment(made.content, made.name, kind=KINDS[form])


def _keys(request: PageRequest, campaign: Campaign, listed: Listed) -> tuple[int, ...] | None:
    """The one project of the address, or those of the filter in their order; None: all."""
    if typed := request.GET.get("project", ""):
        try:
            return (project_by_uid(UUID(typed), reader=request.user).pk,)
        except ValueError as odd:
            raise no_file() from odd
    if not listed.filtered and not listed.order:
        return None
    return tuple(line_keys(campaign, listed.wanted, on=today(), order=listed.order))


@require_GET
@opens(check_can_read_projects)
def list_file(request: PageRequest, uid: UUID, form: str) -> HttpResponse:
    """A list as of a day."""
    listed = list_by_uid(uid, reader=request.user)
    if form not in TABLES:
        raise no_file()
    by, at, on = request.user, now(), DayAsked.of(request.GET.get("on", "")).day
    wanted = wanted_of(request)
    rows = member_rows(listed, wanted, on=on, known_at=at)
    said: dict[str, Any] = {"by": by.display_name, "filtered": wanted.any}
    table = list_table(listed, list_version(listed, on), rows, basis=Basis(on, at), **said)
    note_export(listed, form, len(rows), by=by, at=at)
    return table_answer(table, form, named="projects", objects=table.rows)


@require_GET
@opens(check_can_read_projects)
def statement_file(request: PageRequest, uid: UUID, form: str) -> HttpResponse:
    """The change statement, as an official paper or a sheet."""
    listed = list_by_uid(uid, reader=request.user)
    if form not in (*TABLES, "docx"):
        raise no_file()
    span, _wrong = span_asked(request, listed)
    found = statement(listed, since=span.since, until=span.until)
    acts = version_rows(listed, since=span.since, until=span.until)
    note_export(listed, form, len(acts), by=request.user, at=now())
    table = statement_table(listed, found, acts, span)
    if form == "docx":
        content = statement_word(listed, found, acts, span)
        return attachment(content, f"{table.title}.docx", kind=KINDS[form])
    return table_answer(table, form, named="rows", objects=table.rows)


@require_GET
@opens(check_can_read_projects)
def doubts_file(request: PageRequest, form: str) -> HttpResponse:
    """What is asked back, as it is filtered, of the projects the reader answers for."""
    campaign = campaign_in_force(today())
    if campaign is None or form not in TABLES:
        raise no_file()
    by, at = request.user, now()
    every = doubts_asked(campaign, reader=by, as_of=today(), known_at=at)
    rows = narrowed_doubts(every, doubts_wanted(request))
    table = doubts_table(campaign, rows, basis=Basis(today(), at), by=by.display_name)
    note_export(campaign, f"doubts.{form}", len(rows), by=by, at=at)
    return table_answer(table, form, named="doubts", objects=table.rows)


@require_GET
@opens(check_can_read_projects)
def rates_file(request: PageRequest, form: str) -> HttpResponse:
    """Every rate of a list as of a day."""
    asked = ListAsked.of(request.GET, campaign_in_force(today()))
    if asked.listed is None or form not in TABLES:
        raise no_file()
    by, at = request.user, now()
    rows = rates_as_of(asked.listed, as_of=asked.day, known_at=at)
    if not rows:
        raise no_file()
    table = rates_table(rows, basis=Basis(asked.day, at), by=by.display_name)
    note_export(asked.listed, f"rates.{form}", len(rows), by=by, at=at)
    return table_answer(table, form, named="rates", objects=table.rows)


def table_answer(
    table: Table, form: str, *, named: str, objects: Sequence[Mapping[str, Any]]
) -> HttpResponse:
    """A table in one of TABLES."""
    if form == "json":
        content = table_json(table, named=named, objects=objects)
    else:
        content = (table_csv if form == "csv" else table_xlsx)(table)
    return attachment(content, f"{table.title}.{form}", kind=KINDS[form])


def no_file() -> Missing:
    """That no such file can be made."""
    return Missing("list.file", _("没有这样的文件可以导出。"))
