"""The trail of a review: who did what to which finding, and what was taken back."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from gongjian.flow.plan.models import PlanDocument, ReviewChange, ReviewStep
from gongjian.foundation.orgs.models import User
from gongjian.foundation.records.queries import prepared

NAMED = 3


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step of a review: the findings it changed by number, the first few of many."""

    pk: int
    act: str
    act_label: str
    by: str
    at: datetime
    undone_at: datetime | None
    seqs: tuple[int, ...]
    count: int


def count_steps(document: PlanDocument) -> int:
    return document.steps.count()


def step_rows(document: PlanDocument, *, offset: int = 0, limit: int = 40) -> list[StepRow]:
    """The steps of a review, newest first. Two queries."""
    steps = document.steps.select_related("by").annotate(count=Count("changes"))
    shown = list(steps.order_by("-pk")[offset : offset + limit])
    changed = ReviewChange.objects.filter(step__in=shown).order_by("candidate__seq")
    seqs: dict[int, list[int]] = {step.pk: [] for step in shown}
    for step, seq in changed.values_list("step_id", "candidate__seq"):
        if len(seqs[step]) < NAMED:
            seqs[step].append(seq)
    return [
        StepRow(
            pk=step.pk,
            act=step.act,
            act_label=step.get_act_display(),
            by=step.by.display_name,
            at=step.at,
            undone_at=step.undone_at,
            seqs=tuple(seqs[step.pk]),
            count=step.count,
        )
        for step in shown
    ]


def last_step(document: PlanDocument) -> int:
    """The key of the newest step; 0 before the first. One query."""
    return next(iter(_last(document=document.pk)), 0)


@prepared
def _last(*, document: int) -> QuerySet[ReviewStep, int]:
    return (
        ReviewStep.objects.filter(document=document)
        .order_by("-pk")
        .values_list("pk", flat=True)[:1]
    )


def last_own_step(document: PlanDocument, reviewer: User) -> str:
    """What this reviewer would take back: 采用第 5 条; "" where there is nothing. Two queries."""
    mine = next(iter(_own(document=document.pk, reviewer=reviewer.pk)), None)
    if mine is None:
        return ""
    seqs = mine.changes.order_by("candidate__seq").values_list("candidate__seq", flat=True)
    return _("%(act)s第 %(which)s 条") % {
        "act": mine.get_act_display(),
        "which": numbers(tuple(seqs[: NAMED + 1])),
    }


@prepared
def _own(*, document: int, reviewer: int) -> QuerySet[ReviewStep]:
    mine = ReviewStep.objects.filter(document=document, by=reviewer, undone_at__isnull=True)
    return mine.order_by("-pk")[:1]


def decided_since(
    document: PlanDocument, reviewer: User, step: int
) -> list[tuple[str, tuple[int, ...]]]:
    """What other reviewers judged after a step: their names, and the findings by number.

    One query.
    """
    others = ReviewChange.objects.filter(step__document=document, step__pk__gt=step).exclude(
        step__by=reviewer
    )
    judged: dict[str, dict[int, None]] = {}
    for who, seq in others.order_by("step_id").values_list(
        "step__by__display_name", "candidate__seq"
    ):
        judged.setdefault(who, {})[seq] = None
    return [(who, tuple(seqs)) for who, seqs in judged.items()]


def trail_of(document: PlanDocument, seq: int) -> list[tuple[str, str, datetime, bool]]:
    """What was done to one finding, oldest first: the act, by whom, when, whether undone.

    One query.
    """
    return [
        (
            change.step.get_act_display(),
            change.step.by.display_name,
            change.step.at,
            change.step.undone_at is not None,
        )
        for change in _changes(document=document.pk, seq=seq)
    ]


@prepared
def _changes(*, document: int, seq: int) -> QuerySet[ReviewChange]:
    changes = ReviewChange.objects.filter(candidate__document=document, candidate__seq=seq)
    return changes.select_related("step__by").order_by("step_id")


def numbers(seqs: tuple[int, ...]) -> str:
    """3、5、8 等 for more than a few."""
    words = _("、").join(str(seq) for seq in seqs[:NAMED])
    return _("%(few)s 等") % {"few": words} if len(seqs) > NAMED else words
