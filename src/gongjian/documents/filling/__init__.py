"""Fills an xlsx somebody else made: cells are set, rows put in, and all else stays as it was."""

from gongjian.documents.filling.rebuilding import rebuilt
from gongjian.documents.filling.workbook import (
    SHEET,
    Fill,
    Value,
    facts_of,
    fill_workbook,
)

__all__ = ["SHEET", "Fill", "Value", "facts_of", "fill_workbook", "rebuilt"]
