"""Pure: rows of a sheet to a header, to what each row is, to values of the caller's fields."""

from gongjian.engine.ledger.amounts import as_yuan
from gongjian.engine.ledger.columns import told_upto
from gongjian.engine.ledger.fields import Field, Lexicon, Match
from gongjian.engine.ledger.header import Column, Header, find_header
from gongjian.engine.ledger.layout import Layout, Place, lay_out
from gongjian.engine.ledger.reading import Reading
from gongjian.engine.ledger.table import Answers, Category, Question, Remark, Shown, Table
from gongjian.engine.ledger.values import Goal, day_of, goal_of, shifted
from gongjian.engine.ledger.vocabulary import ValueRule, Vocabulary

__all__ = [
    "Answers",
    "Category",
    "Column",
    "Field",
    "Goal",
    "Header",
    "Layout",
    "Lexicon",
    "Match",
    "Place",
    "Question",
    "Reading",
    "Remark",
    "Shown",
    "Table",
    "ValueRule",
    "Vocabulary",
    "as_yuan",
    "day_of",
    "find_header",
    "goal_of",
    "lay_out",
    "shifted",
    "told_upto",
]
