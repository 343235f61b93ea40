"""Which use-case does which kind of waiting work."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from gongjian.flow.duties.queries import answering_for_projects
from gongjian.flow.duties.usecases import import_projects, read_project_import, undo_project_import
from gongjian.flow.judgement.usecases import freeze_period, open_period
from gongjian.flow.plan.usecases import read_plan_document
from gongjian.flow.plan.usecases.documents import READ
from gongjian.flow.progress.usecases import FREEZE, OPEN
from gongjian.flow.projects.queries import EXPORT
from gongjian.flow.projects.usecases import LISTS, NIGHTLY, freeze_rates, write_export
from gongjian.foundation.files.usecases import import_list, read_list, undo_list
from gongjian.foundation.records.queries.ledgers import ListKind
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


def _freeze_rates(key: str, at: datetime) -> None:
    freeze_rates(key, at=at)


def _lists() -> dict[str, Callable[[str, datetime], None]]:
    """Read, write and undo of each kind of list that is written whole."""
    steps = ((READ_LEDGER, read_list), (WRITE, import_list), (UNDO, undo_list))
    found: dict[str, Callable[[str, datetime], None]] = {}
    for name, kind in LISTS.items():
        for job, act in steps:
            found[f"{job}.{name}"] = partial(_list, act, kind)
    return found


def _list(act: Callable[..., object], kind: ListKind, key: str, at: datetime) -> None:
    act(kind, key, at=at)


def _export(key: str, at: datetime) -> None:
    write_export(key, answering_for_projects, at=at)


HANDLERS: dict[str, Callable[[str, datetime], None]] = {
    READ: _read,
    OPEN: _open,
    FREEZE: _freeze,
    NIGHTLY: _freeze_rates,
    f"{READ_LEDGER}.projects": _read_projects,
    f"{WRITE}.projects": _import_projects,
    f"{UNDO}.projects": _undo_projects,
    **_lists(),
    EXPORT: _export,
}

# What a use-case says that finds its work done, by an earlier run or by a person.
DONE_BEFORE = frozenset({"period.open", "period.frozen", "import.taken-over"})
