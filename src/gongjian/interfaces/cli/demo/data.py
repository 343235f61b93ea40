"""The demo county's files, read once."""

import tomllib
from importlib.resources import files
from typing import Any

PLAN = "plan.docx"


def table(name: str) -> dict[str, Any]:
    """One of the TOML files of this folder."""
    return tomllib.loads((files(__package__) / f"{name}.toml").read_text(encoding="utf-8"))


def plan_file() -> bytes:
    """The example plan as the office would upload it."""
    return (files(__package__) / PLAN).read_bytes()
