"""The columns of a kind of ledger: a columns.toml of its room as the reader of ledgers takes it."""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gongjian.engine.ledger import Field, Lexicon

PIECE = re.compile(r"<(\w+)>")
PLAIN = ("kept", "also", "grouped", "past", "yearly", "sums", "single", "named")


@dataclass(frozen=True, slots=True)
class Judges:
    """What is wrong with a value of a field, as a code; and how a code is spelt."""

    checks: Mapping[str, Callable[[str], str]] = field(default_factory=dict)
    spellings: Mapping[str, Callable[[str], str]] = field(default_factory=dict)


def lexicon_of(
    table: Path,
    order: tuple[str, ...],
    *,
    key: str = "name",
    stands_in: str = "",
    unique: str = "",
    judges: Judges | None = None,
    parts_of: tuple[tuple[str, str], ...] = (),
) -> Lexicon:
    """The lexicon of a table; `order` is that of the fields in a record, `key` no row may
    lack, unless it has what `stands_in` for it; `unique` is the code that names one thing."""
    read = tomllib.loads(table.read_text(encoding="utf-8"))
    pieces: dict[str, str] = read.get("pieces", {})
    judged = judges or Judges()
    return Lexicon(
        fields=tuple(_field(entry, pieces, judged) for entry in read["field"]),
        key=key,
        parts_of=parts_of,
        order=order,
        stands_in=stands_in,
        unique=unique,
    )


def _field(entry: dict[str, Any], pieces: Mapping[str, str], judges: Judges) -> Field:
    parts = "|".join(_filled(part, pieces) for part in entry.get("parts", ()))
    # Our own export comes back by the names of its fields; a span stands for two of them.
    own = () if entry.get("kind") == "span" else (entry["name"],)
    return Field(
        entry["name"],
        entry.get("kind", "text"),
        (*entry.get("words", ()), *own),
        re.compile(parts, re.IGNORECASE) if parts else None,
        re.compile(entry["values"]) if "values" in entry else None,
        check=judges.checks.get(entry["name"]),
        spelt=judges.spellings.get(entry["name"]),
        asks=tuple(entry.get("asks", ())),
        **{name: entry[name] for name in PLAIN if name in entry},
    )


def _filled(part: str, pieces: Mapping[str, str]) -> str:
    """A part with its pieces in their places; a piece may hold another."""
    while PIECE.search(part):
        part = PIECE.sub(lambda found: pieces[found[1]], part)
    return part
