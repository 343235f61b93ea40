"""Lists that are written whole, by runs: kept, read, tried, written in one go, taken back whole."""

import io
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.engine.ledger import Answers
from gongjian.foundation.files.queries import learnt_of, run_reading
from gongjian.foundation.files.rules import LEDGERS, check_can_keep
from gongjian.foundation.files.usecases.keeping import keep_file
from gongjian.foundation.orgs.models import User
from gongjian.foundation.orgs.queries import account_by_key
from gongjian.foundation.records.models import ImportRow, ImportRun
from gongjian.foundation.records.queries import (
    OUTCOMES,
    count_rows,
    import_by_uid,
)
from gongjian.foundation.records.queries.ledgers import (
    Fate,
    Going,
    ListKind,
    open_ledger,
)
from gongjian.foundation.records.usecases import (
    Brought,
    Said,
    answer_import,
    begin_import,
    begin_undo,
    break_import,
    check_can_take_back,
    end_import,
    end_undo,
    keep_batch,
    keep_reading,
    keep_trial,
    keep_undone,
    lock_import,
    look,
    open_import,
    take_back,
    what_was_written,
)
from gongjian.lib.days import local_day
from gongjian.lib.refusals import Refused

State = ImportRun.State
MONTH = "month"  # among what was said of rows: that of a ledger without such a column


def person_of(run: ImportRun, *, at: datetime) -> User:
    """Who a run works for, with the roles of the day. Missing where the account is gone."""
    return account_by_key(run.by_id or 0, delegation=run.delegation, on=local_day(at))


def bring_list(
    kind: ListKind,
    into: str,
    name: str,
    content: bytes,
    *,
    by: User,
    at: datetime,
    said: Said | None = None,
) -> ImportRun:
    """Keep a list and read it at once. Refused: as the kind says, file.*, import.unreadable; and
    nothing is kept then."""
    kind.check(by)
    check_can_keep(name, size=len(content), kinds=LEDGERS)
    open_ledger(kind.ledger, name, io.BytesIO(content), Answers())
    with transaction.atomic():
        stored = keep_file(name, content, by=by, at=at, kinds=LEDGERS)
        brought = Brought(kind.ledger.name, into, name, stored.sha256, stored.size)
        run = open_import(
            brought, said, by=by, at=at, unit=by.unit_id or 0, delegation=by.delegation
        )
    return read_list(kind, str(run.uid), at=at)


def read_list(kind: ListKind, key: str, *, at: datetime) -> ImportRun:
    """Read a list and try its rows; nothing of it is written. A file that breaks is marked so."""
    run = import_by_uid(key, kinds=(kind.ledger.name,))
    if run.state != State.READING:
        return run
    try:
        reading = run_reading(run, kind.ledger)
        entries = list(reading.entries())
        fates = kind.fates(entries, _going(run, at=at), False)
    except Refused as no:
        return break_import(run, no.sentence, at=at)
    keep_trial(run, (_trial(fate) for fate in fates))
    not_rows = reading.not_rows()
    by_sheet = _by_sheet(fates, not_rows)
    report = reading.shown() | {"counts": by_sheet, "effects": {}}
    return keep_reading(run, totals=_totals(by_sheet), report=report, at=at)


def answer_list(
    kind: ListKind, run: ImportRun, said: Said, *, version: int, by: User, at: datetime
) -> ImportRun:
    """Say what columns mean; the file is read anew. Refused: import.changed, import.begun."""
    kind.check(by)
    run = answer_import(run, said, version=version, by=by, at=at)
    return read_list(kind, str(run.uid), at=at)


def start_list(
    kind: ListKind, run: ImportRun, *, version: int, by: User, at: datetime
) -> ImportRun:
    """Write what the trial showed, in the background. Refused: import.changed, .begun, .nothing."""
    kind.check(by)
    if run.state == State.READ and not (run.totals["new"] or run.totals["changed"]):
        raise Refused("import.nothing", _("没有新的，也没有要改的，不用导入。"))
    return begin_import(
        run, learnt_of(run), version=version, by=by, at=at, delegation=by.delegation
    )


@transaction.atomic
def import_list(kind: ListKind, key: str, *, at: datetime) -> ImportRun:
    """Write a list in one transaction with its trail: a worker that is killed leaves nothing, and
    the next one writes all of it. Refused: as the kind says, import.taken-over."""
    run = import_by_uid(key, kinds=(kind.ledger.name,))
    if run.state != State.RUNNING:
        return run
    run = lock_import(run, state=State.RUNNING, position=0, at=at)
    going = _going(run, at=at)
    kind.check(going.by)
    reading = run_reading(run, kind.ledger)
    entries = list(reading.entries())
    before = look(kind.tables)
    fates = kind.fates(entries, going, True)
    run.report["wrote"] = what_was_written(before)
    run.save(update_fields=["report"])
    rows = [_row(run, number, fate) for number, fate in enumerate(fates, start=1)]
    run = keep_batch(run, rows, by=going.by, at=at)
    not_rows = sum(reading.not_rows().values())
    found = count_rows(run)
    totals = run.totals | found | {"not_rows": not_rows, "rows_in": sum(found.values()) + not_rows}
    return end_import(run, totals, by=going.by, at=at)


def ask_to_undo_list(
    kind: ListKind, run: ImportRun, *, version: int, by: User, at: datetime
) -> ImportRun:
    """Take a list back in the background. Refused: import.changed, .begun."""
    kind.check(by)
    return begin_undo(run, version=version, by=by, at=at, delegation=by.delegation)


def ask_to_undo_untouched_list(
    kind: ListKind, run: ImportRun, *, version: int, by: User, at: datetime
) -> ImportRun:
    """The same, where all of it can go as things stand; else the run stays as it is. Refused: as
    above; import.touched, import.in-use, each with all that stands in the way."""
    kind.check(by)
    if run.state == State.DONE:
        check_can_take_back(run.report.get("wrote", {}))
    return ask_to_undo_list(kind, run, version=version, by=by, at=at)


@transaction.atomic
def undo_list(kind: ListKind, key: str, *, at: datetime) -> ImportRun:
    """Take back all that a run wrote, while nobody touched any of it; else it stays, and each row
    says why."""
    run = import_by_uid(key, kinds=(kind.ledger.name,))
    if run.state != State.UNDOING:
        return run
    run = lock_import(run, state=State.UNDOING, position=0, at=at)
    by = person_of(run, at=at)
    kind.check(by)
    rows = list(run.rows.filter(outcome__in=("new", "changed")))
    try:
        with transaction.atomic():
            take_back(run.report.get("wrote", {}), act="import.rows-undone", by=by, at=at)
    except Refused as no:
        for row in rows:
            row.left = no.sentence[:300]
    else:
        for row in rows:
            row.undone = True
    keep_undone(run, rows, by=by, at=at)
    return end_undo(run, by=by, at=at)


def _going(run: ImportRun, *, at: datetime) -> Going:
    return Going(run.into, person_of(run, at=at), at, str(run.rows_said.get(MONTH, "")))


def _trial(fate: Fate) -> dict[str, Any]:
    return {
        "sheet": fate.sheet, "row": fate.row, "outcome": fate.outcome, "title": fate.title[:200],
        "code": "", "thing": "", "notes": [], "reason": fate.reason, **_old_and_new(fate),
        "by": "", "doubts": [], "among": [],
    }  # fmt: skip


def _old_and_new(fate: Fate) -> dict[str, dict[str, str]]:
    return {
        "old": {label: old for label, old, _new in fate.changes if old},
        "new": {label: new for label, _old, new in fate.changes},
    }


def _row(run: ImportRun, number: int, fate: Fate) -> ImportRow:
    held = fate.outcome in ("refused", "asked")
    reason = fate.reason or (_("这一行没有取。") if held else "")
    return ImportRow(
        run=run,
        number=number,
        sheet=fate.sheet[:120],
        row=fate.row,
        outcome=fate.outcome,
        title=fate.title[:200],
        reason=reason[:300],
        **_old_and_new(fate),
    )


def _by_sheet(fates: Sequence[Fate], not_rows: Mapping[str, int]) -> dict[str, dict[str, int]]:
    """By sheet: the rows in, and where they went; every row is in it."""
    found = {}
    for sheet, others in not_rows.items():
        counts = Counter(fate.outcome for fate in fates if fate.sheet == sheet)
        of_sheet = {name: counts[name] for name in OUTCOMES}
        rows_in = sum(of_sheet.values()) + others
        found[sheet] = {**of_sheet, "not_rows": others, "rows_in": rows_in, "doubtful": 0}
    return found


def _totals(by_sheet: Mapping[str, Mapping[str, int]]) -> dict[str, int]:
    whole: Counter[str] = Counter()
    for counts in by_sheet.values():
        whole.update(counts)
    return {name: whole[name] for name in (*OUTCOMES, "not_rows", "rows_in", "doubtful")}
