"""Dates of a column with their doubts settled by the column, or asked."""

import re
from collections.abc import Mapping
from dataclasses import replace

from gongjian.engine.ledger.checks import order_of, year_place
from gongjian.engine.ledger.columns import Column
from gongjian.engine.ledger.dates import Date, Loose, read_date
from gongjian.engine.ledger.empty import is_error, is_noted
from gongjian.engine.ledger.heading import tidy
from gongjian.engine.ledger.section import Dates, Section
from gongjian.lib.grids import UNCOMPUTED, Cell

ORDERS = ("dmy", "mdy")
TENTH = re.compile(r"(20\d\d)\.1")
YEARS_AS_DAYS = "1905"  # 2026 typed into a cell that shows days is 1905-07-18


class Unusable(Exception):
    """A value that makes its whole row go back: a code and the column."""

    def __init__(self, code: str, column: int, said: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.column = column
        self.said = said


class DayReader:
    """Reads the dates of one table. `said` are a person's answers, by column."""

    def __init__(
        self, section: Section, said: Mapping[int, tuple[str, ...]], *, exact: bool, late: bool
    ) -> None:
        self._section = section
        self._table = section.table
        self._said = said
        self._exact = exact
        self._late = late
        shorts = [short for dates in section.dates.values() for short in dates.shorts]
        first = any(dates.proofs["ymd"] for dates in section.dates.values())
        self._year_place = year_place(shorts, first=first)
        self._orders = {at: self._order(at, dates) for at, dates in section.dates.items()}

    def date(self, cell: Cell, column: Column, row: int) -> str | None:
        """A day by its precision; None where there is none, or it is asked."""
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
        if isinstance(cell, str) and is_noted(cell):
            self._table.warn("date_text", column.at, row, said=cell[:40])
            return Date("text")
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
        if found.loose == "after":
            self._table.warn("date_after", column.at, row, said=text[:40])
            return Date("text")
        if found.loose == "before" and len(found.value) in (0, 4):  # 2020年前 is none of 2020
            self._table.warn("date_text", column.at, row, said=text[:40])
            return Date("text")
        if found.tail and found.code != "empty":
            if found.tail.startswith("(") and column.field.past:  # （未开工）
                self._table.warn("date_text", column.at, row, said=text[:40])
                return Date("text")
            self._table.warn("date_tail", column.at, row, said=text[:40])
        settled = self._settled(found, text, dates, column, row)
        return self._near(settled, text, column, row, found.loose) if found.loose else settled

    def _settled(self, found: Date, text: str, dates: Dates, column: Column, row: int) -> Date:
        if found.code == "order":
            return self._by_order(found, column, row)
        if found.code == "short":
            return self._short(found, column, row)
        if found.code == "year":
            return self._of_year(found, column, row)
        return self._as_written(found, text, dates, column, row)

    def _near(self, found: Date, text: str, column: Column, row: int, loose: Loose) -> Date:
        """6月15日左右 is known to the month; of 左右 and of 6月前 something is said."""
        if found.code not in ("ok", "span"):
            return found
        self._table.warn(f"date_{loose}", column.at, row, said=text[:40])
        if loose != "about":
            return found
        return replace(found, value=_month(found.value), other=_month(found.other))

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

    def _ask(self, code: str, column: Column, choices: tuple[str, ...], row: int) -> None:
        self._table.ask(code, column.at, choices, row)


def _month(value: str) -> str:
    """The month of a day; what is less exact stays.

    >>> _month("2020-06-15"), _month("2020-06-T2"), _month("2020-Q2")
    ('2020-06', '2020-06', '2020-Q2')
    """
    return value[:7]


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isdecimal()
