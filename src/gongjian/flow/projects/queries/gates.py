"""The tables that come with the product: gates of stages, permits, rates, industries."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from gongjian.engine.ratebook import RateRule, rate_rule
from gongjian.engine.stages import GateTable, gate_table

ROOM = "gongjian.flow.projects"


@dataclass(frozen=True, slots=True)
class PermitLine:
    """One line of the default checklist."""

    code: str
    name: str
    department: str
    tracks: frozenset[str]
    applicable: bool
    days: int
    valid_years: int | None


@cache
def gates_in_force() -> GateTable:
    """The gates of stages, as the page, the form, the import and the docs read them."""
    return gate_table(_table("stages"))


@cache
def permit_template(track: str) -> tuple[PermitLine, ...]:
    """The checklist a project of a track begins with."""
    lines = (
        PermitLine(
            code=row["code"],
            name=row["name"],
            department=row["department"],
            tracks=frozenset(row["tracks"]),
            applicable=row.get("applicable", True),
            days=row["days"],
            valid_years=row.get("valid_years"),
        )
        for row in _table("permits")["item"]
    )
    return tuple(line for line in lines if track in line.tracks)


@cache
def shipped_rates() -> tuple[RateRule, ...]:
    """The definitions of rates that come with the product."""
    return tuple(rate_rule(row) for row in _table("rates")["rate"])


@cache
def industries() -> dict[str, str]:
    """{C17: 纺织业}: the divisions of GB/T 4754, in its order."""
    return _table("industries")


def proof_title(code: str) -> str:
    """What a proof is called; one that no table names is shown by its code."""
    return gates_in_force().proofs.get(code, code)


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((files(ROOM) / f"{name}.toml").read_text(encoding="utf-8"))
