"""The trail of an import: opened, read, answered, written a batch at a time, undone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.foundation.records.models import ImportMemory, ImportRow, ImportRun, TrialRow
from gongjian.foundation.records.queries import count_rows
from gongjian.foundation.records.usecases.jobs import leave_job
from gongjian.foundation.records.usecases.log import Actor, note
from gongjian.lib.refusals import Refused
from gongjian.lib.texts import printable, printable_all

READ, WRITE, UNDO = "import.read", "import.write", "import.undo"  # a job of each is .<kind>
State = ImportRun.State
TRIAL_BATCH = 1000
NEW = "new"  # what is said of a row that is none of those that are there
LONGEST = 300


@dataclass(frozen=True, slots=True)
class Brought:
    """A file as it came: of which kind, into what, its name and the hash it is kept under."""

    kind: str
    into: str
    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Said:
    """What a person says of a file: which sheets, which columns, what they mean, which rows."""

    sheets: tuple[str, ...] = ()
    maps: Mapping[str, str] = field(default_factory=dict)
    says: tuple[tuple[str, str], ...] = ()
    rows: Mapping[str, str] = field(default_factory=dict)


@transaction.atomic
def open_import(
    brought: Brought,
    said: Said | None = None,
    *,
    by: Actor,
    at: datetime,
    unit: int = 0,
    delegation: UUID | None = None,
) -> ImportRun:
    """Begin a run over a file that is kept; it is read next.

    Nothing said: it is read as the unit had the very same file read before.
    """
    if said is None:
        said = _said_before(brought, unit)
    run = ImportRun.objects.create(
        kind=brought.kind,
        into=brought.into,
        file_name=printable(brought.name)[-200:],
        sha256=brought.sha256,
        size=brought.size,
        by_id=by.pk,
        by_name=by.display_name,
        unit_id=unit,
        delegation=delegation,
        made_at=at,
        **_columns(said),
    )
    note("import.opened", run, by=by, at=at)
    return run


def _said_before(brought: Brought, unit: int) -> Said:
    """What was said of a file when it was written last. A row called new then is there now."""
    before = ImportRun.objects.filter(
        kind=brought.kind, into=brought.into, sha256=brought.sha256, unit_id=unit,
        started_at__isnull=False,
    ).first()  # fmt: skip
    if before is None:
        return Said()
    return Said(
        sheets=tuple(before.sheets),
        maps=before.maps,
        says=tuple((column, said) for column, said in before.says),
        rows={row: said for row, said in before.rows_said.items() if said != NEW},
    )


@transaction.atomic
def read_later(run: ImportRun, *, at: datetime) -> None:
    """Leave the reading of a large file to the worker."""
    leave_job(f"{READ}.{run.kind}", str(run.uid), run_at=at)


@transaction.atomic
def answer_import(
    run: ImportRun, said: Said, *, version: int, by: Actor, at: datetime
) -> ImportRun:
    """Keep what a person says of the file; it is read anew. Refused: import.changed, .begun."""
    _take(run, version, (State.READ, State.BROKEN), {"state": State.READING, **_columns(said)})
    note("import.answered", run, by=by, at=at)
    return run


def keep_trial(run: ImportRun, rows: Iterable[Mapping[str, Any]]) -> None:
    """Keep what would become of each row, in place of what an earlier reading found.

    Not in one transaction: a long file is read for a while, and nobody waits for it. Nothing of
    it is in the log; it says what would be, and is gone when it is.
    """
    TrialRow.objects.filter(run=run).delete()
    numbered = enumerate(rows, start=1)
    while part := list(islice(numbered, TRIAL_BATCH)):
        TrialRow.objects.bulk_create(
            TrialRow(
                run=run,
                number=number,
                row=row["row"],
                outcome=row["outcome"],
                words=printable(f"{row['title']} {row['code']}".strip())[:240],
                said=printable_all(dict(row)),
            )
            for number, row in part
        )


@transaction.atomic
def keep_reading(
    run: ImportRun,
    *,
    totals: Mapping[str, int],
    report: Mapping[str, Any],
    at: datetime,
) -> ImportRun:
    """Keep what was found on reading, beside its trial; nothing of it is written yet."""
    found = {
        "totals": dict(totals),
        "report": printable_all(dict(report)),
    }
    _take(run, run.version, (State.READING,), {"state": State.READ, "reason": "", **found})
    note("import.read", run, by=None, at=at)
    return run


@transaction.atomic
def break_import(run: ImportRun, reason: str, *, at: datetime) -> ImportRun:
    """Say why a file could not be read."""
    reason = reason[:LONGEST]
    _take(run, run.version, (State.READING,), {"state": State.BROKEN, "reason": reason})
    note("import.broken", run, by=None, at=at)
    return run


@transaction.atomic
def begin_import(
    run: ImportRun,
    learnt: Mapping[str, tuple[str, str]],
    *,
    version: int,
    by: Actor,
    at: datetime,
    delegation: UUID | None = None,
) -> ImportRun:
    """Start writing in the background; what was said of columns is remembered.

    `learnt`: header → (field, answer). Refused: import.changed, import.begun.
    """
    started = {"state": State.RUNNING, "started_at": at, "position": 0, "by_id": by.pk}
    names = {"by_name": by.display_name, "delegation": delegation}
    _take(run, version, (State.READ,), started | names)
    note("import.started", run, *_remember(run, learnt), by=by, at=at)
    leave_job(f"{WRITE}.{run.kind}", str(run.uid), run_at=at)
    return run


@transaction.atomic
def go_on(run: ImportRun, *, by: Actor, at: datetime) -> ImportRun:
    """Let a worker take up again what stopped half-way. Refused: import.begun."""
    jobs = {State.RUNNING: WRITE, State.UNDOING: UNDO, State.READING: READ}
    if run.state == State.STOPPED:
        _take(run, run.version, (State.STOPPED,), {"state": State.RUNNING})
    if run.state not in jobs:
        raise _begun()
    note("import.resumed", run, by=by, at=at)
    leave_job(f"{jobs[State(run.state)]}.{run.kind}", str(run.uid), run_at=at)
    return run


@transaction.atomic
def stop_import(run: ImportRun, *, by: Actor, at: datetime) -> ImportRun:
    """Let the writing end after the batch in hand; what is written stays, and it may go on.

    Refused: import.begun, where it is not being written.
    """
    _take(run, run.version, (State.RUNNING,), {"state": State.STOPPED})
    note("import.stopped", run, by=by, at=at)
    return run


def lock_import(run: ImportRun, *, state: str, position: int, at: datetime) -> ImportRun:  # noqa: ARG001
    """The run, held until commit, if it stands where this worker left it.

    Refused: import.taken-over, where another worker went on.
    """
    held = ImportRun.objects.select_for_update().get(pk=run.pk)
    if held.state != state or held.position != position:
        raise Refused("import.taken-over", _("这次导入已由另一个进程接着办。"))
    return held


@transaction.atomic
def keep_batch(
    run: ImportRun, rows: Sequence[ImportRow], *, by: Actor | None, at: datetime
) -> ImportRun:
    """Keep where a batch of rows went, in the transaction that wrote them."""
    ImportRow.objects.bulk_create(rows)
    run.position += len(rows)
    run.save(update_fields=["position"])
    note("import.batch", run, *rows, by=by, at=at, facts={"rows": len(rows)})
    return run


@transaction.atomic
def end_import(
    run: ImportRun, totals: Mapping[str, int], *, by: Actor | None, at: datetime
) -> ImportRun:
    """All rows of the file are accounted for. Refused: import.taken-over."""
    run = lock_import(run, state=State.RUNNING, position=run.position, at=at)
    TrialRow.objects.filter(run=run).delete()
    run.state, run.totals, run.ended_at = State.DONE, dict(totals), at
    run.save(update_fields=["state", "totals", "ended_at"])
    note("import.ended", run, by=by, at=at)
    return run


@transaction.atomic
def begin_undo(
    run: ImportRun, *, version: int, by: Actor, at: datetime, delegation: UUID | None = None
) -> ImportRun:
    """Take back in the background what a run wrote. Refused: import.changed, import.begun."""
    wanted = {"state": State.UNDOING, "position": 0, "by_id": by.pk, "delegation": delegation}
    if run.state == State.STOPPED:
        counts = count_rows(run)
        wanted["totals"] = run.totals | counts | {"not_rows": 0, "rows_in": sum(counts.values())}
    _take(run, version, (State.DONE, State.STOPPED), wanted)
    note("import.undo-asked", run, by=by, at=at)
    leave_job(f"{UNDO}.{run.kind}", str(run.uid), run_at=at)
    return run


@transaction.atomic
def keep_undone(
    run: ImportRun, rows: Sequence[ImportRow], *, by: Actor | None, at: datetime
) -> None:
    """Keep what became of a batch of rows that were to be undone."""
    ImportRow.objects.bulk_update(rows, ["undone", "left"])
    run.position += len(rows)
    run.save(update_fields=["position"])
    note("import.undone-batch", run, *rows, by=by, at=at, facts={"rows": len(rows)})


@transaction.atomic
def end_undo(run: ImportRun, *, by: Actor | None, at: datetime) -> ImportRun:
    """All that could be taken back is."""
    run.state, run.undone_at = State.UNDONE, at
    run.save(update_fields=["state", "undone_at"])
    note("import.undone", run, by=by, at=at)
    return run


def _columns(said: Said) -> dict[str, Any]:
    return {
        "sheets": list(said.sheets),
        "maps": printable_all(dict(said.maps)),
        "says": printable_all([list(pair) for pair in said.says]),
        "rows_said": printable_all(dict(said.rows)),
    }


def _take(run: ImportRun, version: int, states: Sequence[str], changes: Mapping[str, Any]) -> None:
    """Change a run that stands in one of these states, in the version it was shown in."""
    still = ImportRun.objects.filter(pk=run.pk, version=version)
    if not still.filter(state__in=states).update(**changes, version=version + 1):
        run.refresh_from_db()
        raise (
            _begun()
            if run.state not in states
            else Refused("import.changed", _("这次导入刚被别人改过，请刷新后再看。"))
        )
    run.refresh_from_db()


def _begun() -> Refused:
    return Refused("import.begun", _("这次导入已经到了下一步，不能再这样改。请刷新后再看。"))


def _remember(run: ImportRun, learnt: Mapping[str, tuple[str, str]]) -> list[ImportMemory]:
    there = {
        row.header: row
        for row in ImportMemory.objects.filter(
            kind=run.kind, unit_id=run.unit_id, header__in=list(learnt)
        )
    }
    new, kept = [], []
    for header, (name, answer) in learnt.items():
        row = there.get(header)
        if row is None:
            row = ImportMemory(kind=run.kind, unit_id=run.unit_id, header=header)
            new.append(row)
        else:
            kept.append(row)
        row.field, row.answer, row.run = name, answer, run
    ImportMemory.objects.bulk_create(new)
    ImportMemory.objects.bulk_update(kept, ["field", "answer", "run"])
    return [*new, *kept]
