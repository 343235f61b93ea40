"""Read a plan: a survey of the document, then each kind of finding by its own reader."""

import gc
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from gongjian.engine.extract import english
from gongjian.engine.extract.actions import ActionDraft, actions_in
from gongjian.engine.extract.campaign import campaign_of
from gongjian.engine.extract.cells import read_row, row_milestones
from gongjian.engine.extract.cutting import (
    found_action,
    found_milestone,
    found_target,
    found_task,
)
from gongjian.engine.extract.drafts import Draft
from gongjian.engine.extract.english_tasks import english_tasks
from gongjian.engine.extract.findings import Findings
from gongjian.engine.extract.milestones import milestones_in
from gongjian.engine.extract.outline import Place
from gongjian.engine.extract.scopes import Scopes
from gongjian.engine.extract.survey import Survey, survey_of
from gongjian.engine.extract.tables import classes_of, tables_of
from gongjian.engine.extract.targets import targets_of
from gongjian.engine.extract.tasks import TaskDraft, tasks_in
from gongjian.engine.extract.thread import Thread
from gongjian.engine.extract.view import latin
from gongjian.lib.pages import Document

MAIN = 4  # the depth of （一）: a new heading leaves the past behind


@dataclass(frozen=True, slots=True)
class Reading:
    """A document as read: its survey, what was found, and why numbers were passed over."""

    survey: Survey
    findings: Findings
    passed: dict[int, str]


def read_plan(document: Document) -> Findings:
    """Everything a plan says: actions, targets, tasks, milestones.

    Shapes: each kind in the order of the text; `action` indexes `actions`. Units: as written, and
    `value_base` in base units. Missing: an empty document has no findings. Errors: none.
    Source: docs/rules/reading.md.
    """
    with uncollected():
        return read(document).findings


@contextmanager
def uncollected() -> Iterator[None]:
    """Without the cycle collector: reading makes a hundred thousand small objects and no cycles."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def read(document: Document) -> Reading:
    """The same, with what `untaken` needs to say why a number is in no finding."""
    survey, rows = tables_of(survey_of(document), document)
    thread = Thread(past=survey.reports, bulletin=survey.bulletin)
    view = survey.view
    named = _unique(survey, [*actions_in(survey), *classes_of(rows)])
    actions = tuple(found_action(survey, place, draft) for place, draft in named)
    scopes = Scopes(tuple(draft.scope for _, draft in named), tuple(a.name for a in actions))
    found = [pair for row in rows for pair in read_row(row, first_leads=survey.first_leads)]
    tasks = [
        *tasks_in(survey),
        *english_tasks(survey),
        *((p, d) for p, d in found if isinstance(d, TaskDraft)),
    ]
    targets = [*_in_text(survey, thread), *((p, d) for p, d in found if isinstance(d, Draft))]
    _due_with_their_tasks(survey, targets, tasks)
    in_text = [place for place in survey.places if len(place.line.cells) < 2]
    milestones = [(p, d) for p in in_text for d in milestones_in(p, survey.scan(p))]
    milestones += [pair for row in rows for pair in row_milestones(row)]
    findings = Findings(
        campaign_of(survey),
        actions,
        tuple(sorted((found_target(survey, p, d, scopes.of(view, d.span[0])) for p, d in targets),
                     key=lambda target: target.start)),
        tuple(sorted((found_task(survey, p, d, scopes.of(view, d.span[0])) for p, d in tasks),
                     key=lambda task: task.start)),
        tuple(sorted((found_milestone(survey, p, d, scopes.of(view, d.span[0]))
                      for p, d in milestones), key=lambda milestone: milestone.start)),
    )  # fmt: skip
    return Reading(survey, findings, thread.passed)


def _in_text(survey: Survey, thread: Thread) -> Iterator[tuple[Place, Draft]]:
    """Targets of the paragraphs. The tense runs on from one to the next, up to a main heading."""
    listing = english.Listing()
    for place in survey.places:
        frame = survey.frames[place.line.start]
        if len(place.line.cells) > 1:
            continue
        if latin(survey.text[place.line.start : place.line.end]):
            listing = english.announces(survey.text, place, listing)
            found = english.targets_in(survey.text, place, frame, listing, thread.passed)
        else:
            if 0 < place.rank <= MAIN:
                thread.past = survey.reports
            found = targets_of(place, survey.scan(place), thread)
        yield from ((place, draft) for draft in found)


def _due_with_their_tasks(
    survey: Survey,
    targets: list[tuple[Place, Draft]],
    tasks: list[tuple[Place, TaskDraft]],
) -> None:
    """A target without a date of its own is due when its task is: 完成时限：2025年8月底前."""
    dated = [draft for _, draft in tasks if draft.duty.when and draft.deadline]
    spans = sorted((*draft.evidence, draft.deadline) for draft in dated)
    starts = [span[0] for span in spans]
    for place, draft in targets:
        index = bisect_right(starts, draft.number_at) - 1
        inside = index >= 0 and draft.number_at < spans[index][1]
        if inside and draft.deadline in (None, survey.frames[place.line.start].deadline):
            draft.deadline = spans[index][2]


def _unique(
    survey: Survey, drafts: list[tuple[Place, ActionDraft]]
) -> list[tuple[Place, ActionDraft]]:
    """Each action once, in the order of the text: the first time its name stands."""
    first: dict[str, tuple[Place, ActionDraft]] = {}
    for place, draft in sorted(drafts, key=lambda pair: pair[1].span):
        name = survey.view[slice(*draft.span)].strip("“”")
        first.setdefault(name, (place, draft))
    return list(first.values())
