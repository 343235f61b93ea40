"""Pure: rows of a sheet to a header and what each row is: category, total, note or data."""

from gongjian.engine.ledger.header import Column, Header, find_header
from gongjian.engine.ledger.layout import Layout, Place, lay_out
from gongjian.engine.ledger.vocabulary import ValueRule, Vocabulary

__all__ = [
    "Column",
    "Header",
    "Layout",
    "Place",
    "ValueRule",
    "Vocabulary",
    "find_header",
    "lay_out",
]
