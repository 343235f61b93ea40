"""Steps of a review: what each act changed, so that its reviewer can take it back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import DateTimeField

from gongjian.flow.plan import rules
from gongjian.flow.plan.models import Candidate, PlanDocument, ReviewChange, ReviewStep
from gongjian.flow.plan.queries import comparison_of
from gongjian.flow.plan.usecases.comparing import compare_anew
from gongjian.foundation.orgs.models import User
from gongjian.foundation.records.usecases import note

# What a step may change of a finding, and an undo gives back.
COLUMNS = (
    "state", "under_id", "start", "end", "evidence", "joined", "fields", "decided_by_id",
    "decided_at", "why_rejected", "merged_into_id", "change", "twin", "resembles", "stood",
    "moved", "last_step_id",
)  # fmt: skip
BATCH = 200
Before = dict[str, Any]


@dataclass(slots=True)
class Step:
    """A step in the making: rows are remembered before they change, and kept at its end."""

    document: PlanDocument
    act: ReviewStep.Act
    by: User
    at: datetime
    before: dict[int, Before] = field(default_factory=dict)
    rows: dict[int, Candidate] = field(default_factory=dict)

    @staticmethod
    def lock(document: PlanDocument, *, by: User) -> PlanDocument:
        """The document, locked: its findings are judged one act after the other.

        So nothing is judged while it is being adopted. Refused: plan.adopted, plan.not-read.
        """
        held = (
            PlanDocument.objects.select_for_update(of=("self",))
            .select_related("campaign", "file")
            .defer("text", "blocks")
            .get(pk=document.pk)
        )
        rules.check_can_decide(held, by=by)
        return held

    def change(self, *candidates: Candidate) -> None:
        """These are about to change."""
        for candidate in candidates:
            self.before[candidate.pk] = _remembered(candidate)
            self.rows[candidate.pk] = candidate

    def lay_beside(self, candidate: Candidate) -> None:
        """A person has just judged it: it is compared with the plan of now."""
        comparison_of(candidate).lay_on(candidate)
        candidate.moved = False

    def made(self, candidate: Candidate) -> None:
        """The step made this one; it is in the database already."""
        self.before[candidate.pk] = {}
        self.rows[candidate.pk] = candidate

    def keep(self, *, facts: dict[str, str | int] | None = None) -> ReviewStep:
        """Write the rows with their next version, the step with its changes, and the log."""
        step = ReviewStep.objects.create(
            document=self.document, act=self.act, by=self.by, at=self.at
        )
        _write_rows(self.rows.values(), {"last_step_id": step.pk})
        changes = ReviewChange.objects.bulk_create(
            ReviewChange(step=step, candidate_id=pk, before=before)
            for pk, before in self.before.items()
        )
        rows = self.rows.values()
        note(f"candidate.{self.act}", *rows, step, *changes, by=self.by, at=self.at, facts=facts)
        return step


def _remembered(candidate: Candidate) -> Before:
    """A finding as JSON, as far as a step may change it."""
    return {name: _plain(getattr(candidate, name)) for name in COLUMNS}


def _write_rows(rows: Iterable[Candidate], also: Mapping[str, Any]) -> None:
    """Each row with its next version. One query a batch."""
    written = list(rows)
    for row in written:
        row.version += 1
        for name, value in also.items():
            setattr(row, name, value)
    names = [name.removesuffix("_id") for name in (*COLUMNS, "version")]
    Candidate.objects.bulk_update(written, names, batch_size=BATCH)


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back: the act, and the findings by number."""

    act_label: str
    seqs: tuple[int, ...]


@transaction.atomic
def undo_step(document: PlanDocument, *, by: User, at: datetime) -> Undone:
    """Take back this reviewer's last step on a plan; again for the one before it.

    A finding that the step made stays in the trail as withdrawn. Refused: review.nothing-to-undo,
    review.changed-since where somebody else has judged one of its findings since, plan.adopted.
    """
    document = Step.lock(document, by=by)
    steps = document.steps.filter(by=by, undone_at__isnull=True)
    step = steps.order_by("-pk").first()
    changes = _changes(step) if step else []
    rules.check_can_undo(step, [change.candidate for change in changes])
    for change in changes:
        _restore(change.candidate, change.before, by=by, at=at)
    rows = [change.candidate for change in changes]
    _write_rows(rows, {})
    assert step is not None
    step.undone_at = at
    step.save(update_fields=["undone_at"])
    note("candidate.undone", step, *rows, by=by, at=at, facts={"step": step.act})
    compare_anew(document.campaign, only=document, at=at)  # the plan may have moved since that step
    standing = [row.seq for row in rows if row.state != Candidate.State.WITHDRAWN]
    return Undone(step.get_act_display(), tuple(standing or [row.seq for row in rows]))


def _changes(step: ReviewStep) -> Sequence[ReviewChange]:
    changes = step.changes.select_related("candidate__last_step__by")
    return list(changes.order_by("pk"))


def _restore(candidate: Candidate, before: Before, *, by: User, at: datetime) -> None:
    if not before:
        candidate.state = Candidate.State.WITHDRAWN
        candidate.decided_by, candidate.decided_at = by, at
        return
    for name, value in before.items():
        setattr(candidate, name, _typed(name, value))


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def _typed(name: str, value: Any) -> Any:
    column = Candidate._meta.get_field(name.removesuffix("_id"))
    return datetime.fromisoformat(value) if value and isinstance(column, DateTimeField) else value
