"""Pure: rows of a sheet to a header, to what each row is, to values of the caller's fields."""

from gongjian.engine.ledger.amounts import as_yuan
from gongjian.engine.ledger.columns import told_upto
from gongjian.engine.ledger.fields import Field, Lexicon, Match
from gongjian.engine.ledger.header import Header, HeaderColumn, find_header
from gongjian.engine.ledger.layout import Layout, Place, lay_out
from gongjian.engine.ledger.reading import Reading
from gongjian.engine.ledger.table import (
    QUESTIONS,
    Answers,
    Category,
    Question,
    Remark,
    Shown,
    Table,
    question_of,
)
from gongjian.engine.ledger.values import Goal, day_of, goal_of, shifted
from gongjian.engine.ledger.vocabulary import ValueRule, Vocabulary

__all__ = [
    "QUESTIONS",
    "Answers",
    "Category",
    "Field",
    "Goal",
    "Header",
    "HeaderColumn",
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
    "question_of",
    "shifted",
    "told_upto",
]
