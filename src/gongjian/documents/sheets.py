"""Writes Excel files that print, wide ones on A3, and hold no formula anybody could smuggle in."""

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Literal

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from gongjian.lib.texts import LIVE

Kind = Literal["text", "code", "number", "date", "percent"]
Value = str | int | float | Decimal | date | None

A4, A3 = 9, 8
WIDEST = 200  # in characters: a wider sheet on A4 is too small to read
FONT = "宋体"
TITLE, BODY, HEAD, GROUP = (
    "方正小标宋简体",
    "仿宋_GB2312",
    "黑体",
    "楷体_GB2312",
)  # official
LINE, AIR = 16, 5  # points: of a line, and above and below all of them
HIGHEST = 409  # points: Excel knows no higher row
WIDE = 2.1  # a Chinese letter in widths of a digit
EARLIEST = datetime(1980, 1, 1, tzinfo=UTC)
LONGEST_TEXT = 32_767  # characters Excel keeps in a cell
EXACT_DIGITS = 15  # more do not fit Excel's numbers; such a value is written as text
FORBIDDEN_IN_NAME = re.compile(r"[\[\]:*?/\\]")
LONGEST_NAME = 31
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column. Units: `width` in characters; `places` are decimals of numbers and percents."""

    head: str
    width: float = 12
    kind: Kind = "text"
    places: int = 0


@dataclass(frozen=True, slots=True)
class Band:
    """A row across all columns, in bold: the name of the group that follows; 2 is inside one."""

    text: str
    level: Literal[1, 2] = 1


@dataclass(frozen=True, slots=True)
class Total:
    """A row of sums, in bold; a value a column."""

    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. Shapes: every row has a value a column, or is a band.

    Units: percents are fractions (0.773 is shown as 77.3%).
    Missing: None and NaN are empty cells, never 0. A text stays a text in a column of any kind.
    `maker` stands on the line of the unit, at its other end; `official` sets the letters of an
    official table and leaves out the arrows of a filter.
    """

    title: str
    columns: tuple[SheetColumn, ...]
    rows: tuple[tuple[Value, ...] | Band | Total, ...]
    notes: tuple[str, ...] = ()
    unit: str = ""
    name: str = ""
    maker: str = ""
    official: bool = False


def write_sheet(sheet: Sheet, *, at: datetime | None = None) -> bytes:
    """A workbook of one sheet."""
    return write_book((sheet,), at=at)


def write_book(sheets: Sequence[Sheet], *, at: datetime | None = None) -> bytes:
    """A workbook: frozen heads, repeated on every printed page, A4 turned sideways, A3 if wide.

    Errors: ValueError where a row and the columns differ in number.
    The same sheets and time give the same bytes; without `at` the file names no real time.
    """
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, OPTIONS)
    book.set_properties({"title": sheets[0].title, "created": (at or EARLIEST).astimezone(UTC)})
    names = _names(sheets)
    for sheet, name in zip(sheets, names, strict=True):
        _Page(book, book.add_worksheet(name), sheet).write()
    book.close()
    return stream.getvalue()


def _names(sheets: Sequence[Sheet]) -> Iterator[str]:
    """Names Excel accepts: short, without its own signs, each once."""
    seen: set[str] = set()
    for number, sheet in enumerate(sheets, start=1):
        clean = FORBIDDEN_IN_NAME.sub(" ", sheet.name or sheet.title).strip(" '")[:LONGEST_NAME]
        if not clean or clean.lower() in seen:
            clean = f"{clean[: LONGEST_NAME - 4]}{number}"
        seen.add(clean.lower())
        yield clean


class _Page:
    """Writes one sheet from top to bottom."""

    def __init__(self, book: Workbook, page: Worksheet, sheet: Sheet) -> None:
        self._book = book
        self._page = page
        self._sheet = sheet
        self._formats: dict[tuple[tuple[str, object], ...], Format] = {}
        self._head = 1 + bool(sheet.unit or sheet.maker)
        self._letters = BODY if sheet.official else FONT

    def write(self) -> None:
        sheet, last = self._sheet, len(self._sheet.columns) - 1
        self._title(last)
        for place, column in enumerate(sheet.columns):
            self._page.set_column(place, place, column.width)
            look = {"bold": True, "align": "center", "border": 1} | (
                {"font_name": HEAD, "bold": False} if sheet.official else {"bg_color": "#EDEDED"}
            )
            self._text(self._head, place, column.head, self._format(**look), look)
        high = max((_lines(column.head, column.width) for column in sheet.columns), default=1)
        self._page.set_row(self._head, LINE * high + AIR)
        for row, values in enumerate(sheet.rows, start=self._head + 1):
            if isinstance(values, Band):
                self._band(row, values)
            elif isinstance(values, Total):
                self._row(row, values.values, bold=True)
            else:
                self._row(row, values)
        below = self._head + 1 + len(sheet.rows)
        if sheet.rows and not sheet.official:
            sums = sum(isinstance(row, Total) for row in sheet.rows)  # they stand at the end
            if below - 1 - sums > self._head:
                self._page.autofilter(self._head, 0, below - 1 - sums, last)
        for row, note in enumerate(sheet.notes, start=below):
            self._banner(row, note, align="left")
        self._print_setup(last)

    def _title(self, last: int) -> None:
        """The title, and below it who made the table and in which unit it counts."""
        sheet = self._sheet
        large = {"font_name": TITLE, "font_size": 20} if sheet.official else {"font_size": 16}
        self._banner(0, sheet.title, bold=not sheet.official, align="center", **large)
        half = last // 2
        if sheet.maker and half > 0:
            self._page.merge_range(1, 0, 1, half, "", self._format(align="left"))
            self._text(1, 0, sheet.maker, self._format(align="left"), {"align": "left"})
            form = self._format(align="right")
            if last > half + 1:
                self._page.merge_range(1, half + 1, 1, last, "", form)
            self._text(1, half + 1, sheet.unit, form, {"align": "right"})
        elif sheet.unit:
            self._banner(1, sheet.unit, align="right")

    def _print_setup(self, last: int) -> None:
        page = self._page
        page.freeze_panes(self._head + 1, 0)
        page.repeat_rows(self._head)
        page.set_landscape()
        wide = sum(column.width for column in self._sheet.columns) > WIDEST
        page.set_paper(A3 if wide else A4)
        page.fit_to_pages(1, 0)
        page.set_margins(left=0.7, right=0.7, top=0.8, bottom=0.8)
        page.set_footer("&C— &P / &N —")
        page.print_area(0, 0, self._head + len(self._sheet.rows) + len(self._sheet.notes), last)

    def _banner(self, row: int, text: str, **look: object) -> None:
        """A line across all columns."""
        form = self._format(**look)
        last = len(self._sheet.columns) - 1
        lines = _lines(text, sum(column.width for column in self._sheet.columns))
        high = 2 if look.get("bold") or "font_size" in look else 1
        self._page.set_row(row, min(LINE * lines * high, HIGHEST))
        if last > 0:
            self._page.merge_range(row, 0, row, last, "", form)
        self._text(row, 0, text, form, look)

    def _band(self, row: int, band: Band) -> None:
        look: dict[str, object] = {"bold": True, "align": "left", "border": 1}
        if self._sheet.official:
            look |= {"font_name": HEAD if band.level == 1 else GROUP, "bold": False}
        else:
            look["bg_color"] = "#F5F5F5"
        form = self._format(**look)
        last = len(self._sheet.columns) - 1
        self._page.set_row(row, LINE + AIR)
        if last > 0:
            self._page.merge_range(row, 0, row, last, "", form)
        self._text(row, 0, band.text, form, look)

    def _row(self, row: int, values: tuple[Value, ...], *, bold: bool = False) -> None:
        """As high as its longest text needs: not every program makes it so on opening."""
        pairs = list(zip(self._sheet.columns, values, strict=True))
        texts = (_lines(held, column.width) for column, held in pairs if isinstance(held, str))
        self._page.set_row(row, min(LINE * max(texts, default=1) + AIR, HIGHEST))
        for place, (column, held) in enumerate(pairs):
            self._value(row, place, held, _look(column) | ({"bold": True} if bold else {}))

    def _value(self, row: int, place: int, held: Value, look: dict[str, object]) -> None:
        form = self._format(**look)
        if held is None or held != held:  # NaN, too, is 'not reported'
            self._page.write_blank(row, place, None, form)
        elif isinstance(held, date):
            self._page.write_datetime(row, place, _naive(held), form)
        elif isinstance(held, str):
            self._text(row, place, held, form, look)
        elif _fits(held):
            self._page.write_number(row, place, held, form)
        else:
            self._text(row, place, str(held), form, look)

    def _text(
        self, row: int, place: int, text: str, form: Format, look: dict[str, object] | None = None
    ) -> None:
        """A text, whatever it looks like; one that looks live is marked as text for good."""
        if text.startswith(LIVE):
            form = self._format(**(look or {}), quote_prefix=True)
        self._page.write_string(row, place, text[:LONGEST_TEXT], form)

    def _format(self, **look: object) -> Format:
        key = tuple(sorted(look.items()))
        if key not in self._formats:
            basis = {
                "font_name": self._letters,
                "font_size": 11,
                "valign": "vcenter",
                "text_wrap": True,
            }
            self._formats[key] = self._book.add_format(basis | look)
        return self._formats[key]


def _look(column: SheetColumn) -> dict[str, object]:
    decimals = f".{'0' * column.places}" if column.places else ""
    forms: dict[Kind, dict[str, object]] = {
        "text": {"align": "left"},
        "code": {"align": "center"},
        "number": {"align": "right", "num_format": f"#,##0{decimals}"},
        "percent": {"align": "right", "num_format": f"0{decimals}%"},
        "date": {"align": "center", "num_format": "yyyy-mm-dd"},
    }
    return forms[column.kind] | {"border": 1}


def _fits(number: int | float | Decimal) -> bool:
    """A finite number that Excel keeps to the last digit."""
    exact = Decimal(str(number))
    return exact.is_finite() and len(exact.normalize().as_tuple().digits) <= EXACT_DIGITS


def _lines(text: str, room: float) -> int:
    """Lines a text needs in a column of so many digits, filled letter by letter.

    A Chinese letter is a little wider than two digits, and one that does not fit goes below.
    """
    needed = 0
    for line in text.split("\n"):
        needed, used = needed + 1, 0.0
        for letter in line:
            width = WIDE if ord(letter) > 0x2E7F else 1
            if used and used + width > room - 1:
                needed, used = needed + 1, 0.0
            used += width
    return needed


def _naive(day: date) -> date:
    """Excel knows no time zones: the clock of the value itself is shown."""
    return day.replace(tzinfo=None) if isinstance(day, datetime) else day
