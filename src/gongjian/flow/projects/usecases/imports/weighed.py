"""A row of a ledger and what becomes of it."""

from dataclasses import dataclass, field
from typing import Any

from gongjian.flow.projects.queries import Known
from gongjian.foundation.records.queries.ledgers import Entry


@dataclass(slots=True)
class Weighed:
    """A row, and what becomes of it: values before and after as the trail keeps them.

    `values` are the columns of the register; `old` and `new` hold what cells beside them change,
    too, `meant` who is meant by names, `made` what was written for these,
    `doubts` the columns whose value waits for an answer.
    """

    entry: Entry
    outcome: str
    title: str = ""
    known: Known | None = None
    values: dict[str, Any] = field(default_factory=dict)
    old: dict[str, Any] = field(default_factory=dict)
    new: dict[str, Any] = field(default_factory=dict)
    meant: dict[str, Any] = field(default_factory=dict)
    made: dict[str, Any] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    reason: str = ""
    by: str = ""
    among: tuple[Known, ...] = ()

    def refuse(self, reason: str) -> None:
        self.outcome, self.reason, self.old, self.new = "refused", reason, {}, {}
        self.doubts.clear()

    def ask(self, reason: str) -> None:
        self.outcome, self.reason, self.old, self.new = "asked", reason, {}, {}
        self.doubts.clear()

    @property
    def waiting(self) -> list[str]:
        """The columns whose value waits for an answer, here and in the reading of its cells."""
        return [*self.entry.doubts, *self.doubts]

    @property
    def register_columns(self) -> list[str]:
        """The columns of the register that it changes."""
        return [name for name in self.new if name in self.values]
