"""Read a plan: a survey of the document, then each kind of finding by its own reader."""

from collections.abc import Iterator

from gongjian.engine.extract import english
from gongjian.engine.extract.actions import ActionDraft, actions_in
from gongjian.engine.extract.cells import read_row, row_milestones
from gongjian.engine.extract.cutting import (
    found_action,
    found_milestone,
    found_target,
    found_task,
)
from gongjian.engine.extract.drafts import Draft
from gongjian.engine.extract.findings import Findings
from gongjian.engine.extract.milestones import milestones_in
from gongjian.engine.extract.outline import Place
from gongjian.engine.extract.scopes import Scopes
from gongjian.engine.extract.survey import Survey, survey_of
from gongjian.engine.extract.tables import classes_of, tables_of
from gongjian.engine.extract.targets import targets_in
from gongjian.engine.extract.tasks import TaskDraft, tasks_in
from gongjian.engine.extract.thread import Thread
from gongjian.engine.extract.view import latin
from gongjian.lib.pages import Document

MAIN = 3  # the depth of 一、: a new chapter may leave the past behind


def read_plan(document: Document) -> Findings:
    """Everything a plan says: actions, targets, tasks, milestones.

    Shapes: each kind in the order of the text; `action` indexes `actions`. Units: as written, and
    `value_base` in base units. Missing: an empty document has no findings. Errors: none.
    Source: docs/rules/reading.md.
    """
    survey, rows = tables_of(survey_of(document), document)
    view = survey.view
    named = _unique(survey, [*actions_in(survey), *classes_of(rows)])
    actions = tuple(found_action(survey, place, draft) for place, draft in named)
    scopes = Scopes(tuple(draft.scope for _, draft in named), tuple(a.name for a in actions))
    found = [pair for row in rows for pair in read_row(row, first_leads=survey.first_leads)]
    targets = [*_in_text(survey), *((p, d) for p, d in found if isinstance(d, Draft))]
    tasks = [*tasks_in(survey), *((p, d) for p, d in found if isinstance(d, TaskDraft))]
    in_text = [place for place in survey.places if len(place.line.cells) < 2]
    milestones = [(p, d) for p in in_text for d in milestones_in(survey, p)]
    milestones += [pair for row in rows for pair in row_milestones(survey, row)]
    return Findings(
        actions,
        tuple(sorted((found_target(survey, p, d, scopes.of(view, d.span[0])) for p, d in targets),
                     key=lambda target: target.start)),
        tuple(sorted((found_task(survey, p, d, scopes.of(view, d.span[0])) for p, d in tasks),
                     key=lambda task: task.start)),
        tuple(sorted((found_milestone(survey, p, d, scopes.of(view, d.span[0]))
                      for p, d in milestones), key=lambda milestone: milestone.start)),
    )  # fmt: skip


def _in_text(survey: Survey) -> Iterator[tuple[Place, Draft]]:
    """Targets of the paragraphs. The tense runs on from one to the next, up to a main heading."""
    thread = Thread(past=survey.reports)
    listing = False
    for place in survey.places:
        frame = survey.frames[place.line.start]
        if len(place.line.cells) > 1:
            continue
        if latin(survey.text[place.line.start : place.line.end]):
            listing = english.announces(survey.text, place, listing=listing)
            found = english.targets_in(survey.text, place, frame, listing=listing)
        else:
            if 0 < place.rank <= MAIN:
                thread.past = survey.reports
            found = targets_in(survey.view, place, frame, thread)
        yield from ((place, draft) for draft in found)


def _unique(
    survey: Survey, drafts: list[tuple[Place, ActionDraft]]
) -> list[tuple[Place, ActionDraft]]:
    """Each action once, in the order of the text: the first time its name stands."""
    first: dict[str, tuple[Place, ActionDraft]] = {}
    for place, draft in sorted(drafts, key=lambda pair: pair[1].span):
        name = survey.view[slice(*draft.span)].strip("“”")
        first.setdefault(name, (place, draft))
    return list(first.values())
