"""The first round over a sheet: where its tables are, what each row is, what its columns prove."""

import re
from array import array
from collections.abc import Iterator, Sequence
from itertools import chain, islice

from gongjian.engine.ledger.amounts import scale_of
from gongjian.engine.ledger.columns import (
    Told,
    sheet_units,
    sheet_year,
    tell_columns,
    told_upto,
    unit_column,
    unit_in,
)
from gongjian.engine.ledger.fields import Lexicon
from gongjian.engine.ledger.heading import (
    WIDEST,
    Heading,
    Merged,
    find_heading,
    first_row,
    lines_across,
    tidy,
    titles_down,
)
from gongjian.engine.ledger.roles import NUMBERED, Roles, RowKind, Shape
from gongjian.engine.ledger.section import (
    NAN,
    Carried,
    Dates,
    Section,
    Turn,
    Waiting,
    prove,
    size_of,
)
from gongjian.engine.ledger.table import Answers, Table
from gongjian.lib.grids import Cell, Grid, Row

SAMPLE = 260  # rows that show what a sheet is
NEXT_SAMPLE = 60
MOST_TRANSPOSED = 2_000_000  # cells
UNIT_LINE = re.compile(  # 总投资（亿元） is only its own
    r"[(（]?(?:(?:金额|货币|计量|资金|投资)?单位|(?:金额|货币)[:：])"
)
LEAST_FIELDS = 3  # of a sheet that has no names


class Survey:
    """A sheet on its first round. `rows` are those of the second one, too."""

    def __init__(
        self,
        grid: Grid,
        lexicon: Lexicon,
        answers: Answers,
        names: Sequence[str],
        *,
        alone: bool,
    ) -> None:
        self.grid = grid
        self._alone = alone
        self.lexicon = lexicon
        self.sections: list[Section] = []
        self.merged = Merged(grid.merged)
        self.transposed = False
        self._lines: list[str] = []  # of a transposed sheet, above its fields
        self._answers = answers
        self._names = [grid.name, *names]
        self._words = {word for field in lexicon.fields for word in field.words}
        self.rows = self._laid_out()
        self._go()

    def _laid_out(self) -> "Sequence[Row] | Grid":
        start = list(islice(iter(self.grid.rows), SAMPLE + 100))
        titles_at = titles_down(start, self.lexicon)
        if titles_at < 0:
            return self.grid
        rows = list(self.grid.rows)
        if sum(len(cells) for _, cells in rows) > MOST_TRANSPOSED:
            return self.grid
        self.transposed = True
        lines = lines_across(rows, self.grid.merged, titles_at, self.lexicon)
        self._lines = [tidy(c) for row, cells in rows if row in lines for c in cells if tidy(c)]
        rows = [one for one in rows if one[0] not in lines]
        self.merged = Merged([
            (left, top, right, last) for top, left, last, right in self.grid.merged
            if top not in lines
        ])  # fmt: skip
        width = max(len(cells) for _, cells in rows)
        depth = rows[-1][0] + 1 if rows else 0
        turned: list[list[Cell]] = [[None] * depth for _ in range(width)]
        for row, cells in rows:
            for column, cell in enumerate(cells):
                turned[column][row] = cell
        return [
            (at, tuple(cells))
            for at, cells in enumerate(turned)
            if any(c is not None for c in cells)
        ]

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows if isinstance(self.rows, list) else self.grid.rows)

    def _go(self) -> None:
        rows = iter(self)
        window = list(islice(rows, SAMPLE))
        if not window:
            return
        heading = find_heading(window, self.merged, self.lexicon)
        letters_given = any(len(name) <= 3 and name.isascii() for name in self._answers.maps)
        if heading is None:
            heading = first_row(window)
        if heading is None and letters_given:
            heading = Heading(-1, -1, ())
        if heading is None or not (self._alone or self._answers.maps or self._is_ledger(heading)):
            self._untold(chain(window, rows))
            return
        above = [row for row in window if row[0] < heading.first]
        sample = [row for row in window if row[0] > heading.last]
        section = self._open(heading, above, sample, first=0)
        self._read(section, chain(window[len(above) :], rows))

    def _is_ledger(self, heading: Heading) -> bool:
        """Among several sheets one may be a list of codes: a ledger has names, or three fields."""
        matches = [self.lexicon.match(path) for path in heading.titles]
        kept = {match.field.name for match in matches if match is not None and match.field.kept}
        return self.lexicon.key in kept or len(kept) >= LEAST_FIELDS

    def _untold(self, rows: Iterator[Row]) -> None:
        """A sheet without a header: nothing of it is taken, and that is said."""
        table = Table(self.grid.name, 0)
        section = Section(table, Told([]), Shape((), -1))
        last = -1
        for row, _ in rows:
            table.accounts["above"] += 1
            last = row
        table.accounts["blank"] = last + 1 - table.accounts["above"]
        table.warn("no_header", None, None)
        self.sections.append(section)

    def _open(
        self,
        heading: Heading,
        above: Sequence[Row],
        sample: Sequence[Row],
        *,
        first: int,
        unit: str = "",
    ) -> Section:
        lines = [tidy(cell) for _, cells in above for cell in cells if isinstance(cell, str)]
        lines = [line for line in (*self.grid.above, *self._lines, *lines) if line]
        lines += [f"单位：{unit}"] if unit else []
        titles = [title for path in heading.titles for title in path]
        year = sheet_year([*lines, *self._names]) or _common_year(titles)
        told = tell_columns(
            heading, sample[:SAMPLE], self.lexicon,
            {**self._answers.remembered, **self._answers.maps}, year=year,
            named=not self.transposed,
        )  # fmt: skip
        name = self.grid.name
        number = len(self.sections)
        table = Table(f"{name}#{number + 1}" if number else name, first)
        table.header = (heading.first, heading.last) if heading.last >= 0 else None
        table.columns, table.year, table.transposed = told.columns, year, self.transposed
        table.upto = told_upto([*lines, *self._names], year)
        table.accounts["above"] = len(above)
        if told.too_wide:
            table.warn("wide", None, None, most=str(WIDEST))
        shape = _shape(told, heading, self.lexicon)
        shape.arabic = _is_arabic(shape.order, sample)
        section = Section(table, told, shape, above=lines)
        section.unit_at = unit_column(told, sample)
        corners = [title for title in titles if UNIT_LINE.match(title)]
        section.units = sheet_units([*lines, *corners, self.grid.name])
        unit = section.units[0] if len(section.units) == 1 else ""
        sheet = (scale_of(unit) or (0, ""))[0]
        for column in told.columns:
            if column.field is not None and column.field.kind == "money":
                section.money[column.at] = array("d")
                section.scales[column.at] = column.scale or sheet
            elif column.field is not None and column.field.kind in ("date", "span"):
                section.dates[column.at] = Dates()
        self.sections.append(section)
        return section

    def _read(self, section: Section, rows: Iterator[Row]) -> None:
        roles = Roles(section.shape)
        carried = Carried(self.merged, section)
        header = section.table.header or (-1, -1)
        waiting: Waiting | None = None
        while (held := next(rows, None)) is not None:
            row, cells = held
            section.last = row
            if row <= header[1]:
                section.special[row] = RowKind("header")
                continue
            if self._may_be_header(cells, section):
                found, rows = self._next_heading(held, rows)
                if found is not None:
                    heading, sample = found
                    self._settle(section, waiting)
                    waiting = None
                    section.last = row - 1
                    unit = _unit_at_end(section)
                    self._close(section)
                    section = self._open(heading, [], sample, first=row, unit=unit)
                    roles = Roles(section.shape)
                    carried = Carried(self.merged, section)
                    header = section.table.header or (-1, -1)
                    section.special[row] = RowKind("header")
                    section.last = row
                    continue
                if self._changes_unit(cells, section):
                    section.turns.append(Turn(row))
            cells, continued = carried.filled(row, cells)
            across = bool(self.grid.merged) and self._is_across(row, section)
            place = RowKind("continued") if continued else roles.tell(cells, across=across)
            if waiting is not None and place.role in ("category", "total"):
                self._settle(section, waiting)
                waiting = None
            if place.role == "data":
                if place.doubt:
                    section.table.warn(place.doubt, None, row)
                self._count(section, row, cells)
                if waiting is not None:
                    waiting.add(section)
            else:
                section.special[row] = place
                if place.role in ("category", "note"):
                    _turn(section, row, place, cells)
                if place.doubtful:
                    waiting = Waiting(row, cells)
                if place.role == "note":
                    section.notes += [tidy(cell) for cell in cells if isinstance(cell, str)]
        self._settle(section, waiting)
        self._close(section)

    def _settle(self, section: Section, waiting: Waiting | None) -> None:
        """A name alone is a group only where rows follow whose sum it does not contradict; else it
        is a project that lacks its number."""
        if waiting is None:
            return
        place = section.special[waiting.row]
        if waiting.is_group(section):
            alone = not any(at < len(waiting.cells) and waiting.cells[at] for at in section.money)
            if alone and place.style == "plain":
                section.table.warn("may_be_project", None, waiting.row)
            return
        if place.style in NUMBERED:
            section.table.warn("may_be_category", None, waiting.row)
        del section.special[waiting.row]
        self._count(section, waiting.row, waiting.cells)

    def _may_be_header(self, cells: tuple[Cell, ...], section: Section) -> bool:
        """Another header, with titles of its own, or in another unit? Three words that head
        columns, and no number."""
        if self._changes_unit(cells, section):
            return True
        known = sum(cell in self._words for cell in cells if isinstance(cell, str))
        if known < 3 or any(isinstance(cell, float) for cell in cells):
            return False
        leaves = section.shape.leaves
        titles = [(at, text) for at, cell in enumerate(cells) if (text := tidy(cell))]
        same = sum(at < len(leaves) and leaves[at] == text for at, text in titles)
        return 2 * same < len(titles)

    def _changes_unit(self, cells: tuple[Cell, ...], section: Section) -> bool:
        """The header again, with a title that gives another unit than the column has."""
        leaves = section.shape.leaves
        same = other = 0
        for at, cell in enumerate(cells[: len(leaves)]):
            if not isinstance(cell, str) or not leaves[at]:
                continue
            if (text := tidy(cell)) == leaves[at]:
                same += 1
            elif at in section.money and (unit := unit_in((text,)))[0]:
                other += unit[1:] != unit_in((leaves[at],))[1:]
        return other > 0 and same > 0

    def _next_heading(
        self, held: Row, rows: Iterator[Row]
    ) -> tuple[tuple[Heading, list[Row]] | None, Iterator[Row]]:
        ahead = list(islice(rows, NEXT_SAMPLE))
        heading = find_heading([held, *ahead[:6]], self.merged, self.lexicon)
        rest = chain(ahead, rows)
        if heading is None or heading.first != held[0]:
            return None, rest
        return (heading, [row for row in ahead if row[0] > heading.last]), rest

    def _is_across(self, row: int, section: Section) -> bool:
        half = max(2, len(section.told.columns) / 2)
        return any(right - left + 1 >= half for _, left, _, right in self.merged.begins(row))

    def _count(self, section: Section, row: int, cells: tuple[Cell, ...]) -> None:
        """What a row of data shows of its columns."""
        section.rows.append(row)
        changing = section.unit_at >= 0 or section.turns
        for at, values in section.money.items():
            cell = cells[at] if at < len(cells) else None
            scale = section.scale(at, row, cells) if changing else section.scales[at]
            values.append(NAN if cell is None else size_of(cell, scale))
        for at, dates in section.dates.items():
            cell = cells[at] if at < len(cells) else None
            if cell is not None:
                prove(dates, cell, late=self.grid.serials_from_1904)

    def _close(self, section: Section) -> None:
        """The accounts of the rows that are no data, the empty ones between them included."""
        table = section.table
        last = section.rows[-1] if section.rows else -1
        if section.turns and section.turns[-1].row > last:  # it speaks of all of the table
            below = section.turns.pop()
            if below.unit and _own_unit(section):
                table.warn(f"unit_below:{below.row}", None, below.row, said=below.unit)
        for place in section.special.values():
            table.accounts[place.role] += 1
        seen = sum(table.accounts.values()) + len(section.rows)
        table.accounts["blank"] += max(0, section.last + 1 - table.first - seen)
        if not section.units and not section.turns:
            section.units = sheet_units(section.notes)
        table.unit = section.units[0] if len(section.units) == 1 else ""
        for turn in section.turns:
            if turn.unit:
                table.warn(f"unit_turned:{turn.row}", None, turn.row, said=turn.unit)
            elif turn.over:
                table.warn(f"unit_over:{turn.row}", None, turn.row)


def _turn(section: Section, row: int, place: RowKind, cells: tuple[Cell, ...]) -> None:
    """Half-way down, a category or a line may say that sums are in another unit from there on: that
    of a category holds to the next one beside or above it."""
    texts = [tidy(cell) for cell in cells if isinstance(cell, str)]
    units = sheet_units(texts)
    rank = place.rank if place.role == "category" else -1
    held = section.turns[-1] if section.turns else None
    if not units:
        if held and not held.over and rank >= 0 and held.rank >= rank:
            section.turns.append(Turn(row, over=True))
        return
    unit = units[0] if len(units) == 1 else ""
    now = section.turn(row)
    if (now.unit if now else _own_unit(section)) == unit:
        return
    section.turns.append(Turn(row, unit, (scale_of(unit) or (0, ""))[0], rank))


def _own_unit(section: Section) -> str:
    """The unit that all sums of a table have by its titles and the lines above it."""
    whole = section.units[0] if len(section.units) == 1 else ""
    units = {section.told.columns[at].unit or whole for at in section.money}
    return units.pop() if len(units) == 1 else ""


def _unit_at_end(section: Section) -> str:
    """The unit that stands right above the next header, and is that of its table."""
    last = section.rows[-1] if section.rows else -1
    if not section.turns or section.turns[-1].row < last:
        return ""
    return section.turns.pop().unit


def _shape(told: Told, heading: Heading, lexicon: Lexicon) -> Shape:
    kinds = {column.at: column.field for column in told.columns if column.field is not None}
    key = next((at for at, field in kinds.items() if field.name == lexicon.key), -1)
    order = next((at for at, field in kinds.items() if field.kind == "order"), None)
    figures = {at for at, field in kinds.items() if field.kind in ("money", "date", "span")}
    patterns = [field.values.pattern for field in lexicon.fields if field.grouped and field.values]
    groups = None
    if patterns:
        groups = next(field.values for field in lexicon.fields if field.grouped and field.values)
    return Shape(
        heading.titles, key, order, frozenset(figures),
        frozenset(set(kinds) - figures - {order, key}),
        groups, len(told.columns),
    )  # fmt: skip


def _is_arabic(order: int | None, sample: Sequence[Row]) -> bool:
    """Do most rows with a running number bear 1, 2, 3?"""
    if order is None:
        return False
    held = [tidy(cells[order]) for _, cells in sample if order < len(cells)]
    filled = [text for text in held if text]
    return 2 * sum(text.isdecimal() for text in filled) > len(filled)


def _common_year(titles: Sequence[str]) -> int | None:
    years = {year for title in titles if (year := sheet_year([title]))}
    return next(iter(years)) if len(years) == 1 else None
