"""Read a plan: one pass over the outline, each kind of finding by its own reader."""

from collections.abc import Iterator
from dataclasses import replace

from gongjian.engine.extract import english
from gongjian.engine.extract.actions import ActionDraft, actions_in
from gongjian.engine.extract.confidence import target_confidence, task_confidence
from gongjian.engine.extract.deadlines import Frame, frame_of, section_frame
from gongjian.engine.extract.drafts import Draft
from gongjian.engine.extract.duties import FIRST_LEADS
from gongjian.engine.extract.findings import (
    Findings,
    FoundAction,
    FoundMilestone,
    FoundTarget,
    FoundTask,
    Reason,
)
from gongjian.engine.extract.lines import lines_of, trim
from gongjian.engine.extract.milestones import MilestoneDraft, milestones_in
from gongjian.engine.extract.outline import Place, outline
from gongjian.engine.extract.scopes import Scopes
from gongjian.engine.extract.tables import classes_of, read_row, rows_of
from gongjian.engine.extract.targets import Thread, targets_in
from gongjian.engine.extract.tasks import TaskDraft, tasks_in
from gongjian.engine.extract.tense import only_reports
from gongjian.engine.extract.view import latin, normalise
from gongjian.lib.pages import Document
from gongjian.lib.units import to_base

Found = Draft | TaskDraft
MAIN = 3  # chapters, sections and 一、


def read_plan(document: Document) -> Findings:
    """Everything a plan says: actions, targets, tasks, milestones.

    Shapes: each kind in the order of the text; `action` indexes `actions`. Units: as written, and
    `value_base` in base units. Missing: an empty document has no findings. Errors: none.
    Source: docs/rules/reading.md.
    """
    text = document.text
    view = normalise(text)
    lines = lines_of(document, view)
    frame = frame_of(lines, view)
    places = list(outline(lines, view))
    frames = _frames(places, view, frame)
    title = " ".join(view[p.line.start : p.line.end] for p in places[:3] if _is_title(p))
    reports = only_reports(view, title)
    first_leads = FIRST_LEADS.search(view) is not None
    rows = list(rows_of(view, text, places, frames))
    named = [*actions_in(view, places, frame, reports=reports), *classes_of(rows)]
    drafts = list(_unique(sorted(named, key=lambda pair: pair[1].span), view))
    actions = tuple(_action(text, place, draft) for place, draft in drafts)
    scopes = Scopes(tuple(draft.scope for _, draft in drafts), tuple(a.name for a in actions))
    targets: list[FoundTarget] = []
    tasks: list[FoundTask] = []
    found = [*_in_text(view, text, places, frames, reports=reports), *(
        (row.place, draft) for row in rows for draft in read_row(row, first_leads=first_leads)),
             *tasks_in(view, text, places, frames, first_leads=first_leads)]  # fmt: skip
    for place, draft in found:
        if isinstance(draft, Draft):
            targets.append(_target(text, view, place, draft))
        else:
            tasks.append(_task(text, view, place, draft))
    milestones = [
        _milestone(text, place, draft)
        for place in places
        for draft in milestones_in(view, place, frames[place.line.start])
    ]
    return Findings(
        actions,
        tuple(
            replace(t, action=scopes.of(view, t.start))
            for t in sorted(targets, key=lambda t: t.start)
        ),
        tuple(
            replace(t, action=scopes.of(view, t.start))
            for t in sorted(tasks, key=lambda t: t.start)
        ),
        tuple(replace(m, action=scopes.of(view, m.start)) for m in milestones),
    )


def _frames(places: list[Place], view: str, frame: Frame) -> dict[int, Frame]:
    """The period of each place, by where its line starts: its section's where that names one."""
    known: dict[str, Frame] = {}
    found: dict[int, Frame] = {}
    for place in places:
        own = frame
        titles = (*place.above, view[slice(*place.title)] if place.title else "")
        for title in titles:
            if title and title not in known:
                known[title] = section_frame(title, frame)
            if title and known[title] is not frame:
                own = known[title]
        found[place.line.start] = own
    return found


def _in_text(
    view: str, text: str, places: list[Place], frames: dict[int, Frame], *, reports: bool
) -> Iterator[tuple[Place, Found]]:
    """Targets of the paragraphs. The tense runs on from one to the next, up to a main heading."""
    thread = Thread(past=reports)
    listing = False
    for place in places:
        if len(place.line.cells) > 1:
            continue
        if latin(text[place.line.start : place.line.end]):
            listing = english.announces(text, place, listing=listing)
            for draft in english.targets_in(text, place, frames[place.line.start], listing=listing):
                yield place, draft
            continue
        if 0 < place.rank <= MAIN:
            thread.past = reports
        for draft in targets_in(view, place, frames[place.line.start], thread):
            yield place, draft


def _is_title(place: Place) -> bool:
    return not place.rank and place.line.end - place.line.start <= 50


def _unique(
    drafts: list[tuple[Place, ActionDraft]], view: str
) -> Iterator[tuple[Place, ActionDraft]]:
    """Each action once: the first time its name stands."""
    seen: set[str] = set()
    for place, draft in drafts:
        name = view[slice(*draft.span)].strip("“”")
        if name not in seen:
            seen.add(name)
            yield place, draft


def _action(text: str, place: Place, draft: ActionDraft) -> FoundAction:
    start, end = draft.span
    evidence = text[start:end]
    return FoundAction(
        evidence, start, end, draft.confidence, Reason(draft.code, draft.params), place.above,
        name=evidence.strip(), number=draft.number,
    )  # fmt: skip


def _target(text: str, view: str, place: Place, draft: Draft) -> FoundTarget:
    start, end = trim(view, *draft.span)
    while start < end and view[start] in "、，和与及：；。 ":
        start += 1
    quantity = draft.quantity
    metric = _as_written(text, view, (place.line.start, place.line.end), draft.metric)
    params = [("link", draft.link), ("marker", draft.marker)]
    if draft.doubts:
        params.append(("doubts", ",".join(draft.doubts)))
    return FoundTarget(
        evidence=text[start:end], start=start, end=end,
        confidence=target_confidence(draft, place.key),
        reason=Reason(draft.code, tuple(params)), section=place.above,
        metric=metric, qualifier=draft.qualifier, comparator=draft.comparator,
        direction=draft.direction, value=quantity.value, value_max=quantity.high,
        unit=quantity.unit, value_base=to_base(quantity.value, quantity.unit),
        deadline=draft.deadline,
    )  # fmt: skip


def _as_written(text: str, view: str, line: tuple[int, int], name: str) -> str:
    """The name in the document's own characters, where it stands in one piece."""
    place = view.find(name, *line)
    return text[place : place + len(name)] if place >= 0 else name


def _task(text: str, view: str, place: Place, draft: TaskDraft) -> FoundTask:
    start, end = trim(view, *draft.evidence)
    params = (("when", draft.when),) if draft.when else (("role", draft.duty.role),)
    return FoundTask(
        text[start:end], start, end, task_confidence(draft), Reason(draft.code, params), place.above,
        text=text[slice(*draft.span)].strip(), lead=draft.duty.lead, support=draft.duty.support,
        deadline=draft.deadline,
    )  # fmt: skip


def _milestone(text: str, place: Place, draft: MilestoneDraft) -> FoundMilestone:
    start, end = draft.span
    return FoundMilestone(
        text[start:end], start, end, 0.85, Reason("milestone.dated", (("when", draft.when),)),
        place.above, text=text[start:end], date=draft.date, precision=draft.precision,
    )  # fmt: skip
