"""The wanted answers: one table of wanted.toml an address."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

from gongjian.interfaces.cli.access.county import HOMES, NOBODY, OTHER

OPEN, REFUSED, ABSENT = "open", "refused", "absent"
FATES = (OPEN, ABSENT)
ROLES = frozenset({*(role.value for role in HOMES), NOBODY})


@dataclass(frozen=True, slots=True)
class Row:
    """What one address answers: {fate: roles}, for the own unit and where it differs elsewhere."""

    own: Mapping[str, frozenset[str]]
    other: Mapping[str, frozenset[str]]
    post: Mapping[str, frozenset[str]] | None = None
    post_other: Mapping[str, frozenset[str]] | None = None
    thing: str = ""
    arguments: dict[str, Any] = field(default_factory=dict)
    sent: dict[str, str] = field(default_factory=dict)
    never: str = ""

    def wanted(self, role: str, unit: str, method: str) -> str:
        """open, absent or refused; whoever is not named is refused."""
        fates = self.other if unit == OTHER else self.own
        if method == "POST":
            fates = (self.post_other if unit == OTHER else self.post) or self.post or fates
        return next((fate for fate in FATES if role in fates.get(fate, ())), REFUSED)


class Wanted(dict[str, Row]):
    """The rows by the names of their addresses, and the codes that speak of rights."""

    rights: frozenset[str] = frozenset()


def wanted_answers(text: str = "") -> Wanted:
    """The table of this folder, or one that is given. Errors: ValueError names what is wrong."""
    told = tomllib.loads(text or (files(__package__) / "wanted.toml").read_text(encoding="utf-8"))
    groups = {name: frozenset(roles) for name, roles in told.pop("groups").items()}
    rights = frozenset(told.pop("rights")["codes"])
    wanted = Wanted({name: _row(name, row, groups) for name, row in told.items()})
    wanted.rights = rights
    return wanted


def _row(name: str, row: dict[str, Any], groups: Mapping[str, frozenset[str]]) -> Row:
    own = _fates(name, row, groups)
    other = _fates(name, row["other"], groups) if "other" in row else own
    post = _fates(name, row["post"], groups) if "post" in row else None
    post_other = _fates(name, row["post_other"], groups) if "post_other" in row else None
    if post_other is None and post is None and "other" in row:
        post_other = other
    return Row(
        own,
        other,
        post,
        post_other,
        row.get("object", ""),
        row.get("arguments", {}),
        row.get("sent", {}),
        row.get("never", ""),
    )


def _fates(
    name: str, row: Mapping[str, Any], groups: Mapping[str, frozenset[str]]
) -> dict[str, frozenset[str]]:
    found = {}
    for fate in FATES:
        roles: set[str] = set()
        for word in row.get(fate, []):
            if word not in groups and word not in ROLES:
                raise ValueError(f"wanted.toml, [{name}] {fate}: {word} is no role and no group")
            roles |= groups.get(word, {word})
        found[fate] = frozenset(roles)
    return found
