"""A superior's table: brought in, said how it is filled, taken away filled, recorded as sent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.documents import Unreadable
from gongjian.flow.plan.models import Campaign
from gongjian.flow.projects import rules
from gongjian.flow.projects.models import SentTable, SheetMemory, SuperiorSheet
from gongjian.flow.projects.queries import RegisterFilter, wanted_kept
from gongjian.flow.projects.queries.superior import (
    FilledSheet,
    SheetRead,
    field_choices,
    filled_workbook,
    memory_for,
    printed,
    read_sheet,
    sheet_read,
    values_standing,
)
from gongjian.foundation.files.models import StoredFile
from gongjian.foundation.files.rules import LEDGERS, check_can_keep
from gongjian.foundation.files.usecases import keep_file
from gongjian.foundation.orgs.models import User
from gongjian.foundation.records.usecases import note
from gongjian.lib.refusals import Refused

Rows = SuperiorSheet.Rows
LEAST_NAMED = 2


@dataclass(frozen=True, slots=True)
class SheetWords:
    """What is said of a table: what it is called, for whom, by when, and how it is filled."""

    title: str = ""
    to: str = ""
    due: str = ""
    sheet: str = ""
    rows: str = ""
    snapshot: str = ""
    maps: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    wanted: RegisterFilter = field(default_factory=RegisterFilter)


def bring_sheet(
    campaign: Campaign,
    name: str,
    content: bytes,
    *,
    by: User,
    at: datetime,
    snapshots: Mapping[str, date] | None = None,
) -> SuperiorSheet:
    """Keep an empty table and read what it asks for; what cannot be read is not kept.

    Of the `snapshots` (number → last day, newest first) it is filled from that of the month it asks
    for, else live; where it names no month, from the newest.

    Refused: office.only, file.kind, .empty, .large, sheet.unreadable, .classified, .no-header,
    .empty-cells.
    """
    rules.check_can_keep_project(by)
    check_can_keep(name, size=len(content), kinds=LEDGERS)
    unit = by.unit_id or 0
    read = read_sheet(name, content, remembered=memory_for(unit), year=campaign.year)
    with transaction.atomic():
        stored = keep_file(name, content, by=by, at=at, kinds=LEDGERS)
        sheet = SuperiorSheet.objects.create(
            campaign=campaign,
            file=stored,
            name=name[-200:],
            title=read.title[:120],
            sheet=read.sheet[:120],
            rows=Rows.NAMED if len(read.named) >= LEAST_NAMED else Rows.LISTED,
            snapshot=_snapshot(read, campaign.year, snapshots or {}),
            unit_id=unit,
            by_id=by.pk,
            brought_at=at,
        )
        note("sheet.brought", sheet, by=by, at=at)
    return sheet


@transaction.atomic
def change_sheet(
    sheet: SuperiorSheet, said: SheetWords, *, version: int, by: User, at: datetime
) -> SuperiorSheet:
    """Say how a table is filled; what is said of columns is remembered for the next one.

    Refused: office.only, sheet.too-long, .map, .rows, .changed.
    """
    rules.check_can_keep_project(by)
    rules.check_sheet_words({"title": said.title, "to": said.to, "due": said.due})
    rules.check_sheet_maps(said.maps, said.units, {code for code, _label in field_choices()})
    if said.rows not in Rows.values:
        raise Refused("sheet.rows", _("请选填哪些行。"))
    held = SuperiorSheet.objects.select_for_update().get(pk=sheet.pk)
    if held.version != version:
        raise Refused("sheet.changed", _("这张表刚被别人改过，请刷新后再看。"))
    learnt = {letter: name for letter, name in said.maps.items() if held.maps.get(letter) != name}
    for name in ("title", "to", "due", "sheet", "rows", "snapshot"):
        setattr(held, name, getattr(said, name).strip())
    held.maps, held.units = dict(said.maps), {k: v for k, v in said.units.items() if v}
    held.wanted, held.version = wanted_kept(said.wanted), version + 1
    held.save()
    note("sheet.changed", held, *_remember(held, learnt), by=by, at=at)
    return held


@transaction.atomic
def fill_sheet(
    sheet: SuperiorSheet,
    filled: FilledSheet,
    *,
    notes: Sequence[str],
    foot: str,
    by: User,
    at: datetime,
) -> bytes:
    """The filled workbook to take away; it is kept, so that what is sent can be recorded.

    Refused: office.only, sheet.unreadable.
    """
    rules.check_can_keep_project(by)
    content = _written(filled, notes=notes, foot=foot)
    held = SuperiorSheet.objects.select_for_update().get(pk=sheet.pk)
    held.taken_file = _kept(sheet, content, by=by, at=at)
    held.taken = filled.digest
    held.save(update_fields=["taken", "taken_file"])
    facts: dict[str, str | int] = {
        "uid": str(sheet.uid),
        "rows": len(filled.lines),
        "snapshot": filled.basis.snapshot,
    }
    note("sheet.filled", held, by=by, at=at, facts=facts)
    return content


@transaction.atomic
def record_sent(
    sheet: SuperiorSheet,
    filled: FilledSheet,
    *,
    seen: str,
    notes: Sequence[str],
    foot: str,
    by: User,
    at: datetime,
) -> SentTable:
    """Keep a table as it was sent: the file, every value in it, from which figures, to whom. `seen`
    is the digest of the filling that was looked at; the file is the one taken away last.

    Refused: office.only, sheet.no-receiver, sheet.no-rows, sheet.cut, sheet.other-now,
    sheet.other-taken.
    """
    rules.check_can_keep_project(by)
    rules.check_can_record_sent(sheet.to, len(filled.lines), left_over=filled.left_over)
    held = SuperiorSheet.objects.select_for_update().get(pk=sheet.pk)
    rules.check_is_what_was_taken(filled.digest, seen=seen, taken=held.taken)
    basis = filled.basis
    stored = held.taken_file or _kept(sheet, _written(filled, notes=notes, foot=foot), by=by, at=at)
    sent = SentTable.objects.create(
        sheet=sheet,
        title=(sheet.title or _stem(sheet))[:120],
        to=sheet.to,
        snapshot=basis.snapshot,
        as_of=basis.as_of,
        known_at=basis.known_at,
        columns=[
            {
                "letter": one.letter,
                "head": one.title,
                "field": one.field,
                "scale": one.scale,
                "month": one.month,
            }
            for one in filled.read.columns
        ],
        rows=_rows(filled, sheet, at=at),
        file=stored,
        by_id=by.pk,
        sent_at=at,
    )
    facts: dict[str, str | int] = {"rows": len(filled.lines), "sha256": stored.sha256}
    note("sheet.sent", sent, by=by, at=at, facts=facts)
    return sent


def _snapshot(read: SheetRead, year: int, snapshots: Mapping[str, date]) -> str:
    if read.month is None:
        return next(iter(snapshots), "")
    wanted = (read.year or year, read.month)
    return next((n for n, day in snapshots.items() if (day.year, day.month) == wanted), "")


def _rows(filled: FilledSheet, sheet: SuperiorSheet, *, at: datetime) -> list[dict[str, Any]]:
    """Every value as it was sent, and what the register said then where a snapshot says otherwise:
    that is no later correction."""
    rows: list[dict[str, Any]] = [
        {
            "uid": line.uid,
            "name": line.name,
            "values": [None if v is None else printed(v) for v in line.values],
        }
        for line in filled.lines
    ]
    if filled.basis.snapshot:
        standing = values_standing(filled, sheet.campaign, known_at=at)
        for row, stood in zip(rows, standing, strict=True):
            if any(
                now is not None and now != (v or "")
                for now, v in zip(stood, row["values"], strict=True)
            ):
                row["stood"] = stood
    return rows


def _kept(sheet: SuperiorSheet, content: bytes, *, by: User, at: datetime) -> StoredFile:
    return keep_file(f"{_stem(sheet)}.xlsx"[-200:], content, by=by, at=at, kinds=LEDGERS)


def _stem(sheet: SuperiorSheet) -> str:
    return sheet.name.rpartition(".")[0] or sheet.name


def _written(filled: FilledSheet, *, notes: Sequence[str], foot: str) -> bytes:
    try:
        return filled_workbook(filled, foot=foot, notes=notes)
    except Unreadable as trouble:
        raise Refused(
            "sheet.unreadable", _("这张表的文件写不回去，请用 Excel 另存一份再传。")
        ) from trouble


def _remember(sheet: SuperiorSheet, learnt: Mapping[str, str]) -> list[SheetMemory]:
    """Keep what was said of columns by their headers; said anew it is the new."""
    if not learnt:
        return []
    heads = {one.letter: one.title for one in sheet_read(sheet).columns}
    borne = list(heads.values())
    said = {
        heads[letter]: name
        for letter, name in learnt.items()
        if letter in heads and borne.count(heads[letter]) == 1  # of twins nothing can be told
    }
    said = {header: name for header, name in said.items() if len(header) <= 300}
    there = {
        row.header: row
        for row in SheetMemory.objects.filter(unit_id=sheet.unit_id, header__in=list(said))
    }
    kept = []
    for header, name in said.items():
        row = there.get(header) or SheetMemory(unit_id=sheet.unit_id, header=header)
        row.field, row.sheet = name, sheet
        row.save()
        kept.append(row)
    return kept
