"""The second round: a cell to the value of its field, or to a question, a warning, a refusal."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import lru_cache

from gongjian.engine.ledger.amounts import SCALES, Amount, as_yuan, read_amount
from gongjian.engine.ledger.checks import order_of, year_place
from gongjian.engine.ledger.columns import Column
from gongjian.engine.ledger.dates import Date, read_date
from gongjian.engine.ledger.empty import is_empty, is_error
from gongjian.engine.ledger.heading import tidy
from gongjian.engine.ledger.survey import Dates, Section
from gongjian.engine.ledger.table import Answers, Table
from gongjian.lib.grids import TOO_LONG, UNCLOSED, UNCOMPUTED, Cell

UNITS = ("元", "万元", "亿元")
ORDERS = ("dmy", "mdy")
BETWEEN_HAN = re.compile(r"(?<=[一-鿿（）、，。；：])\s+(?=[一-鿿（）、，。；：])")
APART = re.compile(r"[、,，;；/\n]+|(?<=[一-鿿])\s+(?=[一-鿿])")
OPEN, CLOSED = "（(", "）)"
TENTH = re.compile(r"(20\d\d)\.1")
ODD = ("#", "E", TOO_LONG, UNCLOSED, UNCOMPUTED)
YEARS_AS_DAYS = "1905"  # 2026 typed into a cell that shows days is 1905-07-18
CACHED = 60  # characters: longer texts seldom come again
EXACT_DIGITS = 1e15
Value = str | list[str] | None
Reader = Callable[[Cell, Column, int], Value]


class Unusable(Exception):
    """A value that makes its whole row go back: a code and the column."""

    def __init__(self, code: str, column: int, said: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.column = column
        self.said = said


class Values:
    """Turns the cells of one table into values."""

    def __init__(
        self,
        section: Section,
        answers: Answers,
        slipped: Mapping[int, set[int]],
        *,
        exact: bool,
        late: bool,
    ) -> None:
        self._section = section
        self._table: Table = section.table
        self._slipped = slipped
        self._exact = exact
        self._late = late
        self._said = {column.at: answers.of(column) for column in self._table.columns}
        shorts = [short for dates in section.dates.values() for short in dates.shorts]
        self._year_place = year_place(shorts)
        self._orders = {at: self._order(at, dates) for at, dates in section.dates.items()}
        readers: dict[str, Reader] = {
            "money": self.money, "date": self.date, "order": self.number, "code": self.code,
            "names": self.names,
        }  # fmt: skip
        self._by_column = {
            column.at: (readers.get(column.field.kind, self.text), column.field.check)
            for column in self._table.columns
            if column.field is not None
        }
        self.sum: Decimal | None = None  # of the cell read last, in 元
        self.doubtful = False

    def read(self, cell: Cell, column: Column, row: int) -> Value:
        """The value of a cell; None where it is empty or doubtful."""
        self.sum, self.doubtful = None, False
        if cell.__class__ is str and cell[:1] in ODD and self._is_odd(cell, column, row):
            return None
        reader, check = self._by_column[column.at]
        value = reader(cell, column, row)
        if check is not None and isinstance(value, str) and (fault := check(value)):
            self._table.warn(fault, column.at, row, said=value)
        return value

    def _is_odd(self, cell: str, column: Column, row: int) -> bool:
        """Is it no value: an error, a formula without result, more than a person typed?"""
        if cell in (TOO_LONG, UNCLOSED):
            raise Unusable("too_long" if cell == TOO_LONG else "unclosed", column.at)
        if cell == UNCOMPUTED or is_error(cell):
            self._table.warn("uncomputed" if cell == UNCOMPUTED else "error", column.at, row)
            return True
        return False

    def text(self, cell: Cell, _column: Column, _row: int) -> Value:
        if cell.__class__ is str and len(cell) <= CACHED:
            return _short_text(cell)
        said = plain_text(cell)
        return None if not said or is_empty(said) else said

    def number(self, cell: Cell, _column: Column, _row: int) -> Value:
        if isinstance(cell, float):
            return f"{cell:.15g}"
        return unicodedata.normalize("NFKC", tidy(cell)) or None

    def code(self, cell: Cell, column: Column, row: int) -> Value:
        """A code without blanks, in capitals; one that a workbook rounded is lost."""
        if isinstance(cell, float) and abs(cell) >= EXACT_DIGITS:
            self._table.warn("rounded", column.at, row)
            return None
        said = "".join(unicodedata.normalize("NFKC", tidy(cell)).split()).upper()
        if is_empty(said):
            return None
        assert column.field is not None
        return column.field.spelt(said) if column.field.spelt else said

    def names(self, cell: Cell, _column: Column, _row: int) -> Value:
        if not isinstance(cell, str) or is_empty(cell):
            return None
        return [name for name in _apart(cell) if not is_empty(name)] or None

    # Money

    def in_yuan(self, cell: Cell, column: Column, row: int) -> Decimal | None:
        """A sum of a row that is no project."""
        self.sum = None
        self.money(cell, column, row)
        return self.sum

    def money(self, cell: Cell, column: Column, row: int) -> Value:
        amount = read_amount(cell) if cell is not None else Amount("empty")
        if amount.code != "ok":
            if amount.code != "empty":
                self._table.warn(f"amount_{amount.code}", column.at, row, said=tidy(cell)[:40])
            return None
        scale = self._scale(amount, column, row)
        if not scale:
            self.doubtful = True
            return None
        if amount.about:
            self._table.warn("about", column.at, row, said=tidy(cell)[:40])
        if amount.value < 0:
            self._table.warn("negative", column.at, row, said=tidy(cell)[:40])
        self.sum = amount.value * scale
        return as_yuan(self.sum)

    def _scale(self, amount: Amount, column: Column, row: int) -> int:
        """What a sum is multiplied by; 0 where only a person knows, who is asked.

        The unit in the cell, what a person said, the unit of the title, that of the sheet."""
        said = next((SCALES[word] for word in self._said[column.at] if word in SCALES), 0)
        if not said and (foreign := amount.currency or column.currency):
            self._ask("currency", column, UNITS, row, currency=foreign)
            return 0
        if not said and row in self._slipped.get(column.at, ()):
            unit = column.unit or self._table.unit
            self._ask("slip", column, (unit,) if unit else UNITS, row)
            return 0
        sheet = SCALES.get(self._with_yuan(self._table.unit), 0)
        scale = amount.times or said or column.scale or sheet
        if not scale and amount.value == 0:
            return 1
        if not scale:
            choices = tuple(map(self._with_yuan, self._section.units)) or UNITS
            self._ask("unit", column, choices, row)
        return scale

    @staticmethod
    def _with_yuan(unit: str) -> str:
        return unit if not unit or unit.endswith("元") else f"{unit}元"

    # Dates

    def _order(self, at: int, dates: Dates) -> str:
        """The order of day and month of a column: as a person says, or as it proves."""
        said = next((word for word in self._said[at] if word in ("dmy", "mdy", "ymd", "ydm")), "")
        if said:
            return said
        proofs = dates.proofs.copy()
        if self._year_place == "last":
            proofs["dmy"] += sum(a > 12 for a, _, _ in dates.shorts)
            proofs["mdy"] += sum(b > 12 for _, b, _ in dates.shorts)
        return order_of(proofs)

    def date(self, cell: Cell, column: Column, row: int) -> Value:
        found = self.day(cell, column, row)
        if found.code == "span":
            self._table.warn("span", column.at, row, said=tidy(cell)[:40])
            return None
        return found.value if found.code == "ok" else None

    def span(self, cell: Cell, column: Column, row: int) -> tuple[str | None, str | None]:
        """The first and the last day of 2020—2023; a year alone is both."""
        if cell is None or (isinstance(cell, str) and (cell == UNCOMPUTED or is_error(cell))):
            return None, None
        found = self.day(cell, column, row)
        if found.code == "span":
            return found.value, found.other
        if found.code == "ok" and len(found.value) == 4:
            return found.value, found.value
        if found.code == "ok":
            self._table.warn("no_span", column.at, row, said=tidy(cell)[:40])
        return None, None

    def day(self, cell: Cell, column: Column, row: int) -> Date:
        """A date with its doubts settled by the column, or asked."""
        text = tidy(cell)
        assert column.field is not None
        dates = self._section.dates.get(column.at) or Dates()
        if self._is_tenth(cell, text, dates):
            return self._tenth(text, column, row)
        found = read_date(text, late=self._late)
        if found.code == "bad":
            raise Unusable("bad_date", column.at, text[:40])
        if found.code in ("text", "fiscal"):
            self._table.warn(f"date_{found.code}", column.at, row, said=text[:40])
            return found
        if found.value[:4] == YEARS_AS_DAYS and len(found.value) == 10:
            self._table.warn("date_of_year", column.at, row, said=text[:40])
            return Date("text")
        if found.hedged and column.field.past and found.code != "empty":
            self._table.warn("hedged", column.at, row, said=text[:40])
            return Date("text")
        if found.code == "order":
            return self._by_order(found, column, row)
        if found.code == "short":
            return self._short(found, column, row)
        if found.code == "year":
            return self._of_year(found, column, row)
        return self._as_written(found, text, dates, column, row)

    def _as_written(self, found: Date, text: str, dates: Dates, column: Column, row: int) -> Date:
        """Year first, unless the column shows that days were taken for months, or years of account
        for months."""
        if dates.fiscal and len(found.value) == 7 and text[:4].isdecimal() and "-" in text:
            year, month = found.value.split("-")
            if month.isdecimal() and (int(year) + 1 - int(month)) % 100 == 0:
                self._table.warn("date_fiscal", column.at, row, said=text)
                return Date("fiscal")
        said = self._said[column.at]
        full = found.code == "ok" and len(found.value) == 10 and found.value[8:].isdecimal()
        if not full or not dates.days.look_swapped or found.proof or found.value[8:] > "12":
            return found
        if "ydm" in said:
            year, month, day = found.value.split("-")
            return Date("ok", f"{year}-{day}-{month}")
        if "ymd" in said:
            return found
        self._ask("swapped", column, ("ymd", "ydm"), row)
        return Date("text")

    def _by_order(self, found: Date, column: Column, row: int) -> Date:
        first, second, year = found.numbers
        order = self._orders.get(column.at, "")
        if order == "dmy":
            return Date("ok", f"{year}-{second:02d}-{first:02d}")
        if order == "mdy":
            return Date("ok", f"{year}-{first:02d}-{second:02d}")
        self._ask("order", column, ORDERS, row)
        return Date("text")

    def _short(self, found: Date, column: Column, row: int) -> Date:
        """30.06.08: read where the columns prove the place of the year, and this one the order."""
        a, b, c = found.numbers
        said = next((word for word in self._said[column.at] if word in ("dmy", "mdy", "ymd")), "")
        order = said or self._orders.get(column.at, "")
        if not said and self._year_place == "first":
            order = "ymd"
        if not order or (not said and not self._year_place):
            self._ask("short", column, ("dmy", "mdy", "ymd"), row)
            return Date("text")
        day, month, year = {"dmy": (a, b, c), "mdy": (b, a, c), "ymd": (c, b, a)}[order]
        century = 2000 if year < 70 else 1900
        read = read_date(f"{century + year}-{month}-{day}")
        if read.code == "bad":
            raise Unusable("bad_date", column.at, f"{a}.{b}.{c}")
        return read

    def _of_year(self, found: Date, column: Column, row: int) -> Date:
        """6月, 一季度, 年底: of the year that the title of the column or the sheet names."""
        said = next((int(word) for word in self._said[column.at] if _is_year(word)), None)
        year = said or column.year or self._table.year
        if year is None:
            self._ask("year", column, (), row)
            return Date("text")
        year += found.numbers[0] if found.numbers else 0
        whole = f"{year}-{found.value}" if found.value else str(year)
        if len(found.value) == 5 and found.value[3:].isdecimal():
            checked = read_date(whole)
            if checked.code == "bad":
                raise Unusable("bad_date", column.at, whole)
        return Date("ok", whole)

    def _is_tenth(self, cell: Cell, text: str, dates: Dates) -> bool:
        """2020.1 as a number may be October that lost its 0; where 2020.10 stands, it is not."""
        bare = isinstance(cell, float) or not self._exact
        return bare and TENTH.fullmatch(text) is not None and not (dates.tenths and not self._exact)

    def _tenth(self, text: str, column: Column, row: int) -> Date:
        for word, month in (("1月", "01"), ("10月", "10")):
            if word in self._said[column.at]:
                return Date("ok", f"{text[:4]}-{month}")
        self._ask("tenth", column, ("1月", "10月"), row)
        return Date("text")

    def _ask(
        self, code: str, column: Column, choices: tuple[str, ...], row: int, **params: str
    ) -> None:
        self.doubtful = True
        self._table.ask(code, column.at, choices, row, **params)


def plain_text(cell: Cell) -> str:
    """A text in one line: breaks and blanks between Chinese letters are the work of a narrow
    column.

    >>> plain_text("龙都街道污水\\n处理 厂（二期）"), plain_text("5G  Base\\nStation")
    ('龙都街道污水处理厂（二期）', '5G Base Station')
    """
    if isinstance(cell, float):
        return f"{cell:.15g}"
    said = (cell or "").strip()
    if "\n" in said or " " in said or "\u3000" in said or "\r" in said or "\t" in said:
        said = " ".join(BETWEEN_HAN.sub("", said).split())
    return said


@lru_cache(maxsize=65_536)
def _short_text(cell: str) -> str | None:
    said = plain_text(cell)
    return None if not said or is_empty(said) else said


@lru_cache(maxsize=16_384)
def _apart(cell: str) -> list[str]:
    """Several names in one cell; a comma inside brackets parts none.

    >>> _apart("发改局、住建局（房产中心、园林中心）；龙都街道")
    ['发改局', '住建局（房产中心、园林中心）', '龙都街道']
    """
    depth, parts, start = 0, [], 0
    for at, letter in enumerate(cell):
        if letter in OPEN:
            depth += 1
        elif letter in CLOSED:
            depth = max(0, depth - 1)
        elif depth == 0 and letter in "、,，;；/\n":
            parts.append(cell[start:at])
            start = at + 1
    parts.append(cell[start:])
    return (
        [name for part in parts for each in APART.split(part) if (name := plain_text(each))]
        if (OPEN[0] not in cell and OPEN[1] not in cell)
        else [name for part in parts if (name := plain_text(part))]
    )


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isdecimal()
