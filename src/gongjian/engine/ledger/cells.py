"""The second round: a cell to the value of its field, or to a question, a warning, a refusal."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import lru_cache

from gongjian.engine.ledger.amounts import SCALES, Amount, as_yuan, read_amount
from gongjian.engine.ledger.columns import Column
from gongjian.engine.ledger.days import DayReader, Unusable
from gongjian.engine.ledger.empty import is_empty, is_error, is_no_name
from gongjian.engine.ledger.heading import tidy
from gongjian.engine.ledger.section import RowUnit, Section, Turn
from gongjian.engine.ledger.table import Answers, Table
from gongjian.lib.grids import TOO_LONG, UNCLOSED, UNCOMPUTED, Cell

UNITS = ("元", "万元", "亿元")
BETWEEN_HAN = re.compile(r"(?<=[一-鿿（）、，。；：])\s+(?=[一-鿿（）、，。；：])")
APART = re.compile(r"[、,，;；/\n]+|(?<=[一-鿿])\s+(?=[一-鿿])")
OPEN, CLOSED = "（(", "）)"
ODD = ("#", "E", TOO_LONG, UNCLOSED, UNCOMPUTED)
BROKEN = "\ufffd"
SEVERAL = re.compile(r"[^\s]{2,}\s*[\n、,，;；/]\s*[^\s]{2,}")  # 赵六\n孙七, and not 张\n三
CACHED = 60  # characters: longer texts seldom come again
EXACT_DIGITS = 1e15
TOO_LARGE = 10**12  # 元: no project of a county costs as much, more is a slip of the hand
Value = str | list[str] | None
Reader = Callable[[Cell, Column, int], Value]


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
        self._said = {column.at: answers.of(column) for column in self._table.columns}
        self._units_said = {
            column.at: (*answers.about(column, ""), *answers.about(column, "unit"))
            for column in self._table.columns
        }
        self._currencies_said = {
            column.at: _scale_in(answers.about(column, "currency"))
            for column in self._table.columns
        }
        self._plainly_said = {
            column.at: _scale_in(answers.about(column, "")) for column in self._table.columns
        }
        self._written_said = {
            column.at: _scale_in(answers.about(column, "written")) for column in self._table.columns
        }
        self._slips_said = {
            column.at: answers.of_slips(column) for column in self._table.columns if slipped
        }
        self.days = DayReader(section, self._said, exact=exact, late=late)
        readers: dict[str, Reader] = {
            "money": self.money, "date": self.days.date, "order": self.number, "code": self.code,
            "names": self.names,
        }  # fmt: skip
        self._by_column = {
            column.at: (readers.get(column.field.kind, self.text), column.field.check)
            for column in self._table.columns
            if column.field is not None
        }
        self.sum: Decimal | None = None  # of the cell read last, in 元
        self.doubtful = False
        self._own: RowUnit | None = None

    def enter(self, cells: tuple[Cell, ...]) -> None:
        """Go to a row: its sums may have a unit of their own."""
        if self._section.unit_at >= 0:
            self._own = self._section.row_unit(cells)

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

    def _is_broken(self, cell: Cell, column: Column, row: int) -> bool:
        """Does it hold what stands for bytes that no encoding explains? A name with it is kept."""
        if not isinstance(cell, str) or BROKEN not in cell or column.at == self._section.shape.key:
            return False
        self._ask("broken", column, (), row, said=tidy(cell)[:40])
        return True

    def text(self, cell: Cell, column: Column, row: int) -> Value:
        """A text in one line; None where the cell says that there is none."""
        if self._is_broken(cell, column, row):
            return None
        if column.field and column.field.single and isinstance(cell, str) and SEVERAL.search(cell):
            raise Unusable("several", column.at, plain_text(cell)[:40])
        if cell.__class__ is str and len(cell) <= CACHED:
            named = column.field is not None and column.field.named
            return _short_name(cell) if named else _short_text(cell)
        said = plain_text(cell)
        return None if not said or is_empty(said) else said

    def number(self, cell: Cell, column: Column, row: int) -> Value:
        """A running number as it is written, in half-width digits."""
        if isinstance(cell, float):
            return f"{cell:.15g}"
        if self._is_broken(cell, column, row):
            return None
        return unicodedata.normalize("NFKC", tidy(cell)) or None

    def code(self, cell: Cell, column: Column, row: int) -> Value:
        """A code without blanks, in capitals; one that a workbook rounded is lost."""
        if isinstance(cell, float) and abs(cell) >= EXACT_DIGITS:
            self._table.warn("rounded", column.at, row)
            return None
        if self._is_broken(cell, column, row):
            return None
        said = "".join(unicodedata.normalize("NFKC", tidy(cell)).split()).upper()
        if is_empty(said):
            return None
        assert column.field is not None
        return column.field.spelt(said) if column.field.spelt else said

    def names(self, cell: Cell, column: Column, row: int) -> Value:
        """The names in a cell, one after the other; None where there is none."""
        if not isinstance(cell, str) or is_empty(cell) or self._is_broken(cell, column, row):
            return None
        return [name for name in _apart(cell) if not is_no_name(name)] or None

    # Money

    def in_yuan(self, cell: Cell, column: Column, row: int) -> Decimal | None:
        """A sum of a row that is no project."""
        self.sum = None
        self.money(cell, column, row)
        return self.sum

    def money(self, cell: Cell, column: Column, row: int) -> Value:
        """A sum in 元 as text; None where it is none, or only a person knows its unit."""
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
        if abs(self.sum) >= TOO_LARGE:
            self._table.warn("too_large", column.at, row, said=tidy(cell)[:40])
        return as_yuan(self.sum)

    def _scale(self, amount: Amount, column: Column, row: int) -> int:
        """What a sum is multiplied by; 0 where only a person knows, who is asked.

        The unit in the cell, what a person said, the unit of the title, that of the sheet. What is
        said of a column that has a unit and rows that slipped is about these rows only."""
        said = _scale_in(self._units_said[column.at])
        own = self._own
        turn = self._section.turn(row)
        foreign = amount.currency or column.currency or (own.currency if own else "")
        if foreign and not (said := self._of_currency(column, row, foreign)):
            return 0
        slipped = self._slipped.get(column.at)
        unit = self._unit(column, turn)
        if slipped and not foreign:
            if row in slipped:
                return self._of_slip(amount, column, row, said, unit)
            said = 0 if unit else said
        own_times = amount.times if foreign and column.scale > 1 else 0
        if own_times and said * own_times % column.scale == 0:  # £1.9m below £million is 1.9
            return said * own_times // column.scale
        sheet = SCALES.get(self._with_yuan(self._table.unit), 0)
        scale = amount.times or self._turned(turn) or said
        if not scale and own:  # the title says another one: which is it?
            scale = own.scale if column.scale in (0, own.scale) else 0
        elif not scale and not turn:
            scale = column.scale or sheet
        if not scale and amount.value == 0:
            return 1
        if not scale:
            more = own or (turn and self._section.turns)
            choices = (not more and tuple(map(self._with_yuan, self._section.units))) or UNITS
            self._ask("unit", column, choices, row)
        return scale

    def _of_currency(self, column: Column, row: int, foreign: str) -> int:
        """What a foreign sum is taken for, as a person says of its currency; 0 where that is asked.
        What is said of a column without naming the question is about its currency only where the
        whole column is foreign and nothing else could be meant."""
        said = self._currencies_said[column.at]
        plain = self._plainly_said[column.at]
        if not said and column.currency and not self._slipped.get(column.at):
            said = plain
        if not said:
            more = {"unheard": "1"} if plain else {}
            self._ask("currency", column, UNITS, row, currency=foreign, **more)
            return 0
        self._table.warn("currency_as_said", column.at, row, currency=foreign)
        return said

    def _of_slip(self, amount: Amount, column: Column, row: int, said: int, unit: str) -> int:
        """A sum far from its neighbours: as a person says of such rows; what is said of a whole
        column without a unit holds for them too, with a word about it."""
        if amount.times and unit:
            return self._of_written(amount, column, row, unit)
        words = self._slips_said[column.at]
        told = _scale_in(words)
        if told or (said and unit):
            return amount.times or told or said
        if said:
            self._table.warn("slip_as_said", column.at, row)
            return amount.times or said
        others = tuple(one for one in UNITS if one != unit)
        self._ask("slip", column, (*filter(None, [unit]), *others), row, unit=unit)
        return 0

    def _of_written(self, amount: Amount, column: Column, row: int, unit: str) -> int:
        """A sum with a unit of its own far from its neighbours, 100元 below 万元: as written, or in
        the unit of the column. Another answer of its column holds where it says the former."""
        own = next((one for one, scale in SCALES.items() if scale == amount.times), "")
        told = self._written_said[column.at]
        if told and (own == unit or told == SCALES.get(unit)):
            return told
        if told or amount.times in (*self._slip_scales(column), self._plainly_said[column.at]):
            return amount.times
        others = tuple(one for one in UNITS if one != unit) if own == unit else (unit,)
        figure = f"{amount.value:f}"
        self._ask("written", column, (own, *others), row, said=f"{figure}{own}", figure=figure,
                  own=own, unit=unit)  # fmt: skip
        return 0

    def _slip_scales(self, column: Column) -> tuple[int, ...]:
        return tuple(SCALES[word] for word in self._slips_said[column.at] if word in SCALES)

    def _unit(self, column: Column, turn: Turn | None) -> str:
        """The unit that a sum of a column has where its cell says none; "" where none is known."""
        if self._own:
            return self._with_yuan(self._own.unit) if self._own.scale else ""
        if turn:
            return self._with_yuan(turn.unit) if turn.scale else ""
        if column.scale:
            return self._with_yuan(column.unit)
        return self._with_yuan(self._table.unit)

    def _turned(self, turn: Turn | None) -> int:
        return turn.scale if turn and not self._own else 0

    @staticmethod
    def _with_yuan(unit: str) -> str:
        return unit if not unit or unit.endswith("元") else f"{unit}元"

    def _ask(
        self, code: str, column: Column, choices: tuple[str, ...], row: int, **params: str
    ) -> None:
        self.doubtful = True
        self._table.ask(code, column.at, choices, row, **params)


def _scale_in(words: Iterable[str]) -> int:
    """What the first unit among a person's words multiplies by; 0 where none is one."""
    return next((SCALES[word] for word in words if word in SCALES), 0)


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


@lru_cache(maxsize=65_536)
def _short_name(cell: str) -> str | None:
    said = _short_text(cell)
    return None if said is None or is_no_name(said) else said


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
