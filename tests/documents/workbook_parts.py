"""Small workbooks, written cell by cell."""

import io
import shutil
import subprocess
from pathlib import Path

import xlsxwriter


def _office():
    """LibreOffice with its Calc; one that writes texts alone converts no workbook."""
    found = shutil.which("soffice")
    program = Path(found).resolve().parent if found else None
    return found if program and list(program.glob("libsclo.*")) else None


OFFICE = _office()


def workbook(*sheets, **options):
    """An xlsx. A sheet is a function that writes on a worksheet, or rows of values."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, **options})
    for number, write in enumerate(sheets, start=1):
        if callable(write):
            write(book, book.add_worksheet(getattr(write, "title", f"表{number}")))
        else:
            page = book.add_worksheet(f"表{number}")
            for row, values in enumerate(write):
                page.write_row(row, 0, values)
    book.close()
    return stream.getvalue()


def converted(content, suffix, folder):
    """The same workbook as another program would save it. Needs soffice."""
    source = folder / "book.xlsx"
    source.write_bytes(content)
    home, saved = folder / "office", folder / "saved"
    subprocess.run(
        [OFFICE, f"-env:UserInstallation=file://{home}", "--headless", "--convert-to", suffix,
         "--outdir", saved, source],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return (saved / f"book.{suffix}").read_bytes()


def cells(document, table=0):
    """(row, column, text) of each cell of a table, as they stand in the text."""
    return [
        (cell.row, cell.column, document.text[cell.start : cell.end])
        for cell in document.blocks[table].cells
    ]


def texts(document, table=0):
    return [text for *_, text in cells(document, table)]
