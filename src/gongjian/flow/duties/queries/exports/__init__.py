"""The 责任清单 and its cut-outs as files: Excel, official Word, JSON, CSV, one page a task."""

from gongjian.flow.duties.queries.exports.breakdown import (
    breakdown_content,
    breakdown_table,
    breakdown_word,
    breakdown_xlsx,
)
from gongjian.flow.duties.queries.exports.onepage import OnePage, one_page, one_page_word
from gongjian.flow.duties.queries.exports.paper import list_word
from gongjian.flow.duties.queries.exports.plain import list_csv, list_json
from gongjian.flow.duties.queries.exports.source import Exported, exported_list, only_unit
from gongjian.flow.duties.queries.exports.workbook import leader_xlsx, list_xlsx, rows_xlsx
from gongjian.flow.duties.queries.phrases import column_label

__all__ = [
    "Exported",
    "OnePage",
    "breakdown_content",
    "breakdown_table",
    "breakdown_word",
    "breakdown_xlsx",
    "column_label",
    "exported_list",
    "leader_xlsx",
    "list_csv",
    "list_json",
    "list_word",
    "list_xlsx",
    "one_page",
    "one_page_word",
    "only_unit",
    "rows_xlsx",
]
