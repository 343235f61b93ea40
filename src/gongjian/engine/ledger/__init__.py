"""Pure: rows of a sheet to a header and what each row is: category, total, note or data."""

from gongjian.engine.ledger.header import Column, Header, find_header
from gongjian.engine.ledger.layout import Layout, Place, lay_out
from gongjian.engine.ledger.values import Goal, day_of, goal_of, shifted
from gongjian.engine.ledger.vocabulary import ValueRule, Vocabulary

__all__ = [
    "Column",
    "Goal",
    "Header",
    "Layout",
    "Place",
    "ValueRule",
    "Vocabulary",
    "day_of",
    "find_header",
    "goal_of",
    "lay_out",
    "shifted",
]
