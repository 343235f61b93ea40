"""The task reader: work tied to units (in brackets, in lines) or to a date of its own."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from gongjian.engine.extract.deadlines import Frame, Period, periods
from gongjian.engine.extract.duties import ANY_ROLE, BRACKET, ROLE, Duty, duty_of
from gongjian.engine.extract.lines import trim
from gongjian.engine.extract.outline import SILENT, Place
from gongjian.engine.extract.scan import Scan
from gongjian.engine.extract.survey import Survey

POINTS_BACK = re.compile(r"^(?:该项|此项|这项|上述|以上|该|相关)(?:工作|任务|事项)?")
TASK_RANK = 4  # （一） and below: a heading that can be a task
FINE = ("day", "ten_day", "month", "quarter", "half")
DONE = re.compile(
    r"完成|建成|竣工|开工|投产|投用|通车|到位|形成|出台|印发|上线|启动|落地|办结|交付|实现|"
    r"报送|达到|整改|销号|上报|公布|公示|制定|报[市县省区]"
)
DUE_WORD = re.compile("前|内|完成|为止")
RUN_IN = re.compile(rf"(?<=[。；！]) *(?={ANY_ROLE})")


@dataclass(slots=True)
class TaskDraft:
    """A task as the grammar read it: the span of its text, the span of its evidence, its units."""

    span: tuple[int, int]
    evidence: tuple[int, int]
    duty: Duty
    deadline: str | None
    code: str
    when: str = ""


def tasks_in(survey: Survey) -> Iterator[tuple[Place, TaskDraft]]:
    """The tasks of the running text, in order.

    Shapes: the places of the outline. Units: none. Missing: work without unit and without a date
    of its own is no task. Errors: none. Source: docs/rules/reading.md, R-8.
    """
    view, text, frames = survey.view, survey.text, survey.frames
    first_leads = survey.first_leads
    running = [p for p in survey.places if not p.line.cells and p.key not in SILENT]
    before: list[Place] = []
    run: list[Place] = []
    for place in [*running, None]:
        if place is not None and before and _names_units(view, text, place):
            run.append(place)
            continue
        if run and (draft := _own_lines(view, text, before, run, first_leads)):
            yield before[-1], _with_deadline(view, draft, frames[before[-1].line.start])
            before = []
        run = []
        if place is None:
            return
        if place.rank or place.number:
            before = []
        before.append(place)
        found = list(_bracketed(view, text, before, first_leads=first_leads))
        for draft in found:
            yield place, _with_deadline(view, draft, frames[place.line.start])
        if found:
            before = []
        else:
            yield from ((place, draft) for draft in _dated(survey.scan(place)))


def _names_units(view: str, text: str, place: Place) -> bool:
    """Does a line only name units: 责任单位：…, or （…负责） with nothing before it?"""
    start, end = place.line.start, place.line.end
    if ROLE.match(view, start + (view[start] == "（")):
        return True
    alone = BRACKET.fullmatch(view, start, end - (view[end - 1] == "。"))
    if alone is None or place.number:
        return False
    return duty_of(view, text, alone.start() + 1, alone.end() - 1, first_leads=False) is not None


def _own_lines(
    view: str, text: str, before: list[Place], run: list[Place], first_leads: bool
) -> TaskDraft | None:
    """Lines that only name units belong to the paragraph above them."""
    start, end = run[0].line.start, run[-1].line.end
    end -= view[end - 1] == "。"
    if view[start] == "（" and view[end - 1] == "）":
        start, end = start + 1, end - 1
    duty = duty_of(view, text, start, end, first_leads=first_leads)
    if duty is None:
        return None
    work = before[-1]
    return TaskDraft(
        _work(view, work), (work.line.start, run[-1].line.end), duty, None, "task.bracket"
    )


def _work(view: str, place: Place) -> tuple[int, int]:
    """The words of the work in a paragraph: its body, or its title where there is no body."""
    start, end = trim(view, place.body, place.line.end)
    if end - start < 4 and place.title:
        start, end = place.title
    return _bare(view, start, end)


def _bare(view: str, start: int, end: int) -> tuple[int, int]:
    while start < end and view[start] in " 。；，、：）\n":
        start += 1
    while start < end and view[end - 1] in " 。；，、：\n":
        end -= 1
    return start, end


def _bracketed(
    view: str, text: str, before: list[Place], *, first_leads: bool
) -> Iterator[TaskDraft]:
    """Units in brackets behind the work, or after 牵头单位： in the same line."""
    place = before[-1]
    start = begin = place.body
    for inside, outside in _places_of_units(view, place):
        duty = duty_of(view, text, *inside, first_leads=first_leads)
        if duty is None:
            continue
        span = _bare(view, begin, outside[0])
        if begin == start and (named := _named(place, before, span)):
            span = _bare(view, *named)
        if span[1] - span[0] >= 4:
            yield TaskDraft(span, (span[0], outside[1]), duty, None, "task.bracket")
            begin = outside[1]


def _named(place: Place, before: list[Place], span: tuple[int, int]) -> tuple[int, int] | None:
    """The heading, where the paragraph says nothing else or is one of several below it."""
    if span[1] - span[0] < 4 and place.title:
        return place.title
    head = before[0]
    return head.title if len(before) > 2 and head.rank >= TASK_RANK else None


def _places_of_units(view: str, place: Place) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    start = place.title[0] if place.title else place.body
    any_bracket = False
    open_: tuple[int, int] | None = None  # brackets that touch speak of the same work
    for bracket in BRACKET.finditer(view, start, place.line.end):
        any_bracket = True
        if open_ and open_[1] == bracket.start():
            open_ = (open_[0], bracket.end())
            continue
        if open_:
            yield (open_[0] + 1, open_[1] - 1), open_
        open_ = bracket.span()
    if open_:
        yield (open_[0] + 1, open_[1] - 1), open_
    if not any_bracket and (run_in := RUN_IN.search(view, start, place.line.end)):
        yield (run_in.end(), place.line.end), (run_in.start(), place.line.end)


def _with_deadline(view: str, draft: TaskDraft, frame: Frame) -> TaskDraft:
    """The deadline that 完成时限 gives, else the work's own, else the plan's."""
    if draft.duty.when:
        given = [span for span in periods(view, *draft.duty.when, frame) if span.deadline]
        if given:
            return replace(draft, deadline=given[-1].deadline)
    every = periods(view, *draft.span, frame)
    ahead = [span for span in every if span.ahead and span.deadline not in (None, "annual")]
    due = [span for span in ahead if span.due]
    chosen = due[-1:] or ahead[:1]
    return replace(draft, deadline=chosen[0].deadline if chosen else frame.deadline)


def _dated(scan: Scan) -> Iterator[TaskDraft]:
    """Work without units that has a date of its own: …于2019年6月底前完成."""
    view, start, end = scan.view, scan.start, scan.end
    if not scan.periods or DUE_WORD.search(view, start, end) is None:
        return
    due = [span for span in scan.periods if _is_due(view, span, end)]
    if not due:
        return
    previous: tuple[int, int] | None = None
    begin, sentence = start, (start, start)
    for clause in scan.clauses:
        if clause.sentence != sentence:
            previous, sentence, begin = sentence, clause.sentence, clause.start
        own = [span for span in due if clause.start <= span.start < clause.end]
        if not own:
            continue
        span = _bare(view, begin, clause.end)
        if POINTS_BACK.match(view[slice(*span)]) and previous and previous[0] < previous[1]:
            span = _bare(view, *previous)
        when = view[own[-1].start : own[-1].end]
        yield TaskDraft(span, (span[0], clause.end), Duty(), own[-1].deadline, "task.dated", when)
        begin = clause.end


def _is_due(view: str, span: Period, end: int) -> bool:
    if not (span.ahead and span.deadline and span.due):
        return False
    return (
        span.precision in FINE and DONE.search(view, span.end, min(end, span.end + 40)) is not None
    )
