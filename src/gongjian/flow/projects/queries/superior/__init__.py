"""A superior's table: what it asks for, with what it is filled, what was sent and changed since."""

from gongjian.flow.projects.queries.superior.filling import (
    FilledSheet,
    Source,
    cautions,
    filled_sheet,
    filled_workbook,
    lacking_lines,
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
    SheetRead,
    read_sheet,
)
from gongjian.flow.projects.queries.superior.since import (
    Correction,
    corrections_since,
    values_standing,
)
from gongjian.flow.projects.queries.superior.telling import COUNTED, MONTHLY, SheetColumnRead
from gongjian.flow.projects.queries.superior.values import printed

__all__ = [
    "COUNTED",
    "MONTHLY",
    "Correction",
    "FilledSheet",
    "SheetColumnRead",
    "SheetRead",
    "Source",
    "cautions",
    "corrections_since",
    "field_choices",
    "field_label",
    "filled_sheet",
    "filled_workbook",
    "how_filled",
    "lacking_lines",
    "memory_for",
    "printed",
    "read_sheet",
    "sent_by_uid",
    "sent_rows",
    "sheet_by_uid",
    "sheet_read",
    "sheet_rows",
    "told_by",
    "values_standing",
    "why_not",
]
