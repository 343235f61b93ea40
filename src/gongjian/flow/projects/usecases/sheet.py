"""A month of the sheet sent in by one act."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from gongjian.flow.plan.models import Campaign
from gongjian.flow.projects import rules
from gongjian.flow.projects.models import (
    DoubtAnswer,
    MonthCell,
)
from gongjian.flow.projects.queries import cells_seen_by, month_of, months_sent_in
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

Column = MonthCell.Column
Reasons = Mapping[tuple[UUID, str], str]  # why a figure that was asked back is right


@dataclass(frozen=True, slots=True)
class Sent:
    """How much went in by one act."""

    projects: int
    cells: int
    held_back: int


@transaction.atomic
def send_cells(
    campaign: Campaign,
    month: str,
    *,
    seen: str,
    reasons: Reasons,
    plan_reason: str = "",
    only: Collection[int] | None = None,
    closed: Mapping[str, str],
    by: User,
    at: datetime,
) -> Sent:
    """Send in every draft of a month that is right: figures go to the approver, plans stand.

    `only` are the keys of the projects that are meant; None: all. What was `seen` is the digest of
    the preview. A plan that changes what stands keeps `plan_reason`. A month of a project with a
    wrong cell stays behind. Refused: cell.read-only, .closed, .nothing, .changed, .doubt, .moved,
    and those of reporting.
    """
    rules.check_can_fill_sheet(by)
    rules.check_month_is_open(month, Column.PLANNED, today=month_of(local_day(at)), closed=closed)
    held = MonthCell.objects.select_for_update(of=("self",)).filter(cells_seen_by(by), month=month)
    list(held.values_list("pk"))  # whoever sends the same month waits, and finds nothing left
    weighed = weigh_month(campaign, month, by=by, at=at).only(only)
    ready = weighed.ready
    rules.check_as_previewed(same=weighed.digest == seen)
    rules.check_anything_to_send(len(ready))
    moved = sum(draft.moves_plan for draft in ready)
    rules.check_plan_change_has_a_reason(moved, reason=plan_reason)
    answers = [answer for draft in ready for answer in _answers(draft, month, reasons, by, at)]
    planned = [
        PlannedMonths(draft.project, {month: amount})
        for draft in ready
        if Column.PLANNED in draft.of.cells
        and isinstance(amount := draft.meaning(Column.PLANNED), Decimal)
    ]
    if planned:
        plan_months(planned, campaign, reason=plan_reason, by=by, at=at)
    _report([draft for draft in ready if draft.reports], month, by=by, at=at)
    cells = [cell for draft in ready for cell in draft.cells]
    note("cells.sent", by=by, at=at, removed=cells, facts={"cells": len(cells)})
    MonthCell.objects.filter(pk__in=[cell.pk for cell in cells]).delete()
    fresh = _new_answers(answers)
    note_each([Deed("doubt.answered", (answer,)) for answer in fresh], by=by, at=at)
    return Sent(
        len(ready), sum(len(draft.said) for draft in ready), len(weighed.drafts) - len(ready)
    )


def _report(drafts: Sequence[MonthDraft], month: str, *, by: User, at: datetime) -> None:
    """New months together; those that came back one by one."""
    sent = months_sent_in([draft.project for draft in drafts], {month})
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
