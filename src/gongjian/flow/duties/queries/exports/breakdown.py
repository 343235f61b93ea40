"""任务分解表 as files: an Excel sheet to work with, and an official paper to circulate."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import date

from django.utils.translation import gettext as _

from gongjian.documents.official import (
    AttachmentHeading,
    Cell,
    Column,
    Landscape,
    OfficialDocument,
    Paragraph,
    TableBlock,
    broken,
    write_official,
)
from gongjian.documents.sheets import Sheet, SheetColumn, write_sheet
from gongjian.flow.duties.queries.breakdown import BreakdownRow, breakdown_rows
from gongjian.flow.plan.models import Campaign
from gongjian.flow.plan.queries import definitions_in_force
from gongjian.flow.projects.queries import (
    Basis,
    Footing,
    Table,
    TableColumn,
    table_csv,
    table_json,
)


def breakdown_table(campaign: Campaign, *, basis: Basis, by: str) -> Table:
    """The table for other programs. A constant number of queries."""
    rows = breakdown_rows(campaign, on=basis.as_of)
    return Table(
        title=_title(campaign),
        columns=(
            TableColumn("code", _("序号"), 8),
            TableColumn("kind", _("类别"), 8),
            TableColumn("title", _("行动、目标、任务"), 46),
            TableColumn("goal", _("目标值"), 18),
            TableColumn("leader", _("牵头领导"), 12),
            TableColumn("lead", _("牵头单位"), 18),
            TableColumn("responsible", _("责任单位"), 28),
            TableColumn("supporting", _("配合单位"), 28),
            TableColumn("deadline", _("完成时限"), 12, "date"),
        ),
        rows=tuple(asdict(row) for row in rows),
        footing=Footing(basis.as_of, _note(rows), by, basis.words, _definitions(campaign, basis)),
    )


def breakdown_content(campaign: Campaign, table: Table, form: str) -> bytes:
    """The table in one of the four forms: xlsx and docx as offices set it, csv and json."""
    on, footing = table.footing.as_of, table.footing.words
    if form == "xlsx":
        return breakdown_xlsx(campaign, on=on, footing=footing)
    if form == "docx":
        return breakdown_word(campaign, on=on, footing=footing)
    if form == "csv":
        return table_csv(table)
    return table_json(table, named="plan", objects=table.rows)


def _definitions(campaign: Campaign, basis: Basis) -> str:
    """By which definitions: how many hold on the day, and since when the newest of them does."""
    many, newest = definitions_in_force(campaign, on=basis.as_of)
    if newest is None:
        return _("各项还没有定口径")
    said = {"many": many, "day": newest.isoformat()}
    return _("目标、任务口径 %(many)s 项，最近一项 %(day)s 起") % said


def breakdown_xlsx(campaign: Campaign, *, on: date, footing: str = "") -> bytes:
    """The table as an Excel file; `footing` says as of when and who took it away.

    A constant number of queries.
    """
    rows = breakdown_rows(campaign, on=on)
    sheet = Sheet(
        title=_title(campaign),
        name=_("任务分解表"),
        columns=(
            SheetColumn(_("序号"), 8),
            SheetColumn(_("类别"), 8),
            SheetColumn(_("行动、目标、任务"), 46),
            SheetColumn(_("目标值"), 18),
            SheetColumn(_("牵头领导"), 12),
            SheetColumn(_("牵头单位"), 18),
            SheetColumn(_("责任单位"), 28),
            SheetColumn(_("配合单位"), 28),
            SheetColumn(_("完成时限"), 12, "date"),
        ),
        rows=tuple(
            (
                row.code,
                row.kind,
                row.title,
                row.goal,
                row.leader,
                row.lead,
                row.responsible,
                row.supporting,
                row.deadline,
            )
            for row in rows
        ),
        notes=tuple(filter(None, (_note(rows), footing))),
    )
    return write_sheet(sheet)


def breakdown_word(campaign: Campaign, *, on: date, footing: str = "") -> bytes:
    """The table as an official Word paper: what it is, then the table on A4 turned sideways.

    A constant number of queries.
    """
    rows = breakdown_rows(campaign, on=on)
    table = TableBlock(
        columns=(
            Column(_("序号"), 5),
            Column(_("目标、任务"), 26, "left"),
            Column(_("目标值"), 12),
            Column(_("牵头单位"), 11),
            Column(_("责任单位"), 17, "left"),
            Column(_("配合单位"), 17, "left"),
            Column(_("完成时限"), 10),
        ),
        rows=tuple(_word_rows(rows, campaign.year)),
        note=footing,
    )
    title = _title(campaign)
    attached = Landscape((AttachmentHeading(_("附件"), title), table))
    document = OfficialDocument(
        title=broken([f"{campaign.year}{_('年')}", campaign.name, _("任务分解表"), _("说明")]),
        draft_mark=_("代拟稿"),
        blocks=(*(Paragraph(text) for text in _explained(rows)), attached),
        attachments=(title,),
    )
    return write_official(document)


def _explained(rows: Sequence[BreakdownRow]) -> Iterator[str]:
    """The page before the table, in an office's words."""
    kinds = [row.kind for row in rows]
    yield _(
        "任务分解表按已定稿的实施方案逐项列出，共%(actions)s个行动、%(targets)s项目标、"
        "%(tasks)s项任务，每项写明牵头单位、责任单位、配合单位和完成时限。"
    ) % {
        "actions": kinds.count(_("行动")),
        "targets": kinds.count(_("目标")),
        "tasks": kinds.count(_("任务")),
    }
    yield _("牵头单位对所牵头事项负总责，责任单位按分工完成，配合单位按要求协助。")
    yield _note(rows)


def _title(campaign: Campaign) -> str:
    return _("%(year)s年%(name)s任务分解表") % {"year": campaign.year, "name": campaign.name}


def _note(rows: Sequence[BreakdownRow]) -> str:
    """What the reader has to know: it is a draft, and how much of it nobody has confirmed."""
    draft = _("本表由系统按定稿方案代拟，未经审签不作为下达依据。")
    proposed = sum(row.proposed for row in rows)
    if not proposed:
        return draft
    return draft + _("其中 %(count)s 行的责任单位待确认。") % {"count": proposed}


def _word_rows(rows: Sequence[BreakdownRow], year: int) -> Iterator[tuple[str | Cell, ...]]:
    for row in rows:
        if row.kind == _("行动"):
            led = _("（牵头领导：%(who)s）") % {"who": row.leader} if row.leader else ""
            yield (row.code, Cell(f"{row.title}{led}", column_span=6, align="left"))
        else:
            yield (
                row.code,
                row.title,
                row.goal or "—",
                row.lead or "—",
                row.responsible or "—",
                row.supporting or "—",
                _day(row.deadline, year),
            )


def _day(day: date | None, year: int) -> str:
    """The day alone within the campaign's year."""
    if day is None:
        return "—"
    words = _("%(month)s月%(day)s日") if day.year == year else _("%(year)s年%(month)s月%(day)s日")
    return words % {"year": day.year, "month": day.month, "day": day.day}
