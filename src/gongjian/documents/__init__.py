"""Pure: bytes to pages, and pages to the bytes of Word and Excel files."""

from gongjian.documents.marks import classified_mark
from gongjian.documents.reading import read_document
from gongjian.documents.unreadable import Limits, Unreadable

__all__ = ["Limits", "Unreadable", "classified_mark", "read_document"]
