"""What can be asked of projects; of a ledger, what an import would take from it."""

from gongjian.flow.projects.queries.columns import FIELDS, PROJECT_COLUMNS
from gongjian.flow.projects.queries.ledgers import DryRun, answers_from, read_ledger

__all__ = ["FIELDS", "PROJECT_COLUMNS", "DryRun", "answers_from", "read_ledger"]
