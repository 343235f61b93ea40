"""A ledger is brought in, read, answered, and then started."""

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.engine.ledger import Answers
from gongjian.flow.plan.models import Campaign
from gongjian.flow.plan.queries import campaign_by_uid
from gongjian.flow.projects import rules
from gongjian.flow.projects.queries import PROJECTS, read_ledger
from gongjian.flow.projects.usecases.imports.beside import Beside
from gongjian.flow.projects.usecases.imports.facts import FACTS
from gongjian.flow.projects.usecases.imports.judging import weigh_ledger
from gongjian.flow.projects.usecases.imports.weighed import Weighed
from gongjian.foundation.files.queries import learnt_of, run_reading
from gongjian.foundation.files.rules import LEDGERS, check_can_keep
from gongjian.foundation.files.usecases import keep_file, person_of
from gongjian.foundation.orgs.models import User
from gongjian.foundation.records.models import ImportRun
from gongjian.foundation.records.queries import import_by_uid
from gongjian.foundation.records.queries.ledgers import LedgerReading
from gongjian.foundation.records.usecases import (
    Brought,
    Said,
    answer_import,
    begin_import,
    break_import,
    keep_reading,
    keep_trial,
    open_import,
    read_later,
)
from gongjian.lib.refusals import Refused

KIND = PROJECTS.name
SOON = 1_500_000  # bytes: a larger file is read by the worker, while the page waits


def bring_project_ledger(
    campaign: Campaign,
    name: str,
    content: bytes,
    *,
    by: User,
    at: datetime,
    said: Said | None = None,
    soon: bool = False,
    beside: Sequence[Beside] = (FACTS,),
) -> ImportRun:
    """Keep a ledger and read it: at once where it is small or `soon`, else in the background.

    Refused: office.only, file.kind, .empty, .large, import.unreadable, .classified; nothing is
    kept then.
    """
    rules.check_can_keep_project(by)
    check_can_keep(name, size=len(content), kinds=LEDGERS)
    read_ledger(name, io.BytesIO(content), Answers())
    with transaction.atomic():
        stored = keep_file(name, content, by=by, at=at, kinds=LEDGERS)
        brought = Brought(KIND, str(campaign.uid), name, stored.sha256, stored.size)
        run = open_import(
            brought, said, by=by, at=at, unit=by.unit_id or 0, delegation=by.delegation
        )
        later = stored.size > SOON and not soon
        if later:
            read_later(run, at=at)
    return run if later else read_project_import(str(run.uid), at=at, beside=beside)


def read_project_import(
    key: str, *, at: datetime, beside: Sequence[Beside] = (FACTS,)
) -> ImportRun:
    """Read a file and weigh it against the register; what is found is kept for the page.

    A file that breaks half-way is marked so. Reading again what is read changes nothing.
    """
    run = import_by_uid(key, kinds=(KIND,))
    if run.state != ImportRun.State.READING:
        return run
    by = person_of(run, at=at)
    try:
        reading = reading_of(run)
        campaign = campaign_by_uid(UUID(run.into))
        rows, counts = weigh_ledger(
            reading, campaign, by=by, at=at, said=run.rows_said, beside=beside
        )
        keep_trial(run, map(_row, rows))
    except Refused as no:
        return break_import(run, no.sentence, at=at)
    not_rows = reading.not_rows()
    report = reading.shown() | {
        "counts": counts.of_sheets(not_rows),
        "effects": counts.effects(),
    }
    totals = counts.totals(not_rows)
    return keep_reading(run, totals=totals, report=report, at=at)


def answer_project_import(
    run: ImportRun,
    said: Said,
    *,
    version: int,
    by: User,
    at: datetime,
    beside: Sequence[Beside] = (FACTS,),
) -> ImportRun:
    """Say what columns, values and rows mean; the file is read anew.

    Refused: office.only, import.changed, import.begun.
    """
    rules.check_can_keep_project(by)
    with transaction.atomic():
        run = answer_import(run, said, version=version, by=by, at=at)
        if run.size > SOON:
            read_later(run, at=at)
            return run
    return read_project_import(str(run.uid), at=at, beside=beside)


def start_project_import(run: ImportRun, *, version: int, by: User, at: datetime) -> ImportRun:
    """Write what the trial showed, in the background; what was said of columns is remembered.

    Refused: office.only, import.changed, .begun, .nothing.
    """
    rules.check_can_keep_project(by)
    if run.state == ImportRun.State.READ and not (run.totals["new"] or run.totals["changed"]):
        raise Refused("import.nothing", _("没有新的，也没有要改的，不用导入。"))
    delegation = by.delegation
    return begin_import(run, learnt_of(run), version=version, by=by, at=at, delegation=delegation)


def reading_of(run: ImportRun) -> LedgerReading:
    """The file of a run. Refused: import.unreadable, file.gone, file.altered."""
    return run_reading(run, PROJECTS)


def _row(weighed: Weighed) -> dict[str, Any]:
    return {
        "sheet": weighed.entry.sheet,
        "row": weighed.entry.row,
        "outcome": weighed.outcome,
        "title": weighed.title[:200],
        "code": str(weighed.values.get("code") or ""),
        "thing": str(weighed.known.uid) if weighed.known and weighed.known.pk else "",
        "old": weighed.old,
        "new": weighed.new,
        "notes": weighed.notes,
        "reason": weighed.reason,
        "by": weighed.by,
        "doubts": weighed.waiting,
        "among": [
            [str(one.uid), one.values["name"], one.values.get("code") or "",
             str(one.values.get("township") or "")]
            for one in weighed.among if one.pk
        ],
    }  # fmt: skip
