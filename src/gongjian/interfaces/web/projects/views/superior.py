"""上级来表: brought in, filled, taken away, recorded as sent; what was corrected since."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from gongjian.flow.duties.queries import answering_for_projects
from gongjian.flow.plan.models import Campaign
from gongjian.flow.plan.queries import campaign_in_force
from gongjian.flow.progress.queries import SnapshotMoment, basis_named, snapshot_moments
from gongjian.flow.projects.models import PlanClass, SuperiorSheet
from gongjian.flow.projects.queries import definitions_named, lists_of, townships, wanted_again
from gongjian.flow.projects.queries.superior import (
    FilledSheet,
    Source,
    cautions,
    corrections_since,
    filled_sheet,
    sent_by_uid,
    sent_rows,
    sheet_by_uid,
    sheet_read,
    sheet_rows,
)
from gongjian.flow.projects.rules import check_can_keep_project
from gongjian.flow.projects.usecases import (
    SheetWords,
    bring_sheet,
    change_sheet,
    fill_sheet,
    record_sent,
)
from gongjian.foundation.files.queries import bytes_of
from gongjian.foundation.files.rules import LEDGERS, MEGABYTE, check_can_keep
from gongjian.foundation.records.usecases import once
from gongjian.interfaces.request import PageRequest, here, now, opens, today
from gongjian.interfaces.web.acts import act_key, version_typed
from gongjian.interfaces.web.answers import attachment
from gongjian.interfaces.web.imports.forms import file_name
from gongjian.interfaces.web.paging import Page
from gongjian.interfaces.web.projects.forms import choices, clean
from gongjian.interfaces.web.projects.rows.sheets import (
    ColumnLine,
    column_lines,
    foot_of,
    notes_of,
    preview,
    unit_choices,
)
from gongjian.interfaces.web.projects.rows.tabs import tabs
from gongjian.interfaces.web.projects.views.exports import KINDS
from gongjian.lib.refusals import Missing, Refused

SIZE = 20
NEWEST = 6
SNAPSHOTS = 3
MOST_COLUMNS = 200
ACCEPT = (".xlsx", ".xlsm", ".xls", ".et", ".ods", ".csv")


@dataclass(frozen=True, slots=True)
class Opened:
    """A table as it stands now: filled, from which figures, and what is said of its columns."""

    filled: FilledSheet
    columns: list[ColumnLine]
    foot: str
    notes: list[str]


@require_http_methods(["GET", "POST"])
@opens(check_can_keep_project)
def superior(request: PageRequest) -> HttpResponse:
    """The tables that came, what was sent with what was corrected since; a file begins another."""
    if request.method == "GET":
        return _list_page(request)
    try:
        return redirect("superior_sheet", uid=_brought(request))
    except Refused as no:
        return _list_page(request, refused=no)


@require_http_methods(["GET", "POST"])
@opens(check_can_keep_project)
def superior_sheet(request: PageRequest, uid: UUID) -> HttpResponse:
    """A table filled as it was said; POST says it anew, or records it as sent."""
    sheet = sheet_by_uid(uid)
    if request.method == "GET":
        return _sheet_page(request, sheet)
    given = clean(request.POST)
    try:
        if given.get("act") == "send":
            return _sent(request, sheet, given)
        version = version_typed(given.get("version", ""))
        basis_named(given.get("snapshot", "").strip(), at=now())
        change_sheet(sheet, _words(sheet, given), version=version, by=request.user, at=now())
    except (Refused, Missing) as no:
        return _sheet_page(request, sheet, refused=no)
    return redirect("superior_sheet", uid=uid)


@require_GET
@opens(check_can_keep_project)
def superior_file(request: PageRequest, uid: UUID) -> HttpResponse:
    """The filled workbook; `?as=came` gives the file as it came."""
    sheet = sheet_by_uid(uid)
    if request.GET.get("as") == "came":
        return attachment(bytes_of(sheet.file), sheet.name)
    found, by, at = _opened(request, sheet), request.user, now()
    content = fill_sheet(sheet, found.filled, notes=found.notes, foot=found.foot, by=by, at=at)
    name = _("%(name)s（已填）.xlsx") % {"name": sheet.name.rpartition(".")[0] or sheet.name}
    return attachment(content, name, kind=KINDS["xlsx"])


@require_GET
@opens(check_can_keep_project)
def sent_table(request: PageRequest, uid: UUID) -> HttpResponse:
    """A table as it was sent, and every cell that reads otherwise now."""
    sent = sent_by_uid(uid)
    page = Page.of(request.GET.dict(), total=len(sent.rows))
    context = {
        "room_tabs": tabs(request.user, "papers"),
        "sent": sent,
        "columns": [(one["letter"], one["head"]) for one in sent.columns],
        "rows": sent.rows[page.offset : page.offset + page.size],
        "page": page,
        "corrections": corrections_since([sent], known_at=now())[sent.pk],
    }
    return render(request, "projects/sent_table.html", context)


@require_GET
@opens(check_can_keep_project)
def sent_file(request: PageRequest, uid: UUID) -> HttpResponse:  # noqa: ARG001
    """The file as it was sent."""
    sent = sent_by_uid(uid)
    return attachment(bytes_of(sent.file), f"{sent.title}.xlsx", kind=KINDS["xlsx"])


def _brought(request: PageRequest) -> str:
    """The table that a sent file began; sent twice it is one. Refused: file.*, sheet.*."""
    file = request.FILES.get("file")
    if file is None:
        raise Refused("sheet.no-file", _("还没有选文件。请选上级发来的空表再传。"))
    name, at = file_name(file.name or ""), now()
    check_can_keep(name, size=file.size or 0, kinds=LEDGERS)
    snapshots = {one.number: one.as_of for one in snapshot_moments()}
    key = act_key(request.POST.get("key", ""))
    with once(key, by=request.user, act="sheet.bring", at=at) as claim:
        if not claim.done_before:
            sheet = bring_sheet(
                _campaign(), name, file.read(), by=request.user, at=at, snapshots=snapshots
            )
            claim.outcome = str(sheet.uid)
    return claim.outcome


def _sent(request: PageRequest, sheet: SuperiorSheet, given: Any) -> HttpResponse:
    found, by, at = _opened(request, sheet), request.user, now()
    with once(act_key(given.get("key", "")), by=by, act="sheet.send", at=at) as claim:
        if not claim.done_before:
            sent = record_sent(
                sheet, found.filled, seen=given.get("filling", ""), notes=found.notes,
                foot=found.foot, by=by, at=at,
            )  # fmt: skip
            claim.outcome = str(sent.uid)
    return redirect("sent_table", uid=claim.outcome)


def _opened(request: PageRequest, sheet: SuperiorSheet) -> Opened:
    """The table filled as it was said. Refused: sheet.*. Missing: snapshot.missing."""
    basis, place = basis_named(sheet.snapshot, at=now()), here()
    source = Source(
        sheet.campaign,
        basis,
        answering_for_projects(sheet.campaign, on=basis.as_of),
        wanted_again(sheet.wanted),
        place.place if place else "",
    )
    filled = filled_sheet(sheet_read(sheet), source, named=sheet.rows == SuperiorSheet.Rows.NAMED)
    columns = column_lines(filled)
    foot = foot_of(basis, definitions_named(), request.user.display_name)
    return Opened(filled, columns, foot, notes_of(columns, filled))


def _choice(chosen: str) -> list[SnapshotMoment]:
    """The newest snapshots, and the one that is chosen."""
    moments = snapshot_moments()
    return [one for n, one in enumerate(moments) if n < SNAPSHOTS or one.number == chosen]


def _words(sheet: SuperiorSheet, given: Any) -> SheetWords:
    """What a form says; a column that stays as it was recognised is not remembered."""
    maps, units = dict(sheet.maps), dict(sheet.units)
    columns = zip(given.getlist("column"), given.getlist("field"), given.getlist("was"),
                  strict=False)  # fmt: skip
    for letter, field, was in list(columns)[:MOST_COLUMNS]:
        if field != was:
            maps[letter[:3]] = field
    for letter in given.getlist("money")[:MOST_COLUMNS]:
        units[letter[:3]] = given.get(f"unit-{letter}", "")
    wanted = {"words": "q", "township": "township", "plan_class": "class"}
    chosen = given.get("sheet", "") or sheet.sheet
    if chosen != sheet.sheet:  # the letters were those of another sheet
        maps, units = {}, {}
    return SheetWords(
        title=given.get("title", ""),
        to=given.get("to", ""),
        due=given.get("due", ""),
        sheet=chosen,
        rows=given.get("rows", ""),
        snapshot=given.get("snapshot", ""),
        maps=maps,
        units=units,
        wanted=wanted_again(
            {name: given.get(key, "").strip() for name, key in wanted.items()}
            | {"listed": _list_typed(given.get("list", ""))}
        ),
    )


def _list_typed(typed: str) -> str:
    """The uid of a list as a form gives it; all projects where it is none."""
    try:
        return str(UUID(typed))
    except ValueError:
        return ""


def _sheet_page(
    request: PageRequest, sheet: SuperiorSheet, *, refused: Refused | Missing | None = None
) -> HttpResponse:
    try:
        found = _opened(request, sheet)
    except (Refused, Missing) as no:  # its snapshot or its file is gone
        context = {"sheet": sheet, "refused": no, "room_tabs": tabs(request.user, "papers")}
        return render(request, "projects/superior_sheet.html", context, status=409)
    read, wanted = found.filled.read, wanted_again(sheet.wanted)
    sent = list(sent_rows(sheet)[:NEWEST])
    corrected = corrections_since(sent, known_at=now())
    ways = [column.way for column in found.columns]
    context = {
        "room_tabs": tabs(request.user, "papers"),
        "sheet": sheet,
        "read": read,
        "filled": found.filled,
        "head": read.head[1] + 1,
        "names": [(name, name == read.sheet) for name in read.names],
        "letters": [column.letter for column in found.columns],
        "columns": [(column, unit_choices(column.unit)) for column in found.columns],
        "empty": [column for column in found.columns if column.why],
        "ways": {way: ways.count(way) for way in ("ok", "part", "no")},
        "lines": preview(found.filled),
        "cautions": cautions(found.filled),
        "foot": found.foot,
        "snapshots": _choice(sheet.snapshot),
        "wanted": wanted,
        "townships": [
            (one.short_name, one.short_name == wanted.township) for one in townships(on=today())
        ],
        "lists": [
            (str(one.uid), one.name, str(one.uid) == wanted.listed)
            for one in lists_of(sheet.campaign)
        ],
        "classes": choices(PlanClass.choices, wanted.plan_class),
        "kinds": choices(SuperiorSheet.Rows.choices, sheet.rows),
        "sent": [(one, corrected[one.pk][:NEWEST], len(corrected[one.pk])) for one in sent],
        "key": uuid4(),
        "refused": refused,
    }
    return render(request, "projects/superior_sheet.html", context, status=409 if refused else 200)


def _list_page(request: PageRequest, *, refused: Refused | None = None) -> HttpResponse:
    sent = sent_rows()
    page = Page.of(request.GET.dict(), total=sent.count(), size=SIZE)
    shown = list(sent[page.offset : page.offset + page.size])
    corrected = corrections_since(shown, known_at=now())
    context = {
        "room_tabs": tabs(request.user, "papers"),
        "campaign": campaign_in_force(today()),
        "sheets": list(sheet_rows()[:SIZE]),
        "sent": [(one, corrected[one.pk][:NEWEST], len(corrected[one.pk])) for one in shown],
        "page": page,
        "key": uuid4(),
        "accept": ",".join(ACCEPT),
        "limit": _("Excel 或 WPS 表格（xlsx、xls、et），单个 %(size)s MB 以内")
        % {"size": min(settings.LARGEST_UPLOAD // MEGABYTE, 10)},
        "refused": refused,
    }
    return render(request, "projects/superior.html", context, status=409 if refused else 200)


def _campaign() -> Campaign:
    campaign = campaign_in_force(today())
    if campaign is None:
        raise Refused("import.no-campaign", _("还没有攻坚年。先建攻坚年，再导入台账。"))
    return campaign
