"""Bytes of an xls, or of the et of WPS → its visible sheets."""

import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from gongjian.documents.assembly import Assembly
from gongjian.documents.unreadable import Limits, Unreadable
from gongjian.documents.workbook.biff import Look, locked, looks
from gongjian.documents.workbook.compound import stream
from gongjian.documents.workbook.formats import EPOCH, plain, shown
from gongjian.documents.workbook.sheet import Sheet, title_of
from gongjian.lib.pages import Document

Value = int | float | str | bool | time | date | datetime | timedelta
ROOM = 10  # the library makes a full rectangle around all cells: so many places a cell allowed
DATE, TIMED = "yyyy-mm-dd", "yyyy-mm-dd h:mm"


def read_xls(content: bytes, limits: Limits) -> Document:
    """A workbook of Excel 97 as it shows: a table a visible sheet.

    Errors: Unreadable 'damaged', 'encrypted', 'too_large', 'empty'.
    """
    held = stream(content, "Workbook", "Book")
    if locked(held):
        raise Unreadable("encrypted")
    faces = looks(held)
    for face in faces:
        limits.check("cells", face.area // ROOM)
    book = _open(content)
    assembly = Assembly(limits)
    left_out: list[str] = []
    title = ""
    for index, entry in enumerate(book.sheets_metadata):
        if entry.typ != SheetTypeEnum.WorkSheet:
            continue
        if entry.visible != SheetVisibleEnum.Visible:
            left_out.append("hidden")
            continue
        sheet = _sheet(entry.name, book.get_sheet_by_index(index), _at(faces, index))
        placed = sheet.placed(limits)
        title = title or title_of(placed)
        left_out += ["hidden"] * sheet.hides
        assembly.add_table(placed, sheet=sheet.name, sparse=True)
    return assembly.build("xls", title=title, left_out=list(dict.fromkeys(left_out)))


def _open(content: bytes) -> CalamineWorkbook:
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(content))
    except PasswordError as locked:
        raise Unreadable("encrypted") from locked
    except (CalamineError, OSError, ValueError) as broken:
        raise Unreadable("damaged", part="xls") from broken


def _at(faces: list[Look], index: int) -> Look:
    return faces[index] if index < len(faces) else Look()


def _sheet(label: str, held: CalamineSheet, face: Look) -> Sheet:
    sheet = Sheet(label, hidden_rows=face.hidden_rows, hidden_columns=face.hidden_columns)
    top, left = held.start or (0, 0)
    for row, column, value in _values(held):
        place = (row + top, column + left)
        sheet.put(*place, _shown(value, face.formats.get(place, "")))
    for place, error in face.errors.items():
        sheet.put(*place, error)
    for (first_row, first_column), (last_row, last_column) in held.merged_cell_ranges or ():
        sheet.merged.append((first_row, first_column, last_row, last_column))
    return sheet


def _values(held: CalamineSheet) -> Iterator[tuple[int, int, Value]]:
    for row, values in enumerate(held.to_python()):
        for column, value in enumerate(values):
            if value != "":
                yield row, column, value


def _shown(value: Value, code: str) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return shown(value, code) if code else plain(value)
    if isinstance(value, time):
        return shown(_days(timedelta(hours=value.hour, minutes=value.minute)), code or "h:mm")
    if isinstance(value, timedelta):
        return shown(_days(value), code or "h:mm")
    moment = value if isinstance(value, datetime) else datetime(value.year, value.month, value.day)  # noqa: DTZ001
    return shown(_days(moment - EPOCH), code or (TIMED if moment.time() != time() else DATE))


def _days(span: timedelta) -> float:
    return span.total_seconds() / 86_400
