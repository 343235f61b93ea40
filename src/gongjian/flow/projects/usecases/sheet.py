"""The month sheet: cells kept as they are typed, and a month of them sent in by one act."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gongjian.flow.plan.models import Campaign
from gongjian.flow.projects import rules
from gongjian.flow.projects.models import DoubtAnswer, InvestmentMonth, MonthCell, Project
from gongjian.flow.projects.queries import (
    cells_seen_by,
    month_of,
)
from gongjian.flow.projects.usecases.doubts import LONGEST
from gongjian.flow.projects.usecases.money import (
    MonthWords,
    PlannedMonths,
    plan_months,
    report_months,
    revise_month,
)
from gongjian.flow.projects.usecases.weighing import AMOUNTS, MonthDraft, weigh_month
from gongjian.foundation.orgs.models import User
from gongjian.foundation.records.usecases import Deed, note, note_each
from gongjian.lib.days import local_day
from gongjian.lib.refusals import Missing, Refused

Column = MonthCell.Column
Place = tuple[int, str, str]  # project, month, column
Reasons = Mapping[tuple[UUID, str], str]  # why a figure that was asked back is right


@dataclass(frozen=True, slots=True)
class CellTyped:
    """What somebody typed into a cell, over the version of the draft the page had; 0: none."""

    project: UUID
    month: str
    column: str
    typed: str
    version: int = 0


@dataclass(frozen=True, slots=True)
class CellKept:
    """What became of a cell: kept in a version, refused, or met by what another one typed."""

    cell: CellTyped
    version: int = 0
    refused: Refused | None = None
    theirs: MonthCell | None = None

    @property
    def kept(self) -> bool:
        return self.refused is None and self.theirs is None


@dataclass(frozen=True, slots=True)
class Sent:
    """How much went in by one act."""

    projects: int
    cells: int
    held_back: int


@transaction.atomic
def keep_cells(
    cells: Sequence[CellTyped],
    *,
    closed: Mapping[str, str],
    again: bool = False,
    by: User,
    at: datetime,
) -> list[CellKept]:
    """Keep cells as drafts, each for itself: one that is refused keeps no other from being kept.

    A cell that somebody else changed since is not overwritten; both values come back. The same
    words again change nothing; `again` says what became of them and writes nothing at all. `closed`
    says of each closed month why. Refused as a whole: cell.read-only, cell.at-once. A constant
    number of queries.
    """
    rules.check_can_fill_sheet(by)
    uids = {cell.project for cell in cells}
    rows = Project.objects.select_related("township", "filler").filter(uid__in=uids)
    projects = {row.uid: row for row in rows}
    sent = _sent_in(projects.values(), {cell.month for cell in cells})
    there = _cells_of(projects.values(), {cell.month for cell in cells}, by)
    fresh: list[MonthCell] = []
    changed: list[MonthCell] = []
    found: list[CellKept] = []
    for cell in cells:
        project = projects.get(cell.project)
        try:
            kept = _checked(cell, project, sent, closed, by=by, at=at)
        except Refused as no:
            found.append(CellKept(cell, refused=no))
            continue
        found.append(_write(kept, cell, there, fresh, changed, at=at))
    if again:
        return found
    try:
        with transaction.atomic():
            MonthCell.objects.bulk_create(fresh)
    except IntegrityError as twice:
        raise Refused("cell.at-once", _("同时有人在填同一格。稍等再送一次，不会重复。")) from twice
    MonthCell.objects.bulk_update(changed, ["typed", "typed_by", "typed_at", "version"])
    if written := [*fresh, *changed]:
        note("cells.typed", *written, by=by, at=at, facts={"cells": len(written)})
    return found


@transaction.atomic
def send_cells(
    campaign: Campaign,
    month: str,
    *,
    seen: str,
    reasons: Reasons,
    closed: Mapping[str, str],
    by: User,
    at: datetime,
) -> Sent:
    """Send in every draft of a month that is right: figures go to the approver, plans stand.

    What was `seen` is the digest of the preview. A month of a project with a wrong cell stays
    behind. Refused: cell.read-only, .closed, .nothing, .changed, .doubt, and those of reporting.
    """
    rules.check_can_fill_sheet(by)
    rules.check_month_is_open(month, Column.PLANNED, today=_month(at), closed=closed)
    held = MonthCell.objects.select_for_update(of=("self",)).filter(cells_seen_by(by), month=month)
    list(held.values_list("pk"))  # whoever sends the same month waits, and finds nothing left
    weighed = weigh_month(campaign, month, by=by, at=at)
    ready = weighed.ready
    rules.check_as_previewed(same=weighed.digest == seen)
    rules.check_anything_to_send(len(ready))
    answers = [answer for draft in ready for answer in _answers(draft, month, reasons, by, at)]
    planned = [
        PlannedMonths(draft.project, {month: amount})
        for draft in ready
        if Column.PLANNED in draft.of.cells
        and isinstance(amount := draft.meaning(Column.PLANNED), Decimal)
    ]
    if planned:
        plan_months(planned, campaign, by=by, at=at)
    _report([draft for draft in ready if draft.reports], month, by=by, at=at)
    cells = [cell for draft in ready for cell in draft.cells]
    note("cells.sent", by=by, at=at, removed=cells, facts={"cells": len(cells)})
    MonthCell.objects.filter(pk__in=[cell.pk for cell in cells]).delete()
    fresh = _new_answers(answers)
    note_each([Deed("doubt.answered", (answer,)) for answer in fresh], by=by, at=at)
    return Sent(
        len(ready), sum(len(draft.said) for draft in ready), len(weighed.drafts) - len(ready)
    )


def _month(at: datetime) -> str:
    return month_of(local_day(at))


def _sent_in(
    projects: Iterable[Project], months: set[str]
) -> dict[tuple[int, str], InvestmentMonth]:
    rows = InvestmentMonth.objects.filter(
        project__in=projects, month__in=months, corrects__isnull=True
    )
    return {(row.project_id, row.month): row for row in rows}


def _cells_of(projects: Iterable[Project], months: set[str], by: User) -> dict[Place, MonthCell]:
    """The drafts there are, held until the act is done."""
    rows = MonthCell.objects.select_for_update(of=("self",)).select_related("typed_by")
    mine = rows.filter(cells_seen_by(by), project__in=projects, month__in=months).order_by("pk")
    return {(row.project_id, row.month, row.column): row for row in mine}


def _checked(
    cell: CellTyped,
    project: Project | None,
    sent: Mapping[tuple[int, str], InvestmentMonth],
    closed: Mapping[str, str],
    *,
    by: User,
    at: datetime,
) -> MonthCell:
    """The cell as it would be kept. Refused: cell.*, money.*, stage.*, project.*"""
    if project is None or cell.column not in Column.values:
        raise Missing("project.missing", _("没有这个项目，它可能已经调出清单。"))
    rules.check_is_kept(cell.typed)
    rules.check_can_fill_cell(project, cell.column, by=by)
    rules.check_month_is_open(cell.month, cell.column, today=_month(at), closed=closed)
    of_office = cell.column == Column.PLANNED
    if not of_office:
        rules.check_is_unsent(sent.get((project.pk, cell.month)))
    return MonthCell(
        project=project,
        month=cell.month,
        column=cell.column,
        unit=None if of_office else rules.filling_unit(project),
        typed=cell.typed,
        typed_by=by,
        typed_at=at,
    )


def _write(
    kept: MonthCell,
    cell: CellTyped,
    there: dict[Place, MonthCell],
    fresh: list[MonthCell],
    changed: list[MonthCell],
    *,
    at: datetime,
) -> CellKept:
    place = (kept.project_id, kept.month, kept.column)
    standing = there.get(place)
    if standing is None:
        if not cell.typed.strip() and not cell.version:
            return CellKept(cell)
        there[place] = kept
        fresh.append(kept)
        return CellKept(cell, kept.version)
    if standing.typed == cell.typed:
        return CellKept(cell, standing.version)
    if standing.version != cell.version:
        return CellKept(cell, standing.version, theirs=standing)
    standing.typed, standing.typed_by, standing.typed_at = kept.typed, kept.typed_by, at
    standing.version += 1
    if not any(standing is one for one in (*fresh, *changed)):
        changed.append(standing)
    return CellKept(cell, standing.version)


def _report(drafts: Sequence[MonthDraft], month: str, *, by: User, at: datetime) -> None:
    """New months together; those that came back one by one."""
    sent = _sent_in([draft.project for draft in drafts], {month})
    fresh = []
    for draft in drafts:
        row = sent.get((draft.project.pk, month))
        if row is None:
            fresh.append((draft.project, _words(draft, month)))
        else:
            row.project = draft.project
            revise_month(row, _words(draft, month, doc_no=row.doc_no), by=by, at=at)
    if fresh:
        report_months(fresh, by=by, at=at)


def _words(draft: MonthDraft, month: str, *, doc_no: str = "") -> MonthWords:
    said = {name: draft.meaning(name) for name in AMOUNTS}
    amounts = {name: value for name, value in said.items() if isinstance(value, Decimal)}
    words = draft.meaning(Column.WORDS)
    return MonthWords(
        month, **amounts, words=words if isinstance(words, str) else "", doc_no=doc_no
    )


def _answers(
    draft: MonthDraft, month: str, reasons: Reasons, by: User, at: datetime
) -> list[DoubtAnswer]:
    """Why figures that look like a slip of the unit are right. Refused: cell.doubt."""
    answers = []
    for column, asked in draft.slips.items():
        reason = reasons.get((draft.project.uid, column), "")
        rules.check_doubt_is_answered(draft.project.name, reason=reason)
        answers.append(
            DoubtAnswer(
                project=draft.project,
                code=asked.code,
                month=month,
                sentence=asked.sentence[:LONGEST],
                reason=reason.strip()[:LONGEST],
                day=local_day(at),
                by=by,
                at=at,
            )
        )
    return answers


def _new_answers(answers: Sequence[DoubtAnswer]) -> list[DoubtAnswer]:
    """Kept, but for a question that was answered before."""
    known = set(
        DoubtAnswer.objects.filter(
            project__in=[answer.project_id for answer in answers]
        ).values_list("project", "code", "month", "sentence")
    )
    fresh = {
        place: answer
        for answer in answers
        if (place := (answer.project_id, answer.code, answer.month, answer.sentence)) not in known
    }
    return DoubtAnswer.objects.bulk_create(fresh.values())
