"""Ledgers on their way in, of any room: read by its lexicon, told in words."""

from gongjian.foundation.records.queries.ledgers.given_back import given_back_xlsx
from gongjian.foundation.records.queries.ledgers.phrases import Thing
from gongjian.foundation.records.queries.ledgers.reading import (
    Entry,
    LedgerKind,
    LedgerReading,
    answers_from,
    open_ledger,
    with_memory,
)

__all__ = [
    "Entry",
    "LedgerKind",
    "LedgerReading",
    "Thing",
    "answers_from",
    "given_back_xlsx",
    "open_ledger",
    "with_memory",
]
