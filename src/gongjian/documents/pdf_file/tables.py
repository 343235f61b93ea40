"""Grids and the characters in them → tables, also those that go on over the page."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from gongjian.documents.assembly import Placed
from gongjian.documents.pdf_file.columns import Ruled
from gongjian.documents.pdf_file.lines import Line, lines_of
from gongjian.documents.pdf_file.paragraphs import join
from gongjian.documents.pdf_file.ruling import Grid
from gongjian.documents.pdf_file.sheet import Glyph

PADDING = 12.0  # points between the text of a cell and its two borders
SLACK = 0.4  # ems
SAME_PLACE = 5.0  # points between the column lines of a table and of its continuation
MOST_HEADS = 4  # rows of a head that is repeated


def ruled_of(grids: Iterable[Grid], glyphs: Iterable[Glyph]) -> tuple[list[Ruled], list[Glyph]]:
    """The tables of a page, and the characters outside them.

    Missing: a grid with less than two cells that hold text is a drawing, and its text is free.
    """
    known = list(grids)
    inside: list[dict[tuple[int, int], list[Glyph]]] = [defaultdict(list) for _ in known]
    free = []
    # In a table inside a cell, the smaller one has the character.
    nearest = sorted(
        range(len(known)), key=lambda number: known[number].xs[-1] - known[number].xs[0]
    )
    for glyph in glyphs:
        x, y = (glyph.x0 + glyph.x1) / 2, glyph.y - 0.3 * glyph.size
        for number in nearest:
            place = known[number].box_at(x, y)
            if place is not None:
                inside[number][place].append(glyph)
                break
        else:
            free.append(glyph)
    tables = []
    for grid, held in zip(known, inside, strict=True):
        table = _ruled(grid, held)
        if sum(bool(cell.text) for cell in table.cells) > 1:
            tables.append(table)
        else:
            free.extend(glyph for place in held.values() for glyph in place)
    return tables, free


def continue_table(table: Ruled, more: Ruled) -> bool:
    """Add the rows of `more` below, where it is the same table on the next page.

    A repeated head is dropped, and a row cut by the page is made whole. False: another table.
    """
    if len(table.xs) != len(more.xs) or any(
        abs((x - table.x0) - (y - more.x0)) > SAME_PLACE
        for x, y in zip(table.xs, more.xs, strict=True)
    ):
        return False
    heads = _repeated_heads(table.cells, more.cells)
    rows = 1 + max(cell.row + cell.row_span - 1 for cell in table.cells)
    added = [replace(cell, row=cell.row - heads + rows) for cell in more.cells if cell.row >= heads]
    if _is_cut(table.cells, added, rows):
        added = _made_whole(table.cells, added, rows)
    table.cells.extend(_grown(table.cells, added, rows))
    return True


def _ruled(grid: Grid, held: dict[tuple[int, int], list[Glyph]]) -> Ruled:
    cells = []
    for box in grid.boxes:
        glyphs = [
            glyph
            for row in range(box.row, box.row + box.row_span)
            for column in range(box.column, box.column + box.column_span)
            for glyph in held.get((row, column), ())
        ]
        width = grid.xs[box.column + box.column_span] - grid.xs[box.column]
        text = _cell_text(lines_of(glyphs, apart=99.0), width - PADDING) if glyphs else ""
        cells.append(Placed(text, box.row, box.column, box.row_span, box.column_span))
    return Ruled(grid.xs[0], grid.xs[-1], grid.ys[0], grid.ys[-1], grid.xs, cells)


def _cell_text(lines: list[Line], width: float) -> str:
    """Lines that the border broke run on; one that had room left is parted by a blank."""
    text, last = "", None
    for line in lines:
        if last is None:
            text = line.text
        elif last.x1 - last.x0 + line.lead < width - SLACK * line.size:
            text = f"{text} {line.text}"
        elif text[-1:].isdigit() and line.text[:1].isdigit():
            text += line.text  # a number too long for its cell
        else:
            text = join(text, line.text)
        last = line
    return " ".join(text.split())


def _texts(cells: Iterable[Placed], row: int) -> list[tuple[int, str]]:
    return [(cell.column, cell.text) for cell in cells if cell.row == row]


def _repeated_heads(cells: list[Placed], more: list[Placed]) -> int:
    heads = 0
    while heads < MOST_HEADS:
        row = _texts(more, heads)
        if not any(text for _, text in row) or row != _texts(cells, heads):
            break
        heads += 1
    return heads


def _is_cut(cells: list[Placed], added: list[Placed], rows: int) -> bool:
    """The first row of the new page goes on with the last of the old one.

    It begins empty where each row before it began with a number or a name; where merged cells
    make rows begin empty, most of a row that goes on is empty.
    """
    first = {cell.column: cell.text for cell in added if cell.row == rows}
    last = {cell.column: cell.text for cell in cells if cell.row == rows - 1}
    if not first or first.keys() != last.keys() or first[min(first)] or not last[min(last)]:
        return False
    held = [column for column, text in first.items() if text]
    if not held or not all(last[column] for column in held):
        return False
    begins = [cell for cell in cells if cell.column == 0]
    if len(begins) == rows > 2 and all(cell.text for cell in begins):
        return True
    return 2 * len(held) < len([text for text in last.values() if text])


def _made_whole(cells: list[Placed], added: list[Placed], rows: int) -> list[Placed]:
    """Give the rest of the cut row to the row before; what follows moves up."""
    rest = {cell.column: cell.text for cell in added if cell.row == rows}
    for number, cell in enumerate(cells):
        if cell.row == rows - 1 and rest.get(cell.column):
            cells[number] = replace(cell, text=join(cell.text, rest[cell.column]))
    return [replace(cell, row=cell.row - 1) for cell in added if cell.row > rows]


def _grown(cells: list[Placed], added: list[Placed], rows: int) -> list[Placed]:
    """A merged cell that the page cut goes on below as one, where its rest is empty."""
    lowest = {
        cell.column: number
        for number, cell in enumerate(cells)
        if cell.row + cell.row_span == rows and cell.text
    }
    kept = []
    for cell in added:
        number = lowest.get(cell.column)
        if cell.row == rows and not cell.text and number is not None:
            above = cells[number]
            if above.column_span == cell.column_span and max(above.row_span, cell.row_span) > 1:
                cells[number] = replace(above, row_span=above.row_span + cell.row_span)
                continue
        kept.append(cell)
    return kept
