"""Bytes → an open PDF and its pages. Only this module and `sheet` speak to the library."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

# The bare bindings: the helpers around them take as long again to import.
import pypdfium2_raw as pdfium

from gongjian.documents.pdf_file.font import use_own_font
from gongjian.documents.unreadable import Limits, Unreadable

WORDED = (pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_STAMP, pdfium.FPDF_ANNOT_WIDGET)
MOST_NOTES = 1_000
FLATTENED = pdfium.FLATTEN_SUCCESS


@dataclass(frozen=True, slots=True)
class Leaf:
    """An open page and its text layer, as the library's own handles."""

    page: Any
    text: Any


class OpenPdf:
    """A PDF held open. Errors: Unreadable 'encrypted', 'damaged', 'too_large'."""

    def __init__(self, content: bytes, limits: Limits) -> None:
        pdfium.FPDF_InitLibrary()
        use_own_font()
        self._content = content  # the library reads from these bytes as long as it is open
        self._handle = pdfium.FPDF_LoadMemDocument64(content, len(content), None)
        if not self._handle:
            locked = {pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY}
            is_locked = pdfium.FPDF_GetLastError() in locked
            raise Unreadable("encrypted") if is_locked else Unreadable("damaged", part="pdf")
        self.pages: int = pdfium.FPDF_GetPageCount(self._handle)
        limits.check("pages", self.pages)

    @contextmanager
    def leaf(self, number: int) -> Iterator[Leaf | None]:
        """A page, counted from 0. Missing: None for one that the file names and does not hold."""
        page = pdfium.FPDF_LoadPage(self._handle, number)
        if page and _bears_words(page) and pdfium.FPDFPage_Flatten(page, 0) == FLATTENED:
            pdfium.FPDF_ClosePage(page)
            page = pdfium.FPDF_LoadPage(self._handle, number)
        if not page:
            yield None
            return
        text = pdfium.FPDFText_LoadPage(page)
        try:
            yield Leaf(page, text) if text else None
        finally:
            pdfium.FPDFText_ClosePage(text)
            pdfium.FPDF_ClosePage(page)


def _bears_words(page: Any) -> bool:
    """Something lies on the page that a person reads with it: a filled field, a stamp, a note."""
    for number in range(min(pdfium.FPDFPage_GetAnnotCount(page), MOST_NOTES)):
        note = pdfium.FPDFPage_GetAnnot(page, number)
        kind = pdfium.FPDFAnnot_GetSubtype(note)
        pdfium.FPDFPage_CloseAnnot(note)
        if kind in WORDED:
            return True
    return False
