"""The columns of a ledger of projects: columns.toml as the reader of ledgers takes it."""

from collections.abc import Callable
from pathlib import Path

from gongjian.foundation.records.queries.ledgers import Judges, lexicon_of
from gongjian.lib.project_codes import doubt_about, tidied
from gongjian.lib.unit_codes import uscc_fault

TABLE = Path(__file__).with_name("columns.toml")
MONEY_TABLE = Path(__file__).with_name("money_columns.toml")

# What a person may name with --map, in the order in which the register shows them.
FIELDS = (
    "seq", "name", "code", "owner", "uscc", "township", "scope", "nature", "industry",
    "total_investment", "year_plan_investment", "year_done_investment", "planned_start",
    "planned_finish", "actual_start", "actual_finish", "lead_unit", "responsible_units", "sponsor",
    "progress_text", "remark",
)  # fmt: skip
# A month of a project, in the order in which --map names them.
MONEY_FIELDS = (
    "seq", "name", "code", "month", "planned", "done", "stat_done", "arrived", "early_cost",
    "progress_text", "doc_no",
)  # fmt: skip


def _uscc_fault(code: str) -> str:
    fault = uscc_fault(code)
    return f"uscc_{fault}" if fault else ""


def _code_fault(code: str) -> str:
    """A code that is none of the national ones (an office's own number) is not judged."""
    national = code[:1].isdecimal() and "-" in code and len(code) > 20
    fault = doubt_about(code) if national else ""
    return f"code_{fault}" if fault else ""


CHECKS: dict[str, Callable[[str], str]] = {"uscc": _uscc_fault, "code": _code_fault}
SPELLINGS: dict[str, Callable[[str], str]] = {"code": tidied}


PROJECT_COLUMNS = lexicon_of(
    TABLE,
    FIELDS,
    unique="code",
    judges=Judges(CHECKS, SPELLINGS),
    parts_of=(("year_plan_investment", "total_investment"),),
)
MONEY_COLUMNS = lexicon_of(
    MONEY_TABLE, MONEY_FIELDS, judges=Judges(CHECKS, SPELLINGS), stands_in="code"
)
