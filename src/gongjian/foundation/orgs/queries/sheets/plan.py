"""What a sheet would change, row by row, before anything is written."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from hashlib import sha256

from django.utils.translation import gettext as _

from gongjian.foundation.orgs.models import EARLIEST, FORMULA

Cells = dict[str, str]


class RowState(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Change:
    """One value of a row: what is there, and what the sheet says."""

    label: str
    old: str
    new: str


@dataclass(slots=True)
class SheetRow:
    """One row of a sheet: where it stands, what it is about, what would become of it."""

    line: int
    title: str
    cells: Cells
    state: RowState = RowState.SAME
    why: str = ""
    changes: list[Change] = field(default_factory=list)

    def refuse(self, why: str) -> None:
        """Leave the row out, for the first reason that was found."""
        if self.state != RowState.REFUSED:
            self.state, self.why, self.changes = RowState.REFUSED, why, []

    def change(self, label: str, old: str, new: str) -> None:
        """Note a value that differs."""
        if old != new and self.state != RowState.REFUSED:
            self.changes.append(Change(label, old, new))
            if self.state == RowState.SAME:
                self.state = RowState.CHANGED


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """All rows of a sheet, and a mark of what was seen: another mark means that something moved."""

    rows: Sequence[SheetRow]

    def of(self, state: RowState) -> list[SheetRow]:
        return [row for row in self.rows if row.state == state]

    @property
    def counts(self) -> dict[str, int]:
        found = Counter(row.state.value for row in self.rows)
        return {state.value: found[state.value] for state in RowState}

    @property
    def mark(self) -> str:
        told = [
            (row.line, row.state.value, [(c.label, c.old, c.new) for c in row.changes])
            for row in self.rows
        ]
        return sha256(repr(told).encode()).hexdigest()


def trouble_of(label: str, text: str, *, longest: int) -> str:
    """Why a cell cannot be kept as it is, in words; nothing where it can."""
    if len(text) > longest:
        words = {"label": label, "longest": longest, "have": len(text)}
        return _("%(label)s最多 %(longest)s 个字，现在是 %(have)s 个。") % words
    if not text.isprintable():
        return _("%(label)s里有看不见的字符。") % {"label": label}
    if text.startswith(FORMULA):
        return _("%(label)s以 =、+、-、@ 开头，像公式，不收。") % {"label": label}
    return ""


def day_in(text: str, *, today: date) -> date | None:
    """A day as sheets write it: 2020-07-02, 2020/7/2, 2020.7.2, 2020年7月2日.

    None where it is no day, or one before 1949 or more than a year ahead.
    """
    bare = text.translate(str.maketrans("/.年月", "----", "日 "))  # not shown
    parts = bare.split("T")[0].split("-")
    if len(parts) != 3 or not all(part.isdecimal() and len(part) <= 4 for part in parts):
        return None
    try:
        day = date(*(int(part) for part in parts))
    except ValueError:
        return None
    return day if day >= EARLIEST and (day - today).days <= 366 else None
