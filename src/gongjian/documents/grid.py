"""Where the cells of a table stand when some of them span rows or columns."""

from collections.abc import Sequence
from dataclasses import dataclass

from gongjian.documents.assembly import Placed
from gongjian.documents.unreadable import Limits

DEFAULT = Limits()
WIDEST = 1_000  # columns one cell may claim; the HTML standard has the same bound


@dataclass(frozen=True, slots=True)
class Spanning:
    """A cell as HTML writes it: its text and how far it reaches, not where it stands."""

    text: str
    row_span: int = 1
    column_span: int = 1


def place(rows: Sequence[Sequence[Spanning]], limits: Limits = DEFAULT) -> list[Placed]:
    """Each cell at the first free column of its row; spans end with the table.

    Shapes: rows in reading order; a row holds only the cells that begin in it.
    Errors: Unreadable 'too_large' while the grid is laid out, not after it.
    """
    seen = 0
    taken_until: dict[int, int] = {}  # column → first row that is free again
    placed: list[Placed] = []
    for row, cells in enumerate(rows):
        column = 0
        for cell in cells:
            while taken_until.get(column, 0) > row:
                column += 1
            width = min(max(cell.column_span, 1), WIDEST)
            height = len(rows) - row if cell.row_span == 0 else cell.row_span
            height = min(max(height, 1), len(rows) - row)
            placed.append(Placed(cell.text, row, column, height, width))
            taken_until.update(dict.fromkeys(range(column, column + width), row + height))
            column += width
            limits.check("cells", seen + column)
        seen += column
    return placed
