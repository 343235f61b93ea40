"""Adopting a reviewed plan: what was taken becomes the tree, each node with its sentence."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.engine.extract.deadlines import last_day
from gongjian.flow.plan import rules
from gongjian.flow.plan.models import (
    Action,
    Campaign,
    Candidate,
    Milestone,
    PlanDocument,
    PlanVersion,
    Precision,
    Target,
    TargetSource,
    TargetValue,
    Task,
)
from gongjian.flow.plan.queries import pages_of, precision_of, taken_candidates, waits
from gongjian.flow.plan.usecases.comparing import compare_anew
from gongjian.flow.plan.usecases.versions import freeze_version
from gongjian.foundation.orgs.models import User
from gongjian.foundation.records.models import Kept
from gongjian.foundation.records.usecases import note
from gongjian.lib.days import local_day
from gongjian.lib.refusals import Refused
from gongjian.lib.units import dimension_of

Children = dict[int, list[Candidate]]
TEN_THOUSAND = 10_000


@transaction.atomic
def adopt_plan(
    document: PlanDocument, *, of_this_year: bool = False, by: User, at: datetime
) -> PlanDocument:
    """Make the plan tree of the findings that were taken. Refused: plan.unseen, plan.nothing-taken.

    `of_this_year`: somebody said so of a plan that names another; else plan.other-year is refused.

    A target, task or milestone whose action was rejected is refused as plan.homeless rather than
    put somewhere by guess. What stands under an action adopted earlier joins that action; where
    that was withdrawn meanwhile, plan.ended is refused.

    Of a new version only what is new becomes a node. What it changes of the plan stays listed in
    queries.plan_differences until the plan is changed there, with reason and approval; what it no
    longer has stays in the plan.
    """
    # One after the other in a campaign: two plans adopted at once would number alike.
    Campaign.objects.select_for_update().get(pk=document.campaign_id)
    compare_anew(document.campaign, at=at)  # with the plan as it stands now
    document = PlanDocument.objects.select_for_update().get(pk=document.pk)
    pending = document.candidates.filter(waits()).count()
    moved = document.candidates.filter(moved=True).count()
    taken = taken_candidates(document)
    rules.check_can_adopt(document, by=by, pending=pending, moved=moved, taken=taken)
    rules.check_is_of_its_year(document, confirmed=of_this_year)
    grown = [candidate for candidate in taken if candidate.twin is None]
    rows = _grow(document, grown, on=local_day(at))
    document.state = PlanDocument.State.ADOPTED
    document.adopted_by, document.adopted_at = by, at
    document.version += 1
    document.save(update_fields=["state", "adopted_by", "adopted_at", "version"])
    note("plan.adopted", document, *rows, by=by, at=at, facts={"taken": len(grown)})
    freeze_version(
        document.campaign,
        document.title[:80],
        cause=PlanVersion.Cause.ADOPTION,
        document=document,
        by=by,
        at=at,
    )
    compare_anew(document.campaign, at=at)  # other new versions of it, still under review
    return document


def _grow(document: PlanDocument, taken: list[Candidate], *, on: date) -> list[Kept]:
    below: Children = defaultdict(list)
    for candidate in taken:
        if candidate.under_id is not None and candidate.kind != Candidate.Kind.ACTION:
            below[candidate.under_id].append(candidate)
    rows: list[Kept] = []
    for action, found in _adopted_before(document, taken):
        rules.check_node_stands(action, on=on)
        rows += _branch(action, below[found.pk])
    first = document.campaign.actions.count() + 1
    actions = [candidate for candidate in taken if candidate.kind == Candidate.Kind.ACTION]
    for seq, found in enumerate(actions, start=first):
        action = Action.objects.create(
            campaign=document.campaign, seq=seq, name=found.fields["name"], **_source(found)
        )
        rows += [action, *_branch(action, below[found.pk])]
    return rows


def _adopted_before(
    document: PlanDocument, taken: Iterable[Candidate]
) -> list[tuple[Action, Candidate]]:
    """Actions of earlier plans under which something of this one stands, with their findings.

    In a new version the finding of the action may be its own, with the action as its twin.
    """
    homes = {
        c.under.pk: c.under
        for c in taken
        if c.under and (c.under.document_id != document.pk or c.under.twin)
    }
    actions = document.campaign.actions
    return [
        (
            actions.get(uid=home.twin)
            if home.twin
            else actions.get(document=home.document_id, start=home.start, end=home.end),
            home,
        )
        for home in homes.values()
    ]


def _branch(action: Action, found: list[Candidate]) -> list[Kept]:
    """Targets, then tasks, then milestones, numbered on from what the action has."""
    rows: list[Kept] = []
    seq = action.targets.count() + action.tasks.count()
    for candidate in sorted(found, key=lambda c: (c.kind != Candidate.Kind.TARGET, c.seq)):
        if candidate.kind == Candidate.Kind.MILESTONE:
            continue
        seq += 1
        grow = _target if candidate.kind == Candidate.Kind.TARGET else _task
        rows += grow(action, seq, candidate)
    milestones = [c for c in found if c.kind == Candidate.Kind.MILESTONE]
    tasks = [row for row in rows if isinstance(row, Task)]
    first = action.milestones.count() + 1
    rows += [_milestone(action, tasks, n, c) for n, c in enumerate(milestones, start=first)]
    return rows


def _target(action: Action, seq: int, found: Candidate) -> list[Kept]:
    fields = found.fields
    deadline, precision = _deadline(fields, action.campaign.year)
    growth = fields["comparator"] in ("+%", "-%")
    factor = dimension_of(fields["unit"])[1]
    target = Target.objects.create(
        action=action,
        seq=seq,
        metric=fields["metric"],
        qualifier=(fields.get("qualifier") or "")[:30],
        kind=fields.get("kind") or _kind(fields, growth=growth),
        comparator=(fields.get("direction") or ">=") if growth else fields["comparator"],
        unit=fields["unit"],
        factor=factor,
        decimals=_decimals(fields),
        deadline=deadline,
        deadline_precision=precision,
        **_source(found),
    )
    since = date(action.campaign.year, 1, 1)
    maximum, base = fields.get("value_max"), fields.get("base_value")
    kept = TargetValue.objects.create(
        target=target,
        value=Decimal(fields["value_base"]),
        value_max=Decimal(maximum) * factor if maximum else None,
        base_value=Decimal(base) * factor if base else None,
        valid_from=since,
        basis=found.document.title[:120],
    )
    source = TargetSource.objects.create(target=target, kind=target.kind, valid_from=since)
    return [target, kept, source]


def _decimals(fields: dict[str, Any]) -> int:
    """How many places a figure is shown with: those of the goal at least; none for pieces."""
    dimension, factor = dimension_of(fields["unit"])
    exponent = Decimal(fields["value"]).as_tuple().exponent
    written = max(-int(exponent), 0)
    if dimension == "count" and factor == 1:
        return written
    large = "元" in fields["unit"] or factor >= TEN_THOUSAND  # not shown
    return max(written, 2 if large else 1)


def _kind(fields: dict[str, Any], *, growth: bool) -> str:
    if growth:
        return Target.Kind.GROWTH
    return Target.Kind.RATE if "%" in fields["unit"] else Target.Kind.FLOW


def _task(action: Action, seq: int, found: Candidate) -> list[Kept]:
    deadline, precision = _deadline(found.fields, action.campaign.year)
    task = Task.objects.create(
        action=action,
        seq=seq,
        title=found.fields["text"][:300],
        deadline=deadline,
        deadline_precision=precision,
        **_source(found),
    )
    return [task]


def _milestone(action: Action, tasks: list[Task], seq: int, found: Candidate) -> Milestone:
    before = [task for task in tasks if (task.start or 0) <= found.start]
    return Milestone.objects.create(
        action=action,
        task=before[-1] if before else None,
        seq=seq,
        text=found.fields["text"][:300],
        day=date.fromisoformat(found.fields["date"]),
        precision=found.fields["precision"],
        **_source(found),
    )


def _source(found: Candidate) -> dict[str, Any]:
    """Where it stands; of merged findings all their words."""
    text = pages_of(found.document).text if found.joined else ""
    words = [found.evidence, *(text[start:end] for start, end in found.joined)]
    return {
        "document": found.document,
        "sentence": "\n".join(words),
        "start": found.start,
        "end": found.end,
    }


def _deadline(fields: Mapping[str, Any], year: int) -> tuple[date, Precision]:
    """The last day of a deadline as the reader wrote it; none, or 每年, is the plan's year."""
    text = fields.get("deadline")
    written = text if text and text != "annual" else str(year)
    day = last_day(written)
    if day is None:
        raise Refused(
            "plan.deadline", _("完成时限“%(text)s”看不懂，写成 2020-06-30。") % {"text": text}
        )
    stated = fields.get("precision")
    return date.fromisoformat(day), Precision(stated) if stated else precision_of(written)
