"""Fills an xlsx somebody else made: cells are set, rows put in, and all else stays as it was."""

from gongjian.documents.filling.cells import Percent, Value
from gongjian.documents.filling.rebuilding import rebuilt
from gongjian.documents.filling.workbook import (
    SHEET,
    Fill,
    facts_of,
    fill_workbook,
)

__all__ = ["SHEET", "Fill", "Percent", "Value", "facts_of", "fill_workbook", "rebuilt"]
