"""What rows of groups and totals declare, held against what stands below them."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from gongjian.engine.ledger.amounts import CENT, SCALES, last_digit, read_amount
from gongjian.engine.ledger.cells import Values
from gongjian.engine.ledger.fields import Lexicon
from gongjian.engine.ledger.heading import tidy
from gongjian.engine.ledger.roles import count_in
from gongjian.engine.ledger.table import Category, Declared, Table
from gongjian.lib.grids import UNCOMPUTED, Cell

LARGEST_COUNT = 1_000_000
LONGEST_GROUP = 200
SPOKEN = re.compile(r"([一-鿿]{2,12}?)(?:约|为|共)?([\d.,]+)(万亿元|亿元|万元)")
NAMED_TOTAL = re.compile(r"[一-鿿]{2,12}(?:合计|总计|累计|总数)")  # 产业园总计 may be a project


class Declarations:
    """Reads the rows of groups and totals of one table."""

    def __init__(self, table: Table, values: Values, lexicon: Lexicon) -> None:
        self._table = table
        self._values = values
        self._lexicon = lexicon
        self._money = [c for c in table.columns if c.field and c.field.kind == "money"]

    def read(self, row: int, cells: tuple[Cell, ...]) -> Declared:
        """Counts and sums that a category or a total says it has, and how exact its sums are."""
        sums: dict[str, Decimal] = {}
        digits: dict[str, Decimal] = {}
        self._table.muted = True
        for column in self._money:
            cell = cells[column.at] if column.at < len(cells) else None
            if cell is None or cell == UNCOMPUTED or column.field is None:
                continue
            total = self._values.in_yuan(cell, column, row)
            if total is not None:
                sums[column.field.name] = total
                digits[column.field.name] = last_digit(tidy(cell), total)
        for name, total in self._spoken(cells):
            sums.setdefault(name, total)
        self._table.muted = False
        return Declared(self._counts(cells), sums, digits)

    def _spoken(self, cells: tuple[Cell, ...]) -> Iterator[tuple[str, Decimal]]:
        """Sums that the words of a group give: （共2个，总投资3亿元）."""
        for cell in cells:
            if not isinstance(cell, str) or len(cell) > LONGEST_GROUP:
                continue
            for words, figure, unit in SPOKEN.findall(tidy(cell)):
                match = self._lexicon.match((words,))
                amount = read_amount(figure)
                if match is not None and match.field.kind == "money" and amount.code == "ok":
                    yield match.field.name, amount.value * SCALES[unit]

    def _counts(self, cells: tuple[Cell, ...]) -> tuple[int, ...]:
        """Whole numbers that stand where the projects have words, and those in the group's name."""
        found: list[int] = []
        for at, cell in enumerate(cells):
            text = tidy(cell)
            if (named := count_in(text)) is not None:
                found.append(named)
                continue
            column = self._table.columns[at] if at < len(self._table.columns) else None
            kind = column.field.kind if column is not None and column.field is not None else ""
            words = column is None or not column.path or kind in ("text", "names", "order")
            bare = text.rstrip("个项家")
            if words and bare.isdecimal() and 0 <= int(bare) < LARGEST_COUNT:
                found.append(int(bare))
        return tuple(found)


def check_totals(table: Table, whole: Category) -> None:
    """Warn of each row of groups and totals that the rows below it do not bear out.

    Shapes: a table whose rows are all read. Units: 元. Missing: a sum with a doubtful value is not
    compared. Errors: none. Source: docs/rules/ledgers.md, K-8.
    """
    for category in table.categories:
        _compare(table, category.row, "/".join(category.path), category.declared, [category])
    for total in table.totals:
        groups = total.groups if not total.first else []
        last = total is table.totals[-1] or total.first or "总" in total.text
        last = last and not total.text.startswith("小计")
        order = [whole, *groups] if last else [*groups, whole]
        agrees = _compare(table, total.row, total.text, total.declared, order)
        if not agrees and NAMED_TOTAL.match(total.text):
            table.warn("total_or_project", None, total.row)


def _compare(
    table: Table,
    row: int,
    text: str,
    declared: Declared,
    groups: Sequence[Category],
) -> bool:
    """Warn where no group has the count, or the sums, that a row declares; the first is meant. Says
    whether they agree."""
    if not groups:
        return True
    counts, agrees = declared.counts, True
    if counts and not any(group.count in counts for group in groups):
        agrees = False
        table.warn(f"count:{row}", None, row, text=text, declared=str(counts[0]),
                   found=str(groups[0].count))  # fmt: skip
    for name, said in declared.sums.items():
        fair = [group for group in groups if name not in group.doubtful]
        near = declared.digits.get(name, CENT) / 2
        if not fair or any(abs(g.sums.get(name, Decimal(0)) - said) <= near for g in fair):
            continue
        agrees = False
        column = next(c.at for c in table.columns if c.field and c.field.name == name)
        table.warn(f"sum:{row}:{name}", column, row, text=text, declared=str(said),
                   found=str(fair[0].sums.get(name, Decimal(0))))  # fmt: skip
    return agrees
