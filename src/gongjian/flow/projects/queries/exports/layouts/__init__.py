"""The official tables of projects: 项目台账, 包靠一览表, 手续办理清单, 开工、竣工项目一览表."""

from gongjian.flow.projects.queries.exports.layouts.filling import (
    Heading,
    OfficialTable,
    official_table,
)
from gongjian.flow.projects.queries.exports.layouts.shapes import LAYOUTS, layout_title
from gongjian.flow.projects.queries.exports.layouts.writing import layout_word, layout_xlsx

__all__ = [
    "LAYOUTS",
    "Heading",
    "OfficialTable",
    "layout_title",
    "layout_word",
    "layout_xlsx",
    "official_table",
]
