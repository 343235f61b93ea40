"""Which use-case does which kind of waiting work."""

from collections.abc import Callable
from datetime import datetime

from gongjian.flow.judgement.usecases import freeze_period, open_period
from gongjian.flow.plan.usecases import read_plan_document
from gongjian.flow.plan.usecases.documents import READ
from gongjian.flow.progress.usecases import FREEZE, OPEN


def _read(key: str, at: datetime) -> None:
    read_plan_document(key, at=at)


def _open(key: str, at: datetime) -> None:
    open_period(key, at=at)


def _freeze(key: str, at: datetime) -> None:
    freeze_period(key, at=at)


HANDLERS: dict[str, Callable[[str, datetime], None]] = {READ: _read, OPEN: _open, FREEZE: _freeze}

# What a use-case says that finds its work done, by an earlier run or by a person.
DONE_BEFORE = frozenset({"period.open", "period.frozen"})
