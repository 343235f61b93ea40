"""Reads workbooks (.xlsx, .xls, .et) and delimited text (.csv), a table for each visible sheet."""

from gongjian.documents.workbook.delimited import looks_delimited, read_delimited
from gongjian.documents.workbook.xls import read_xls
from gongjian.documents.workbook.xlsx import is_xlsx, read_xlsx

__all__ = ["is_xlsx", "looks_delimited", "read_delimited", "read_xls", "read_xlsx"]
