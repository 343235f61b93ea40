"""The tables of superiors that were brought in, and those that were sent."""

from uuid import UUID

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from gongjian.flow.projects.models import SentTable, SheetMemory, SuperiorSheet
from gongjian.flow.projects.queries.superior.reading import SheetRead, read_sheet
from gongjian.foundation.files.queries import bytes_of
from gongjian.lib.refusals import Missing


def sheet_by_uid(uid: UUID) -> SuperiorSheet:
    """A table that was brought in. Missing: sheet.missing."""
    found = SuperiorSheet.objects.select_related("file", "campaign").filter(uid=uid).first()
    if found is None:
        raise Missing("sheet.missing", _("没有这张上级来表。"))
    return found


def sheet_read(sheet: SuperiorSheet) -> SheetRead:
    """The table as it is understood now. Refused: sheet.*, file.gone."""
    return read_sheet(
        sheet.name,
        bytes_of(sheet.file),
        sheet=sheet.sheet,
        maps=sheet.maps,
        units=sheet.units,
        remembered=memory_for(sheet.unit_id),
        year=sheet.campaign.year,
    )


def sheet_rows() -> QuerySet[SuperiorSheet]:
    """The tables that were brought in, the newest first, each with how often it was sent."""
    return SuperiorSheet.objects.select_related("by").annotate(times=Count("sent"))


def sent_by_uid(uid: UUID) -> SentTable:
    """A table that was sent. Missing: sent.missing."""
    rows = SentTable.objects.select_related("file", "by", "sheet__campaign", "sheet__file")
    found = rows.filter(uid=uid).first()
    if found is None:
        raise Missing("sent.missing", _("没有这份报送记录。"))
    return found


def sent_rows(sheet: SuperiorSheet | None = None) -> QuerySet[SentTable]:
    """What was sent, of one table or of all, the newest first."""
    rows = SentTable.objects.select_related("by", "sheet__campaign", "file")
    return rows if sheet is None else rows.filter(sheet=sheet)


def memory_for(unit_id: int) -> dict[str, str]:
    """{header: field} as a unit said it of earlier tables. One query."""
    rows = SheetMemory.objects.filter(unit_id=unit_id)
    return dict(rows.values_list("header", "field"))
