"""The columns of a ledger of projects: columns.toml as the reader of ledgers takes it."""

import re
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from gongjian.engine.ledger import Field, Lexicon
from gongjian.lib.project_codes import doubt_about, tidied
from gongjian.lib.unit_codes import uscc_fault

TABLE = Path(__file__).with_name("columns.toml")
PIECE = re.compile(r"<(\w+)>")
PLAIN = ("kept", "also", "grouped", "past", "yearly")

# What a person may name with --map, in the order in which the register shows them.
FIELDS = (
    "seq", "name", "code", "owner", "uscc", "township", "scope", "nature", "industry",
    "total_investment", "year_plan_investment", "year_done_investment", "planned_start",
    "planned_finish", "actual_start", "actual_finish", "lead_unit", "responsible_units", "sponsor",
    "progress_text", "remark",
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


def _lexicon() -> Lexicon:
    table = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    pieces: dict[str, str] = table["pieces"]
    return Lexicon(
        fields=tuple(_field(entry, pieces) for entry in table["field"]),
        key="name",
        parts_of=(("year_plan_investment", "total_investment"),),
        order=FIELDS,
    )


def _field(entry: dict[str, Any], pieces: dict[str, str]) -> Field:
    parts = "|".join(_filled(part, pieces) for part in entry["parts"])
    # Our own export comes back by the names of its fields; a span stands for two of them.
    own = () if entry["kind"] == "span" else (entry["name"],)
    return Field(
        entry["name"],
        entry["kind"],
        (*entry.get("words", ()), *own),
        re.compile(parts, re.IGNORECASE),
        re.compile(entry["values"]) if "values" in entry else None,
        check=CHECKS.get(entry["name"]),
        spelt=SPELLINGS.get(entry["name"]),
        **{key: entry[key] for key in PLAIN if key in entry},
    )


def _filled(part: str, pieces: dict[str, str]) -> str:
    """A part with its pieces in their places; a piece may hold another."""
    while PIECE.search(part):
        part = PIECE.sub(lambda found: pieces[found[1]], part)
    return part


PROJECT_COLUMNS = _lexicon()
