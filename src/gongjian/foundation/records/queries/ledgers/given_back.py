"""The rows that were not taken, as they came, with the reason beside: to correct and send again."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from gongjian.documents.copies import Copy, write_copies
from gongjian.documents.grids import read_book
from gongjian.lib.grids import Cell, Grid, Range, Row

MOST_MERGED = 200  # columns of one cell
Reasons = Mapping[tuple[str, int], str]  # (table, row as the sheet counts) → why


def given_back_xlsx(
    name: str, content: bytes, sheets: Sequence[Mapping[str, Any]], reasons: Reasons
) -> bytes:
    """A workbook of the titles, heads and groups of each sheet, and of the rows with a reason.

    `sheets` are those of the report of the run: the file is read alike when it comes back.
    """
    book = read_book(name, io.BytesIO(content))
    copies = []
    for grid in book.grids:
        tables = [one for one in sheets if one["name"].partition("#")[0] == grid.name]
        wanted = {
            row - 1: why
            for (table, row), why in reasons.items()
            if table in {one["name"] for one in tables}
        }
        if wanted:
            copies.append(_copy(grid, tables, wanted))
    return write_copies(copies)


def _copy(grid: Grid, tables: Sequence[Mapping[str, Any]], wanted: Mapping[int, str]) -> Copy:
    turned = any(table["transposed"] for table in tables)
    rows: Sequence[Row] | Any = _turned(grid) if turned else grid.rows
    heads = [row - 1 for table in tables for row in table["header_rows"]]
    first = [row - 1 for row in tables[0]["header_rows"]] or [-1]
    kept = {*range(max(first) + 1), *heads, *_groups(tables, wanted), *wanted}
    last = max(kept)
    taken: list[tuple[int, tuple[Cell, ...]]] = [(-1, (line,)) for line in grid.above]
    for row, cells in rows:
        if row > last:
            break
        if row in kept:
            taken.append((row, cells))
    places = {row: at for at, (row, _cells) in enumerate(taken)}
    head = sum(row <= max(first) for row, _cells in taken)
    beside = [wanted.get(row, "") for row, _cells in taken]
    if head:
        beside[places.get(first[0], head - 1)] = _("原因")
    return Copy(
        grid.name or _("台账"),
        tuple(_whole(cells) for _row, cells in taken),
        tuple(beside),
        head,
        () if turned else _merged(grid.merged, places, max(first)),
    )


def _groups(tables: Sequence[Mapping[str, Any]], wanted: Mapping[int, str]) -> set[int]:
    """The rows of the groups that hold a wanted row, from the widest to the closest."""
    kept: set[int] = set()
    for table in tables:
        groups = sorted((row - 1, depth) for row, depth in table.get("groups", ()))
        for row in wanted:
            above: dict[int, int] = {}
            for at, depth in groups:
                if at >= row:
                    break
                above = {d: where for d, where in above.items() if d < depth} | {depth: at}
            kept.update(above.values())
    return kept


def _merged(merged: Sequence[Range], places: Mapping[int, int], last: int) -> tuple[Range, ...]:
    """What is merged in titles and heads, at its place in the copy."""
    found: list[Range] = []
    taken: set[tuple[int, int]] = set()
    for top, left, bottom, right in merged:
        if bottom > last or top not in places or bottom not in places:
            continue
        right = min(right, left + MOST_MERGED)
        cells = {(r, c) for r in range(top, bottom + 1) for c in range(left, right + 1)}
        if not cells & taken and places[bottom] - places[top] == bottom - top:
            taken |= cells
            found.append((places[top], left, places[bottom], right))
    return tuple(found)


def _whole(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """Without the empty cells at the end."""
    end = len(cells)
    while end and cells[end - 1] is None:
        end -= 1
    return cells[:end]


def _turned(grid: Grid) -> list[Row]:
    rows = list(grid.rows)
    width = max((len(cells) for _row, cells in rows), default=0)
    depth = rows[-1][0] + 1 if rows else 0
    turned: list[list[Cell]] = [[None] * depth for _ in range(width)]
    for row, cells in rows:
        for column, cell in enumerate(cells):
            turned[column][row] = cell
    return [(at, tuple(cells)) for at, cells in enumerate(turned)]
