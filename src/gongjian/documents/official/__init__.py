"""Writes an official document (公文) as GB/T 9704-2012 has it: a Word file, or a web page."""

from gongjian.documents.official.model import (
    Align,
    AttachmentHeading,
    Block,
    Cell,
    Column,
    Heading,
    Landscape,
    OfficialDocument,
    PageBreak,
    Paragraph,
    Run,
    Signature,
    TableBlock,
    bookmark,
)
from gongjian.documents.official.titles import broken
from gongjian.documents.official.webpage import write_html
from gongjian.documents.official.writing import write_official

__all__ = [
    "Align",
    "AttachmentHeading",
    "Block",
    "Cell",
    "Column",
    "Heading",
    "Landscape",
    "OfficialDocument",
    "PageBreak",
    "Paragraph",
    "Run",
    "Signature",
    "TableBlock",
    "bookmark",
    "broken",
    "write_html",
    "write_official",
]
