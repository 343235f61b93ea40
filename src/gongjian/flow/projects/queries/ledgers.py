"""What an import of a ledger of projects would take: its rows, and what has to be asked."""

from collections.abc import Collection, Sequence
from typing import BinaryIO

from django.utils.translation import gettext_lazy as _

from gongjian.engine.ledger import Answers
from gongjian.flow.projects.queries.columns import MONEY_COLUMNS, PROJECT_COLUMNS
from gongjian.foundation.records.queries import ledgers
from gongjian.foundation.records.queries.ledgers import LedgerKind, LedgerReading, Thing

PROJECTS = LedgerKind(
    "projects", PROJECT_COLUMNS, Thing(_("项目"), _("项目名称")), main="total_investment"
)
MONEY = LedgerKind("money", MONEY_COLUMNS, Thing(_("月度投资"), _("项目名称")))


def answers_from(maps: Sequence[str], says: Sequence[str]) -> Answers:
    """What a person said, COLUMN=… each. Refused: import.map, import.answer."""
    return ledgers.answers_from(PROJECTS, maps, says)


def read_ledger(
    name: str,
    file: BinaryIO,
    answers: Answers,
    *,
    sheet: str | None = None,
    sheets: Collection[str] = (),
) -> LedgerReading:
    """Open a ledger of projects; go through its `rows` or `entries`, then take its `report`.

    Refused: import.unreadable, import.classified, import.sheet, each with what to do.
    """
    return ledgers.open_ledger(PROJECTS, name, file, answers, sheet=sheet, sheets=sheets)
