"""The register and its lists as files: Excel, official Word, CSV no spreadsheet runs, JSON."""

from gongjian.flow.projects.queries.exports.checks import doubts_table, rates_table
from gongjian.flow.projects.queries.exports.ledger import (
    Answering,
    ledger_objects,
    ledger_table,
)
from gongjian.flow.projects.queries.exports.listed import list_table
from gongjian.flow.projects.queries.exports.statements import (
    StatementSpan,
    sentences,
    statement_table,
    statement_word,
    told,
)
from gongjian.flow.projects.queries.exports.tables import (
    Footing,
    Table,
    TableColumn,
    table_csv,
    table_json,
    table_xlsx,
)

__all__ = [
    "Answering",
    "Footing",
    "StatementSpan",
    "Table",
    "TableColumn",
    "doubts_table",
    "ledger_objects",
    "ledger_table",
    "list_table",
    "rates_table",
    "sentences",
    "statement_table",
    "statement_word",
    "table_csv",
    "table_json",
    "table_xlsx",
    "told",
]
