"""A superior's table: what it asks for, with what it is filled, what was sent and changed since."""

from gongjian.flow.projects.queries.superior.filling import (
    MONTHLY,
    FilledSheet,
    Source,
    filled_sheet,
    filled_workbook,
    month_named,
    printed,
)
from gongjian.flow.projects.queries.superior.kept import (
    memory_for,
    sent_by_uid,
    sent_rows,
    sheet_by_uid,
    sheet_read,
    sheet_rows,
)
from gongjian.flow.projects.queries.superior.phrases import (
    field_choices,
    field_label,
    how_filled,
    told_by,
    why_not,
)
from gongjian.flow.projects.queries.superior.reading import (
    SheetColumnRead,
    SheetRead,
    read_sheet,
)
from gongjian.flow.projects.queries.superior.since import Correction, corrections_since

__all__ = [
    "MONTHLY",
    "Correction",
    "FilledSheet",
    "SheetColumnRead",
    "SheetRead",
    "Source",
    "corrections_since",
    "field_choices",
    "field_label",
    "filled_sheet",
    "filled_workbook",
    "how_filled",
    "memory_for",
    "month_named",
    "printed",
    "read_sheet",
    "sent_by_uid",
    "sent_rows",
    "sheet_by_uid",
    "sheet_read",
    "sheet_rows",
    "told_by",
    "why_not",
]
