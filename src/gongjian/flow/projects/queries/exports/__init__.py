"""The register and its lists as files: Excel, official Word, CSV no spreadsheet runs, JSON."""

from gongjian.flow.projects.queries.exports.book import Answering, LedgerBook, Objects
from gongjian.flow.projects.queries.exports.charts import (
    duplicates_table,
    funnel_table,
    pace_table,
    places_table,
    waiting_table,
)
from gongjian.flow.projects.queries.exports.checks import doubts_table, rates_table
from gongjian.flow.projects.queries.exports.files import (
    AT_ONCE,
    FORMS,
    SHEET,
    ExportAsked,
    WrittenFile,
    export_file,
)
from gongjian.flow.projects.queries.exports.layouts import (
    LAYOUTS,
    OfficialTable,
    layout_title,
    layout_word,
    layout_xlsx,
    official_table,
)
from gongjian.flow.projects.queries.exports.ledger import (
    definitions_named,
    ledger_columns,
    ledger_footing,
    ledger_objects,
    ledger_projects,
    ledger_table,
    projects_by_keys,
)
from gongjian.flow.projects.queries.exports.listed import list_table
from gongjian.flow.projects.queries.exports.month_sheet import (
    sheet_file,
    sheet_heads,
    sheet_in_batches,
)
from gongjian.flow.projects.queries.exports.oc4ids import (
    oc4ids_package,
    oc4ids_project,
)
from gongjian.flow.projects.queries.exports.runs import (
    EXPORT,
    AnsweringOn,
    asked_of,
    export_run,
    export_runs,
    objects_in_batches,
    stopped_runs,
)
from gongjian.flow.projects.queries.exports.statements import (
    StatementSpan,
    sentences,
    statement_table,
    statement_word,
    told,
)
from gongjian.flow.projects.queries.exports.tables import (
    Basis,
    Footing,
    Table,
    TableColumn,
    table_csv,
    table_json,
    table_xlsx,
)

__all__ = [
    "AT_ONCE",
    "EXPORT",
    "FORMS",
    "LAYOUTS",
    "SHEET",
    "Answering",
    "AnsweringOn",
    "Basis",
    "ExportAsked",
    "Footing",
    "LedgerBook",
    "Objects",
    "OfficialTable",
    "StatementSpan",
    "Table",
    "TableColumn",
    "WrittenFile",
    "asked_of",
    "definitions_named",
    "doubts_table",
    "duplicates_table",
    "export_file",
    "export_run",
    "export_runs",
    "funnel_table",
    "layout_title",
    "layout_word",
    "layout_xlsx",
    "ledger_columns",
    "ledger_footing",
    "ledger_objects",
    "ledger_projects",
    "ledger_table",
    "list_table",
    "objects_in_batches",
    "oc4ids_package",
    "oc4ids_project",
    "official_table",
    "pace_table",
    "places_table",
    "projects_by_keys",
    "rates_table",
    "sentences",
    "sheet_file",
    "sheet_heads",
    "sheet_in_batches",
    "statement_table",
    "statement_word",
    "stopped_runs",
    "table_csv",
    "table_json",
    "table_xlsx",
    "told",
    "waiting_table",
]
