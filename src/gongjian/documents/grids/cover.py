"""The first lines of a ledger, where a mark of secrecy would stand."""

from itertools import islice

from gongjian.documents.marks import OPENING_LINES, classified_mark
from gongjian.lib.grids import Book
from gongjian.lib.pages import Document

WIDEST = 50  # columns of a title


def mark_of_book(book: Book) -> str | None:
    """The mark of secrecy at the head of any sheet; None where there is none."""
    for grid in book.grids:
        lines = [*grid.above]
        for _, cells in islice(iter(grid.rows), OPENING_LINES):
            lines.append("\t".join(cell for cell in cells[:WIDEST] if isinstance(cell, str)))
        if mark := classified_mark(Document.from_text("\n".join(lines))):
            return mark
    return None
