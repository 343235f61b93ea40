"""A book of sheets to its projects, a row at a time, with everything that was not taken said."""

from array import array
from collections import deque
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import combinations

import numpy as np

from gongjian.engine.ledger.amounts import last_digit, read_amount
from gongjian.engine.ledger.cells import BROKEN, ODD, Reader, Value, Values
from gongjian.engine.ledger.checks import beyond, doubles, slips
from gongjian.engine.ledger.columns import Column, Doubled
from gongjian.engine.ledger.days import Unusable
from gongjian.engine.ledger.empty import DITTO_SIGNS, is_ditto, is_empty
from gongjian.engine.ledger.fields import Lexicon
from gongjian.engine.ledger.heading import tidy
from gongjian.engine.ledger.roles import OF_A_SUM, PLANNED, Path, RowKind, group_core
from gongjian.engine.ledger.section import Carried, Section
from gongjian.engine.ledger.survey import Survey
from gongjian.engine.ledger.table import (
    Answers,
    Category,
    Remark,
    Shown,
    Table,
    Total,
    question_of,
)
from gongjian.engine.ledger.totals import Declarations, check_totals
from gongjian.lib.grids import Cell, Grid

SAME_SHARE = 0.8  # of the names of one sheet that stand in another
SAME_LEAST = 3
MOST_SHOWN = 8
MOST_CODES = 20  # that several rows bear are each told; of the rest their rows
FIRST_ROWS = 4  # of the data are shown, so that a person sees how the sheet was understood
MOST_MARKED = 16  # rows that are no data
LAST_ROWS = 2
SHOWN_WIDTH = 40  # columns, and letters of a cell

Record = dict[str, "Value | int"]


@dataclass
class Names:
    """The names of the rows taken, as numbers, with the rows they stand in."""

    hashes: "array[int]" = field(default_factory=lambda: array("q"))
    rows: "array[int]" = field(default_factory=lambda: array("q"))


@dataclass
class Codes:
    """The codes of the rows taken, one after the other as bytes, with what names them."""

    texts: bytearray = field(default_factory=bytearray)
    ends: "array[int]" = field(default_factory=lambda: array("q", [0]))
    hashes: "array[int]" = field(default_factory=lambda: array("q"))
    names: "array[int]" = field(default_factory=lambda: array("q"))
    rows: "array[int]" = field(default_factory=lambda: array("q"))

    def add(self, code: str, name: Value, row: int) -> None:
        """Keep the code of a row."""
        self.texts += code.encode(errors="surrogatepass")
        self.ends.append(len(self.texts))
        self.hashes.append(hash(code))
        self.names.append(hash(name) if isinstance(name, str) else 0)
        self.rows.append(row)

    def of(self, at: int) -> str:
        """The code of the row at a place."""
        return self.texts[self.ends[at] : self.ends[at + 1]].decode(errors="surrogatepass")


class Reading:
    """A ledger that is being read: go through `records`, then look at `tables`.

    Shapes: a record a row of data; tables in the order of the sheets. Units: money in 元 as text,
    rows count from 1 in a record. Missing: None is empty or doubtful, and a doubt is asked. Errors:
    none; a row that cannot be taken is in `refused`. Source: docs/rules/ledgers.md.
    """

    def __init__(
        self,
        grids: Sequence[Grid],
        lexicon: Lexicon,
        answers: Answers,
        *,
        file: str = "",
        wanted: str | Collection[str] | None = None,
    ) -> None:
        self._lexicon = lexicon
        self._answers = answers
        self._file = file
        names = {wanted.strip()} if isinstance(wanted, str) else set(wanted or ())
        self._grids = [
            grid
            for grid in grids
            if wanted is None or grid.name in names or grid.name.strip() in names
        ]
        self._names: list[tuple[Table, Names]] = []
        self.tables: list[Table] = []
        self.table: Table | None = None  # that of the record given last

    def records(self) -> Iterator[Record]:
        """The projects of all sheets."""
        for grid in self._grids:
            alone = len(self._grids) == 1
            survey = Survey(grid, self._lexicon, self._answers, [self._file], alone=alone)
            yield from self._sheet(survey)
        self._compare_sheets()
        if self.tables and all(table.header is None and not table.columns for table in self.tables):
            self.tables[0].ask("no_header", None, (), None)
        self._say_nothing()
        heard = {name for table in self.tables for name in self._heard(table)}
        for name in [*self._answers.maps, *(name for name, _ in self._answers.says)]:
            if name not in heard and self.tables:
                self.tables[0].warn(f"unheard:{name}", None, None, name=name)

    def _say_nothing(self) -> None:
        """A table that has a header and gave no row says so; it is asked where it has other rows,
        or where nothing else was found."""
        empty = [table for table in self.tables if table.header and not _given(table)]
        nothing = not any(map(_given, self.tables))
        for table in empty:
            rows = table.rows_in - table.accounts["blank"]
            first, last = table.header or (0, 0)
            more = last > first or rows > table.accounts["above"] + table.accounts["header"]
            sheet = table.name.partition("#")[0]
            beside = any(_given(one) for one in self.tables if one.name.partition("#")[0] == sheet)
            if nothing or (more and not beside):
                table.ask("no_header", None, (), None, rows=str(rows))
            else:
                table.warn("nothing", None, None, rows=str(rows))

    def _heard(self, table: Table) -> Iterator[str]:
        for name in [*self._answers.maps, *(name for name, _ in self._answers.says)]:
            if any(column.bears(question_of(name)[0]) for column in table.columns):
                yield name

    def _sheet(self, survey: Survey) -> Iterator[Record]:
        readers = []
        for section in survey.sections:
            self.tables.append(section.table)
            names = Names()
            self._names.append((section.table, names))
            readers.append(_Section(section, survey, self._lexicon, self._answers, names))
        at = 0
        for row, cells in survey:
            while at + 1 < len(readers) and row >= survey.sections[at + 1].table.first:
                at += 1
            record = readers[at].read(row, cells)
            if record is not None:
                self.table = survey.sections[at].table
                yield record
        for reader in readers:
            reader.close()

    def _compare_sheets(self) -> None:
        """Sheets that repeat another: all projects, and the same again by kind."""
        held = [(table, np.unique(np.asarray(names.hashes))) for table, names in self._names]
        for at, (table, names) in enumerate(held):
            for other, others in held[:at] + held[at + 1 :]:
                earlier = self.tables.index(other) < at
                larger = (len(others), earlier) > (len(names), False)
                same = int(np.isin(names, others).sum()) if larger else 0
                if same >= SAME_LEAST and same >= SAME_SHARE * len(names):
                    table.ask("repeated", None, (other.name, table.name), None,
                              other=other.name, count=str(same))  # fmt: skip
                    break


class _Section:
    """Reads the rows of one table."""

    def __init__(
        self, section: Section, survey: Survey, lexicon: Lexicon, answers: Answers, names: Names
    ) -> None:
        self._section = section
        self._table = section.table
        self._lexicon = lexicon
        self._names = names
        self._codes = Codes()
        self._slipped = _slipped(section, lexicon)
        grid = survey.grid
        self._values = Values(
            section, answers, self._slipped, exact=grid.exact, late=grid.serials_from_1904
        )
        self._hidden = grid.hidden_rows if not survey.transposed else frozenset()
        for column in self._table.columns:
            hidden = column.field is not None and column.at in grid.hidden_columns
            if hidden and not survey.transposed:
                self._table.warn("hidden_column", column.at, None)
        self._carried = Carried(survey.merged, section)
        self._path = Path()
        self._open: list[Category] = []
        self._whole = Category(-1, ())
        self._since = Category(-1, ())
        self._declarations = Declarations(self._table, self._values, lexicon)
        self._columns = [column for column in self._table.columns if column.field is not None]
        self._money = [c for c in self._columns if c.field and c.field.kind == "money"]
        self._grouped = [field for field in lexicon.fields if field.grouped and field.values]
        kept = [field.name for field in lexicon.fields if field.kept]
        self._empty: Record = dict.fromkeys([*lexicon.order, *kept])
        self._doubled = _doubled(section)
        self._plan = [
            (column.at, column.field.name if column.field else "", self._plainly(column), column)
            for column in self._columns
        ]
        taken = {column.field.name for column in self._columns if column.field}
        self._which = list(_which(self._table.columns, lexicon, taken))
        self._previous: Record = {}
        _warn_beside(section)
        self._keyed = section.shape.key >= 0
        self._below = (self._table.header or (-1, -1))[1]
        self._data_shown = 0
        self._last: deque[tuple[int, str, tuple[Cell, ...]]] = deque(maxlen=LAST_ROWS)
        instead = any(c.field.name == lexicon.stands_in for c in self._columns if c.field)
        if not self._keyed and not instead and self._table.header is not None and section.rows:
            free = tuple(c.letter for c in self._table.columns if c.field is None and c.path)
            self._table.ask("key", None, free, None)

    def _plainly(self, column: Column) -> Reader | None:
        """How a column is read that can neither be doubtful nor be summed up."""
        field = column.field
        assert field is not None
        if column.at in self._doubled or field.check is not None:
            return None
        readers: dict[str, Reader] = {
            "text": self._values.text, "names": self._values.names, "order": self._values.number,
        }  # fmt: skip
        return readers.get(field.kind)

    def read(self, row: int, cells: tuple[Cell, ...]) -> Record | None:
        """The record of a row of data; None for any other, which is kept account of."""
        if self._table.header is None and not self._columns:
            return None
        place = self._section.special.get(row)
        self._show(row, place, cells)
        if row > self._below:
            cells, _ = self._carried.filled(row, cells)
        self._values.enter(cells)
        if place is None:
            return self._data(row, cells) if row > self._below else None
        if place.style == OF_A_SUM:
            self._table.warn("part_left", None, row, said=place.name)
        if place.role == "category":
            self._enter(row, place, cells)
        elif place.role == "total" and place.style != OF_A_SUM:
            self._total(row, place, cells)
        elif place.role == "continued":
            self._left(row, cells)
        return None

    def _left(self, row: int, cells: tuple[Cell, ...]) -> None:
        """A further line of a project may hold a sum or a day of its own, which is not taken."""
        for column in self._columns:
            cell = cells[column.at] if column.at < len(cells) else None
            figure = column.field is not None and column.field.kind in ("money", "date", "span")
            if figure and cell is not None and not is_empty(tidy(cell)):
                self._table.warn("line_left", column.at, row, said=tidy(cell)[:40])

    def _show(self, row: int, place: RowKind | None, cells: tuple[Cell, ...]) -> None:
        """Keep what shows a person how the sheet was understood: a few rows of each kind."""
        role = place.role if place else "data" if row > self._below else "above"
        if role == "data":
            self._data_shown += 1
        kept = self._table.shown
        if (role == "data" and self._data_shown <= FIRST_ROWS) or (
            role != "data" and len(kept) < MOST_MARKED
        ):
            kept.append(_shown(row, role, cells))
        else:
            self._last.append((row, role, cells))

    def _data(self, row: int, cells: tuple[Cell, ...]) -> Record | None:
        table = self._table
        record = self._empty.copy()
        sums: dict[str, Decimal] = {}
        doubtful: set[str] = set()
        width = len(cells)
        try:
            for at, name, reader, column in self._plan:
                if at >= width:
                    break
                cell = cells[at]
                if cell is None and at not in self._doubled:
                    continue
                if cell.__class__ is str and cell[:1] in DITTO_SIGNS and is_ditto(cell):
                    self._above(column, row, record)
                elif reader is None or (cell.__class__ is str and cell[:1] in ODD):
                    self._take(cells, column, row, record, sums, doubtful)
                else:
                    record[name] = reader(cell, column, row)
            key = self._lexicon.key
            named = record[key] or record.get(self._lexicon.stands_in)
            if self._keyed and not named and key not in doubtful:
                raise Unusable("no_name", self._section.shape.key)
        except Unusable as no:
            table.accounts["refused"] += 1
            self._previous = {}
            table.refused.append(Remark(no.code, no.column, [row], 1, {"said": no.said}))
            return None
        self._from_groups(record)
        self._previous = record
        for column, code, choices in self._which:
            cell = cells[column.at] if column.at < width else None
            if cell is not None and read_amount(cell).code == "ok":
                table.ask(code, column.at, choices, row)
        table.accounts["taken"] += 1
        if isinstance(named, str) and BROKEN in named:
            table.warn("broken_text", self._section.shape.key, row, said=named[:40])
        if row in self._hidden:
            table.warn("hidden_rows", None, row)
        for group in (self._whole, self._since, *self._open):
            group.add(sums, doubtful)
        if record[key] is not None:
            self._names.hashes.append(hash(record[key]))
            self._names.rows.append(row)
        if self._lexicon.unique and isinstance(held := record[self._lexicon.unique], str):
            self._codes.add(held, named if isinstance(named, str) else None, row)
        category = "/".join(self._path.names) or record.get("category")
        return {"source_row": row + 1, **record, "category": category}

    def _above(self, column: Column, row: int, record: Record) -> None:
        """同上 is what the row above has; of a name, a sum or a day a person writes it out."""
        field = column.field
        assert field is not None
        if column.at == self._section.shape.key:
            raise Unusable("ditto", column.at)
        if field.kind not in ("text", "names") or not self._previous.get(field.name):
            self._table.warn("ditto_left", column.at, row)
            return
        record[field.name] = self._previous[field.name]
        self._table.warn("ditto", column.at, row)

    def _take(
        self,
        cells: tuple[Cell, ...],
        column: Column,
        row: int,
        record: Record,
        sums: dict[str, Decimal],
        doubtful: set[str],
    ) -> None:
        field = column.field
        assert field is not None
        values = self._values
        cell = cells[column.at]
        if column.at in self._doubled:
            if self._differs(cells, column, row):
                doubtful.add(field.name)
                return
            cell, column = self._one_of(cells, column)
        if field.kind == "span":
            start, end = values.days.span(cell, column, row)
            record[field.name] = record.get(field.name) or start
            record[field.also] = record.get(field.also) or end
            return
        value = values.read(cell, column, row)
        if value is not None or field.name not in record:
            record[field.name] = value
        if values.sum is not None:
            sums[field.name] = values.sum
        if values.doubtful:
            doubtful.add(field.name)

    def _differs(self, cells: tuple[Cell, ...], column: Column, row: int) -> bool:
        """Do columns of one title say two things? It is asked; sums are compared in 元."""
        doubled = self._doubled[column.at]
        held = [tidy(cells[at]) if at < len(cells) else "" for at in doubled.columns]
        if len(set(held)) < 2 and not (held[0] and doubled.differ_in_unit):
            return False
        if doubled.differ_in_unit and self._same_sum(doubled, held):
            return False
        choices = tuple(self._table.columns[at].letter for at in doubled.columns)
        self._table.ask("doubled", column.at, choices, row)
        return True

    def _same_sum(self, doubled: Doubled, held: Sequence[str]) -> bool:
        """Do 35012 万元 and 3.5 亿元 say one sum, as far as they are written? One alone does."""
        sums = []
        for text, scale in zip(held, doubled.scales, strict=True):
            if is_empty(text):
                continue
            amount = read_amount(text)
            times = amount.times or scale or self._section.sheet_scale
            if amount.code != "ok" or amount.currency or not times:
                return False
            value = amount.value * times
            sums.append((value, last_digit(text, value) / 2))
        return all(abs(a - b) <= max(near, far) for (a, near), (b, far) in combinations(sums, 2))

    def _one_of(self, cells: tuple[Cell, ...], column: Column) -> tuple[Cell, Column]:
        """The cell of a column, or that of its double where it is empty."""
        cell = cells[column.at]
        if cell is None or (isinstance(cell, str) and is_empty(cell)):
            for at in self._doubled[column.at].columns:
                other = cells[at] if at < len(cells) else None
                if other is not None and not (isinstance(other, str) and is_empty(other)):
                    return other, replace(self._table.columns[at], at=column.at, field=column.field)
        return cell, column

    def _from_groups(self, record: Record) -> None:
        """续建项目 above gives its rows the value that they do not have of their own."""
        for given in self._grouped:
            if record.get(given.name) or given.values is None:
                continue
            for group in reversed(self._path.names):
                core = group_core(group)
                found = given.values.fullmatch(core)
                if found := found or given.values.fullmatch(PLANNED.sub("", core)):
                    record[given.name] = found[0]
                    break

    def _enter(self, row: int, place: RowKind, cells: tuple[Cell, ...]) -> None:
        path = self._path.enter(place)
        self._open = [group for group in self._open if group.path == path[: len(group.path)]
                      and len(group.path) < len(path)]  # fmt: skip
        category = Category(row, path, self._declarations.read(row, cells))
        self._open.append(category)
        self._table.categories.append(category)

    def _total(self, row: int, place: RowKind, cells: tuple[Cell, ...]) -> None:
        groups = [*reversed(self._open), self._since, self._whole]
        now = [Category(g.row, g.path, count=g.count, sums=dict(g.sums), doubtful=set(g.doubtful))
               for g in groups]  # fmt: skip
        first = self._whole.count == 0
        declared = self._declarations.read(row, cells)
        total = Total(row, place.name, declared, [g for g in now if g.count], first)
        self._table.totals.append(total)
        self._since = Category(-1, ())

    def close(self) -> None:
        """What can be said only when all rows are read: totals, categories, names that repeat."""
        table = self._table
        table.sums = self._whole.sums
        for column in self._money:
            if column.field is not None:
                table.sums.setdefault(column.field.name, Decimal(0))
        for at, dates in self._section.dates.items():
            if dates.proofs["dmy"] and dates.proofs["mdy"]:
                table.warn("both_orders", at, None)
        table.shown += [_shown(*row) for row in self._last]
        table.shown.sort(key=lambda shown: shown.row)
        check_totals(table, self._whole)
        self._check_doubles()
        self._check_codes()

    def _check_doubles(self) -> None:
        rows = self._names.rows
        groups: dict[int, list[int]] = {}
        for later, earlier in doubles(self._names.hashes):
            groups.setdefault(rows[earlier] + 1, []).append(rows[later] + 1)
        shown = ";".join(
            f"{first}={','.join(map(str, sorted(again)[:MOST_SHOWN]))}"
            for first, again in sorted(groups.items())[:MOST_SHOWN]
        )
        for again in groups.values():
            for row in again:
                self._table.warn("same_name", None, row - 1, pairs=shown)

    def _check_codes(self) -> None:
        """Rows of different names that bear one code."""
        codes = self._codes
        column = next((c for c in self._columns
                       if c.field and c.field.name == self._lexicon.unique), None)  # fmt: skip
        told: set[str] = set()
        for later, earlier in sorted(doubles(codes.hashes)):
            if column is None or codes.names[later] == codes.names[earlier]:
                continue
            code = codes.of(later)
            if code not in told and len(told) >= MOST_CODES:
                self._table.warn("same_codes", column.at, codes.rows[later])
                continue
            if code not in told:
                self._table.warn(f"same_code:{code}", column.at, codes.rows[earlier], said=code)
            told.add(code)
            self._table.warn(f"same_code:{code}", column.at, codes.rows[later], said=code)


def _given(table: Table) -> int:
    """The rows of data, those that are given back among them."""
    return table.accounts["taken"] + table.accounts["refused"]


def _shown(row: int, role: str, cells: tuple[Cell, ...]) -> Shown:
    texts = (
        f"{cell:.15g}" if isinstance(cell, float) else tidy(cell) if cell else ""
        for cell in cells[:SHOWN_WIDTH]
    )
    return Shown(row, role, tuple(text[:SHOWN_WIDTH] for text in texts))


def _slipped(section: Section, lexicon: Lexicon) -> dict[int, set[int]]:
    """The rows whose sum is asked back, by column."""
    by_name = {c.field.name: c.at for c in section.told.columns if c.field}
    found = {
        at: {section.rows[place] for place in slips(values)} for at, values in section.money.items()
    }
    for part, whole in lexicon.parts_of:
        a, b = by_name.get(part), by_name.get(whole)
        if a is None or b is None or a not in section.money or b not in section.money:
            continue
        if bool(section.scales[a]) != bool(section.scales[b]):
            continue
        of_whole, of_part, more = beyond(section.money[a], section.money[b])
        found[b] |= {section.rows[place] for place in of_whole}
        found[a] |= {section.rows[place] for place in of_part}
        for place in more:
            section.table.warn(f"more_than:{whole}", a, section.rows[place])
    return found


def _warn_beside(section: Section) -> None:
    """Two tables side by side have their titles twice, as far apart: only one can be taken."""
    apart = [doubled.columns[1] - doubled.columns[0] for doubled in section.told.doubled]
    keys = [one for one in section.told.doubled if section.shape.key in one.columns]
    if keys and len(set(apart)) == 1 and len(apart) > 1 and apart[0] > 1:
        letters = (section.told.columns[at].letter for at in keys[0].columns)
        section.table.warn("beside", None, None, said="、".join(letters))


def _which(
    columns: Sequence[Column], lexicon: Lexicon, taken: Collection[str]
) -> Iterator[tuple[Column, str, tuple[str, ...]]]:
    """The columns of which a person is asked what they are, with the fields that are free."""
    for column in columns:
        if column.code != "which":
            continue
        known = next(field for field in lexicon.fields if field.name == column.known)
        free = tuple(name for name in known.asks or (known.sums,) if name not in taken)
        if free:
            yield column, "which" if known.asks else "sums", (*free, "none")


def _doubled(section: Section) -> dict[int, Doubled]:
    kept = {column.at for column in section.told.columns if column.field is not None}
    return {at: doubled for doubled in section.told.doubled for at in doubled.columns if at in kept}
