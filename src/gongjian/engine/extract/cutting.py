"""From drafts to findings: names and evidence are cut from the document's own text."""

from gongjian.engine.extract.actions import ActionDraft
from gongjian.engine.extract.confidence import (
    MILESTONE,
    doubts_of,
    target_confidence,
    task_confidence,
)
from gongjian.engine.extract.drafts import Draft
from gongjian.engine.extract.findings import (
    FoundAction,
    FoundMilestone,
    FoundTarget,
    FoundTask,
    Reason,
)
from gongjian.engine.extract.lines import trim
from gongjian.engine.extract.milestones import MilestoneDraft
from gongjian.engine.extract.outline import Place
from gongjian.engine.extract.survey import Survey
from gongjian.engine.extract.tasks import TaskDraft
from gongjian.lib.units import to_base

NEAR = 400  # characters: a metric carried on stands at most so far before its number


def found_action(survey: Survey, place: Place, draft: ActionDraft) -> FoundAction:
    """The action of a draft."""
    start, end = draft.span
    evidence = survey.text[start:end]
    return FoundAction(
        evidence, start, end, draft.confidence, Reason(draft.code, draft.params), place.above,
        name=evidence.strip(), number=draft.number,
    )  # fmt: skip


def found_target(survey: Survey, place: Place, draft: Draft, action: int | None) -> FoundTarget:
    """The target of a draft."""
    start, end = trim(survey.view, *draft.span)
    while start < end and survey.view[start] in "、，和与及：；。 ":
        start += 1
    quantity = draft.quantity
    params = [("link", draft.link), ("marker", draft.marker)]
    doubts = doubts_of(draft, place.key)
    if doubts:
        params.append(("doubts", ",".join(doubts)))
    return FoundTarget(
        evidence=survey.text[start:end], start=start, end=end,
        confidence=target_confidence(draft, place.key, doubts),
        reason=Reason(draft.code, tuple(params)), section=place.above,
        metric=_as_written(survey, draft), qualifier=draft.qualifier,
        comparator=draft.comparator, direction=draft.direction, value=quantity.value,
        value_max=quantity.high, unit=_unit_as_written(survey, draft),
        value_base=to_base(quantity.value, quantity.unit), deadline=draft.deadline,
        number=(quantity.start, quantity.end), action=action,
    )  # fmt: skip


def _unit_as_written(survey: Survey, draft: Draft) -> str:
    """The unit in the document's own characters, where it stands beside the number."""
    quantity = draft.quantity
    if not survey.folded:
        return quantity.unit
    place = survey.view.find(quantity.unit, quantity.start, quantity.end) if quantity.unit else -1
    return survey.text[place : place + len(quantity.unit)] if place >= 0 else quantity.unit


def _as_written(survey: Survey, draft: Draft) -> str:
    """The metric in the document's own characters, where it stands in one piece."""
    if not survey.folded:
        return draft.metric
    place = survey.view.find(draft.metric, max(0, draft.span[0] - NEAR), draft.span[1])
    return survey.text[place : place + len(draft.metric)] if place >= 0 else draft.metric


def found_task(survey: Survey, place: Place, draft: TaskDraft, action: int | None) -> FoundTask:
    """The task of a draft."""
    start, end = trim(survey.view, *draft.evidence)
    params = (("when", draft.when),) if draft.when else (("role", draft.duty.role),)
    return FoundTask(
        survey.text[start:end], start, end, task_confidence(draft), Reason(draft.code, params),
        place.above, text=survey.text[slice(*draft.span)].strip(), lead=draft.duty.lead,
        support=draft.duty.support, deadline=draft.deadline, action=action,
    )  # fmt: skip


def found_milestone(
    survey: Survey, place: Place, draft: MilestoneDraft, action: int | None
) -> FoundMilestone:
    """The milestone of a draft."""
    start, end = draft.span
    words = survey.text[start:end]
    reason = Reason("milestone.dated", (("when", draft.when),))
    return FoundMilestone(
        words, start, end, MILESTONE, reason, place.above,
        text=words, date=draft.date, precision=draft.precision, action=action,
    )  # fmt: skip
