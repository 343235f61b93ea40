"""Ledgers on their way in, of any room: read by its lexicon, told in words."""

from gongjian.engine.ledger import QUESTIONS, question_of
from gongjian.foundation.records.queries.ledgers.given_back import given_back_xlsx
from gongjian.foundation.records.queries.ledgers.lexicons import Judges, lexicon_of
from gongjian.foundation.records.queries.ledgers.phrases import Thing
from gongjian.foundation.records.queries.ledgers.reading import (
    Entry,
    Fate,
    Going,
    LedgerKind,
    LedgerReading,
    ListKind,
    answers_from,
    month_told,
    open_ledger,
    rows_answered,
    with_memory,
)

__all__ = [
    "QUESTIONS",
    "Entry",
    "Fate",
    "Going",
    "Judges",
    "LedgerKind",
    "LedgerReading",
    "ListKind",
    "Thing",
    "answers_from",
    "given_back_xlsx",
    "lexicon_of",
    "month_told",
    "open_ledger",
    "question_of",
    "rows_answered",
    "with_memory",
]
