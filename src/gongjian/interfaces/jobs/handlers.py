"""Which use-case does which kind of waiting work."""

from collections.abc import Callable
from datetime import datetime

from gongjian.flow.duties.queries import answering_for_projects
from gongjian.flow.judgement.usecases import freeze_period, open_period
from gongjian.flow.plan.usecases import read_plan_document
from gongjian.flow.plan.usecases.documents import READ
from gongjian.flow.progress.usecases import FREEZE, OPEN
from gongjian.flow.projects.usecases import (
    EXPORT,
    import_projects,
    read_project_import,
    undo_project_import,
    write_export,
)
from gongjian.foundation.records.usecases import READ as READ_LEDGER
from gongjian.foundation.records.usecases import UNDO, WRITE


def _read(key: str, at: datetime) -> None:
    read_plan_document(key, at=at)


def _open(key: str, at: datetime) -> None:
    open_period(key, at=at)


def _freeze(key: str, at: datetime) -> None:
    freeze_period(key, at=at)


def _read_projects(key: str, at: datetime) -> None:
    read_project_import(key, at=at)


def _import_projects(key: str, at: datetime) -> None:
    import_projects(key, at=at)


def _undo_projects(key: str, at: datetime) -> None:
    undo_project_import(key, at=at)


def _export(key: str, at: datetime) -> None:
    write_export(key, answering_for_projects, at=at)


HANDLERS: dict[str, Callable[[str, datetime], None]] = {
    READ: _read,
    OPEN: _open,
    FREEZE: _freeze,
    f"{READ_LEDGER}.projects": _read_projects,
    f"{WRITE}.projects": _import_projects,
    f"{UNDO}.projects": _undo_projects,
    EXPORT: _export,
}

# What a use-case says that finds its work done, by an earlier run or by a person.
DONE_BEFORE = frozenset({"period.open", "period.frozen", "import.taken-over"})
