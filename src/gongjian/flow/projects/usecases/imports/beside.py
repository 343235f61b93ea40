"""What a row of a ledger says beside the columns of its project, and who takes it.

This room takes what happened; a later room takes who answers. Each weighs its cells of a row,
writes them in the transaction of the row's batch, and takes back what nobody carried further.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol, TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.flow.plan.models import Campaign
from gongjian.flow.projects.models import Project
from gongjian.flow.projects.queries import ledger_label
from gongjian.flow.projects.usecases.imports.weighed import Weighed
from gongjian.foundation.orgs.models import User
from gongjian.foundation.records.models import ImportRow, Kept
from gongjian.lib.refusals import Refused

Row = TypeVar("Row")
Pairs = Sequence[tuple[Weighed, Project]]
UndonePairs = Sequence[tuple[ImportRow, Project]]


class CellJudge(Protocol):
    """Weighs cells of the rows of one file, in their order."""

    def weigh(self, weighed: Weighed) -> None:
        """Add to `old` and `new` of a row what its cells change, to `notes` what is not taken."""

    def keep(self, weighed: Weighed) -> None:
        """Know what a row brings, for the rows below it."""

    def write(self, rows: Pairs, why: str, *, by: User, at: datetime) -> None:
        """Write the cells of a batch; `made` of each row says what was written."""

    def asked(self) -> list[dict[str, Any]]:
        """Names that could mean several: key, words, choices and how many rows are about them."""


class Beside(Protocol):
    """A room's part of a ledger of projects."""

    def judge(self, campaign: Campaign, said: Mapping[str, str], *, at: datetime) -> CellJudge:
        """Open what is known of a campaign's projects."""

    def made(self, rows: Iterable[ImportRow]) -> dict[type[Kept], set[int]]:
        """What was written beside the projects of these rows, and is there still."""

    def why_left(self, rows: UndonePairs) -> dict[int, str]:
        """By key of the row, why what was written beside its project cannot be taken back."""

    def take_back(self, rows: UndonePairs, why: str, *, by: User, at: datetime) -> None:
        """Take it back. Refused: where somebody carried it further meanwhile."""


def all_or_each(
    rows: Sequence[Row],
    write: Callable[[Sequence[Row]], None],
    refuse: Callable[[Row, Refused], None],
) -> None:
    """Write rows together; where one of them is refused, each alone, so that only it stays out."""
    if not rows:
        return
    try:
        with transaction.atomic():
            write(rows)
    except Refused as no:
        if len(rows) == 1:
            refuse(rows[0], no)
            return
        for row in rows:
            all_or_each([row], write, refuse)


def drop_cell(weighed: Weighed, column: str, sentence: str) -> None:
    """Say why a cell is not taken; the rest of its row is."""
    weighed.old.pop(column, None)
    weighed.new.pop(column, None)
    weighed.notes.append(
        _("“%(column)s”没有写：%(why)s") % {"column": ledger_label(column), "why": sentence}
    )
