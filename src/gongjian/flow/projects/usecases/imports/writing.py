"""A ledger is written into the register, a batch at a time, each in one transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.flow.plan.models import Campaign
from gongjian.flow.plan.queries import campaign_by_uid
from gongjian.flow.projects import rules
from gongjian.flow.projects.models import Project
from gongjian.flow.projects.usecases.imports.beside import Beside, all_or_each
from gongjian.flow.projects.usecases.imports.facts import FACTS
from gongjian.flow.projects.usecases.imports.judging import Judge, words_said, year_of
from gongjian.flow.projects.usecases.imports.opening import KIND, reading_of
from gongjian.flow.projects.usecases.imports.weighed import Weighed
from gongjian.flow.projects.usecases.register import (
    Changed,
    ProjectWords,
    change_projects,
    register_projects,
)
from gongjian.foundation.files.usecases import person_of
from gongjian.foundation.orgs.models import User
from gongjian.foundation.records.models import ImportRow, ImportRun
from gongjian.foundation.records.queries import (
    TAKEN,
    count_doubtful,
    count_rows,
    import_by_uid,
    touched_by,
)
from gongjian.foundation.records.queries.ledgers import Entry
from gongjian.foundation.records.usecases import end_import, keep_batch, lock_import
from gongjian.lib.days import local_day
from gongjian.lib.refusals import Refused

BATCH = 200


def import_projects(key: str, *, at: datetime, beside: Sequence[Beside] = (FACTS,)) -> ImportRun:
    """Write the ledger of a run into the register by the rules and the log of single acts.

    A batch of rows, the projects they make and the place reached are one transaction: taken up
    again after its worker was killed, a run goes on where it was, nothing twice and nothing
    missing. A row that a rule refuses is kept with the reason, the others go on.

    Refused: office.only; import.unreadable, file.*; import.taken-over by another worker.
    """
    run = import_by_uid(key, kinds=(KIND,))
    if run.state != ImportRun.State.RUNNING:
        return run
    by = person_of(run, at=at)
    rules.check_can_keep_project(by)
    campaign = campaign_by_uid(UUID(run.into))
    reading = reading_of(run)
    judges = [one.judge(campaign, run.rows_said, at=at) for one in beside]
    judge = Judge(
        campaign, on=local_day(at), said=run.rows_said, touched=touched_by(run), beside=judges
    )
    entries = islice(reading.entries(), run.position, None)
    while batch := [_weighed(judge, entry) for entry in islice(entries, BATCH)]:
        run = _write(run, batch, judge, campaign, by=by, at=at)
        judge.forget_unwritten()
    not_rows = sum(reading.not_rows().values())
    found = count_rows(run)
    totals = (
        run.totals
        | found
        | {
            "not_rows": not_rows,
            "rows_in": sum(found.values()) + not_rows,
            "doubtful": count_doubtful(run),
        }
    )
    return end_import(run, totals, by=by, at=at)


def _weighed(judge: Judge, entry: Entry) -> Weighed:
    weighed = judge.weigh(entry)
    judge.keep(weighed)
    return weighed


@transaction.atomic
def _write(
    run: ImportRun,
    batch: Sequence[Weighed],
    judge: Judge,
    campaign: Campaign,
    *,
    by: User,
    at: datetime,
) -> ImportRun:
    """One batch: its projects and its trail, or nothing of both."""
    run = lock_import(run, state=ImportRun.State.RUNNING, position=run.position, at=at)
    why = _("导入台账“%(file)s”（%(day)s，导入编号 %(run)s）") % {
        "file": run.file_name[:160], "day": local_day(at).isoformat(), "run": str(run.uid)[:8],
    }  # fmt: skip
    changed = [one for one in batch if one.outcome == "changed"]
    stand = _standing(changed)
    written = [
        *_register([one for one in batch if one.outcome == "new"], campaign, by=by, at=at),
        *_change([one for one in changed if one.register_columns], stand, why, by=by, at=at),
        *((one, stand[_key(one)]) for one in changed if not one.register_columns),
    ]
    for cells in judge.beside:
        cells.write(written, why, by=by, at=at)
    for weighed, _project in written:
        if weighed.outcome == "changed" and not weighed.new:
            weighed.outcome = "same"
    rows = [_row(run, number, one) for number, one in enumerate(batch, start=run.position + 1)]
    return keep_batch(run, rows, by=by, at=at)


Pairs = list[tuple[Weighed, Project]]


def _register(rows: Sequence[Weighed], campaign: Campaign, *, by: User, at: datetime) -> Pairs:
    written: Pairs = []

    def write(some: Sequence[Weighed]) -> None:
        said = [(ProjectWords(**words_said(one)), year_of(one)) for one in some]
        made = register_projects(campaign, said, by=by, at=at)
        written.extend(zip(some, made, strict=True))

    all_or_each(rows, write, _refuse)
    _know(written)
    return written


def _change(
    rows: Sequence[Weighed], stand: Mapping[int, Project], why: str, *, by: User, at: datetime
) -> Pairs:
    written: Pairs = []

    def write(some: Sequence[Weighed]) -> None:
        said = []
        for one in some:
            assert one.known is not None
            project = stand[one.known.pk]
            words = replace(ProjectWords.of(project), **words_said(one))
            said.append(Changed(project, words, one.known.version, why, year_of(one)))
        written.extend(zip(some, change_projects(said, by=by, at=at), strict=True))

    all_or_each(rows, write, _refuse)
    _know(written)
    return written


def _standing(rows: Sequence[Weighed]) -> dict[int, Project]:
    found = Project.objects.select_related("campaign", "township", "action", "filler", "place")
    return found.in_bulk([_key(one) for one in rows])


def _key(weighed: Weighed) -> int:
    return weighed.known.pk if weighed.known is not None else 0


def _refuse(weighed: Weighed, no: Refused) -> None:
    weighed.refuse(no.sentence)


def _know(written: Pairs) -> None:
    """The key and version that each project has from now on."""
    for weighed, project in written:
        known = weighed.known
        assert known is not None
        known.pk, known.uid, known.version = project.pk, project.uid, project.version


def _row(run: ImportRun, number: int, weighed: Weighed) -> ImportRow:
    known = weighed.known
    if weighed.outcome == "same" and known is not None and not known.pk:
        weighed.refuse(_("同一个项目的前一行没有写成，这一行也没有写。"))
    there = known is not None and known.pk and weighed.outcome in ("new", "changed", "same")
    return ImportRow(
        run=run,
        number=number,
        sheet=weighed.entry.sheet[:120],
        row=weighed.entry.row,
        outcome=weighed.outcome,
        title=weighed.title[:200],
        thing=known.uid if there and known else None,
        version=known.version if there and known else 0,
        old=weighed.old,
        new=weighed.new,
        made=weighed.made,
        notes=weighed.notes,
        doubts=weighed.waiting if weighed.outcome in TAKEN else [],
        reason=weighed.reason[:300],
    )
