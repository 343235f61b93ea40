"""One sheet as it comes out of a file, and what of it a person sees."""

import re
from dataclasses import dataclass, field

from gongjian.documents.assembly import Placed
from gongjian.documents.unreadable import Limits

ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")  # how Excel writes a sign that XML does not know
NO_TITLE = re.compile(r"^(?:附件|附表|表)[\s\d一二三四五六七八九十：:.、-]*$|^\S{0,6}单位\s*[:：]")
LONGEST_TITLE = 60

Range = tuple[int, int, int, int]  # first row, first column, last row, last column


@dataclass(slots=True)
class Sheet:
    """A sheet: the texts of its cells, its merged ranges, and the rows and columns it hides.

    Rows and columns count from 0. `merged` are ranges with both ends included."""

    name: str
    texts: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[Range] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)

    def put(self, row: int, column: int, text: str) -> None:
        """Keep a cell that shows something; its lines and tabs are one line."""
        clean = " ".join(text.split())
        if clean:
            self.texts[row, column] = clean

    @property
    def hides(self) -> bool:
        """Does anything stand in the hidden rows and columns?"""
        return any(
            row in self.hidden_rows or column in self.hidden_columns for row, column in self.texts
        )

    def placed(self, limits: Limits) -> list[Placed]:
        """The cells that show, merged ones with their spans. Errors: Unreadable 'too_large'.

        A range is cut where the sheet's last filled row and column end: some reach to row 1048576.
        """
        limits.check("cells", len(self.texts))
        if not self.texts:
            return []
        spans = self._spans(limits)
        covered = self._covered(spans)
        placed = []
        for (row, column), text in self.texts.items():
            height, width = spans.get((row, column), (1, 1))
            first = self._first_shown(row, column, height, width)
            if first is not None and (row, column) not in covered:
                high, wide = row + height - first[0], column + width - first[1]
                placed.append(Placed(text, *first, high, wide))
        return placed

    def _spans(self, limits: Limits) -> dict[tuple[int, int], tuple[int, int]]:
        """Height and width of the merged cells that hold text."""
        bottom = max(row for row, _ in self.texts)
        right = max(column for _, column in self.texts)
        spans = {
            (top, left): (min(last, bottom) - top + 1, min(end, right) - left + 1)
            for top, left, last, end in self.merged
            if (top, left) in self.texts and last >= top and end >= left
        }
        limits.check("cells", len(self.texts) + sum(height for height, _ in spans.values()))
        return spans

    def _covered(self, spans: dict[tuple[int, int], tuple[int, int]]) -> set[tuple[int, int]]:
        """Filled places that a merged cell hides below it."""
        rows: dict[int, list[int]] = {}
        for row, column in self.texts:
            rows.setdefault(row, []).append(column)
        return {
            (row, column)
            for (top, left), (height, width) in spans.items()
            for row in range(top, top + height)
            for column in rows.get(row, ())
            if left <= column < left + width and (row, column) != (top, left)
        }

    def _first_shown(
        self, row: int, column: int, height: int, width: int
    ) -> tuple[int, int] | None:
        """Where a cell begins to show; None where all of its rows or columns are hidden."""
        rows = (r for r in range(row, row + height) if r not in self.hidden_rows)
        columns = (c for c in range(column, column + width) if c not in self.hidden_columns)
        first_row, first_column = next(rows, None), next(columns, None)
        return None if first_row is None or first_column is None else (first_row, first_column)


def title_of(placed: list[Placed]) -> str:
    """The title of a sheet: the first row that is one cell, where it stands at the top."""
    rows: dict[int, list[Placed]] = {}
    for cell in placed:
        rows.setdefault(cell.row, []).append(cell)
    for row in sorted(rows)[:3]:
        text = rows[row][0].text
        if len(rows[row]) > 1:
            return ""
        if not NO_TITLE.match(text):
            return text if len(text) <= LONGEST_TITLE and not text.endswith("。") else ""
    return ""


def unescaped(text: str) -> str:
    """The signs that a workbook writes as _x000D_."""
    return ESCAPED.sub(lambda sign: chr(int(sign[1], 16)), text) if "_x" in text else text
