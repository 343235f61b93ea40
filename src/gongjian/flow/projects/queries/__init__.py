"""What can be asked of projects; of a ledger, what an import would take from it."""

from gongjian.flow.projects.queries.columns import FIELDS, PROJECT_COLUMNS
from gongjian.flow.projects.queries.ledgers import DryRun, answers_from, read_ledger
from gongjian.flow.projects.queries.register import (
    ProjectFilter,
    ProjectRow,
    code_warning,
    count_projects,
    project_by_uid,
    project_rows,
    townships,
)

__all__ = [
    "FIELDS",
    "PROJECT_COLUMNS",
    "DryRun",
    "ProjectFilter",
    "ProjectRow",
    "answers_from",
    "code_warning",
    "count_projects",
    "project_by_uid",
    "project_rows",
    "read_ledger",
    "townships",
]
