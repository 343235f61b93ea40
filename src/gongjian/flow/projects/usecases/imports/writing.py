"""A ledger is written into the register, a batch at a time, each in one transaction."""

from collections.abc import Callable, Iterator, Sequence
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
from gongjian.flow.projects.usecases.imports.judging import (
    Judge,
    Weighed,
    words_said,
    year_of,
)
from gongjian.flow.projects.usecases.imports.opening import KIND, person_of, reading_of
from gongjian.flow.projects.usecases.register import (
    Changed,
    ProjectWords,
    change_projects,
    register_projects,
)
from gongjian.foundation.orgs.models import User
from gongjian.foundation.records.models import ImportRow, ImportRun
from gongjian.foundation.records.queries import count_rows, import_by_uid, touched_by
from gongjian.foundation.records.queries.ledgers import Entry
from gongjian.foundation.records.usecases import end_import, keep_batch, lock_import
from gongjian.lib.days import local_day
from gongjian.lib.refusals import Refused

BATCH = 200


def import_projects(key: str, *, at: datetime) -> ImportRun:
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
    judge = Judge(campaign, on=local_day(at), said=run.rows_said, touched=touched_by(run))
    entries = islice(reading.entries(), run.position, None)
    while batch := [_weighed(judge, entry) for entry in islice(entries, BATCH)]:
        run = _write(run, batch, campaign, by=by, at=at)
        judge.forget_unwritten()
    not_rows = sum(reading.not_rows().values())
    found = count_rows(run)
    totals = run.totals | found | {"not_rows": not_rows, "rows_in": sum(found.values()) + not_rows}
    return end_import(run, totals, by=by, at=at)


def _weighed(judge: Judge, entry: Entry) -> Weighed:
    weighed = judge.weigh(entry)
    judge.keep(weighed)
    return weighed


@transaction.atomic
def _write(
    run: ImportRun, batch: Sequence[Weighed], campaign: Campaign, *, by: User, at: datetime
) -> ImportRun:
    """One batch: its projects and its trail, or nothing of both."""
    run = lock_import(run, state=ImportRun.State.RUNNING, position=run.position, at=at)
    why = _("导入台账“%(file)s”（%(day)s，导入编号 %(run)s）") % {
        "file": run.file_name[:160], "day": local_day(at).isoformat(), "run": str(run.uid)[:8],
    }  # fmt: skip
    _register([one for one in batch if one.outcome == "new"], campaign, by=by, at=at)
    _change([one for one in batch if one.outcome == "changed"], why, by=by, at=at)
    rows = [_row(run, number, one) for number, one in enumerate(batch, start=run.position + 1)]
    return keep_batch(run, rows, by=by, at=at)


def _register(rows: Sequence[Weighed], campaign: Campaign, *, by: User, at: datetime) -> None:
    def write(some: Sequence[Weighed]) -> list[Project]:
        said = [(ProjectWords(**words_said(one)), year_of(one)) for one in some]
        return register_projects(campaign, said, by=by, at=at)

    for weighed, project in _all_or_each(rows, write):
        _written(weighed, project)


def _change(rows: Sequence[Weighed], why: str, *, by: User, at: datetime) -> None:
    keys = [one.known.pk for one in rows if one.known is not None]
    stand = Project.objects.select_related("township", "action", "filler", "place").in_bulk(keys)

    def write(some: Sequence[Weighed]) -> list[Project]:
        said = []
        for one in some:
            assert one.known is not None
            project = stand[one.known.pk]
            words = replace(ProjectWords.of(project), **words_said(one))
            said.append(Changed(project, words, one.known.version, why, year_of(one)))
        return change_projects(said, by=by, at=at)

    for weighed, project in _all_or_each(rows, write):
        _written(weighed, project)


def _all_or_each(
    rows: Sequence[Weighed], write: Callable[[Sequence[Weighed]], list[Project]]
) -> Iterator[tuple[Weighed, Project]]:
    """Write rows together; where one of them is refused, each alone, so that only it stays out."""
    if not rows:
        return
    try:
        with transaction.atomic():
            written = write(rows)
    except Refused as no:
        if len(rows) == 1:
            rows[0].refuse(no.sentence)
            return
        for row in rows:
            yield from _all_or_each([row], write)
    else:
        yield from zip(rows, written, strict=True)


def _written(weighed: Weighed, project: Project) -> None:
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
        notes=weighed.notes,
        reason=weighed.reason[:300],
    )
