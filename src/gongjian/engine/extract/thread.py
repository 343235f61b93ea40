"""What runs on from clause to clause: the subject, the tense and the date."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from gongjian.engine.extract.clauses import Clause
from gongjian.engine.extract.deadlines import Frame, Period
from gongjian.engine.extract.drafts import Draft
from gongjian.engine.extract.outline import Place
from gongjian.engine.extract.quantities import Quantity
from gongjian.engine.extract.tense import (
    SCORES,
    Tense,
    asks,
    leans,
    may_turn,
    reports_itself,
    tense_of,
)


@dataclass(slots=True)
class Thread:
    """What is carried from clause to clause of a paragraph."""

    metric: str = ""
    past: bool = False
    bulletin: bool = False
    deadline: str | None = None
    sentence: tuple[int, int] = (-1, -1)
    sentence_past: bool = False
    clause_past: bool = False
    counted: tuple[int, int] = (-2, -2)
    turns: bool = False
    results: str = ""
    listing: bool = False
    lean: bool = False
    ahead: bool = False
    first_number: int = -1
    things: str = ""
    near: str = ""
    refused: str = ""
    scoring: bool = False
    recent: list[str] = field(default_factory=list)
    above: tuple[str, ...] = ()
    passed: dict[int, str] = field(default_factory=dict)

    def pass_over(self, numbers: Iterable[Quantity], code: str) -> None:
        """Note why numbers are not taken: a code of `untaken`. The first reason stays."""
        for number in numbers:
            self.passed.setdefault(number.start, code)

    def begin_line(self, view: str, place: Place) -> None:
        """A new paragraph forgets the metric and keeps the tense; in a list also the date."""
        self.metric, self.results, self.sentence = "", "", (-1, -1)
        self.sentence_past = self.lean = False
        self.ahead = place.key == "goal"
        if (place.key != "goal" and not self.listing) or place.above != self.above:
            self.deadline = None
        self.above = place.above
        self.listing = view[place.line.end - 1] == "：" or (self.listing and not place.rank)


def enter(view: str, clause: Clause, frame: Frame, thread: Thread) -> bool:
    """At the first clause of a sentence: does it look back? True when it is the first."""
    if clause.sentence == thread.sentence:
        return False
    thread.sentence = clause.sentence
    thread.recent = []
    thread.near = ""
    if view[max(0, clause.sentence[0] - 1)] == "？":  # an answer has its own time
        thread.deadline = None
    thread.scoring = SCORES.search(view, *clause.sentence) is not None
    text = view[slice(*clause.sentence)].lstrip()
    tense = tense_of(text, frame)
    parted = tense.opens_part and not thread.ahead
    if (tense.opens_back or tense.earlier or parted) and not tense.asks:
        thread.past = True
    elif tense.asks or tense.opens_ahead or (tense.limits and not tense.itself):
        thread.past = thread.bulletin
    sure = tense.itself or tense.opens_back or tense.earlier
    ordered = not thread.past and not leans(text)
    past = tense.past and not (not sure and (thread.ahead or tense.later or ordered))
    thread.ahead = thread.ahead or tense.asks or tense.opens_ahead or tense.limits
    joined = view[max(0, clause.sentence[0] - 1)] in "；;"
    neutral = not (tense.asks or tense.opens_ahead or past)
    thread.lean = past or (thread.lean and neutral)
    thread.sentence_past = past or (thread.lean and (joined or leans(text)))
    thread.clause_past = False
    one = clause.end - clause.start == clause.sentence[1] - clause.sentence[0]
    thread.turns = not one and may_turn(text, tense)
    if not thread.turns:
        _turn_whole(tense, thread)
    return True


def _turn_whole(tense: Tense, thread: Thread) -> None:
    """A sentence whose clauses are of one kind."""
    part = tense.opens_part and not thread.ahead
    asking = tense.asks or (tense.limits and not tense.certain)
    thread.clause_past = not asking and (tense.itself or tense.opens_back or part)


def turn(view: str, clause: Clause, thread: Thread) -> None:
    """Inside a sentence the tense turns where a clause reports, and again where one asks."""
    if not thread.turns:
        return
    text = view[clause.start : clause.end]
    if reports_itself(text, ahead=thread.ahead):
        thread.clause_past = True
    elif asks(text):
        thread.clause_past = False


def carry(near: Sequence[Period], clause: Clause, thread: Thread, frame: Frame) -> None:
    """A date with a year of its own, before the numbers of its sentence, goes on to the next."""
    if thread.past or thread.sentence_past or thread.clause_past:
        return
    for span in near:
        heads = span.start < thread.first_number
        if span.due:
            continue
        if heads and span.ahead and span.own_year and clause.start <= span.start < clause.end:
            thread.deadline = span.deadline if _possible(span, frame) else thread.deadline


def date(
    draft: Draft, near: Sequence[Period], clause: Clause, thread: Thread, frame: Frame
) -> None:
    """Give a draft the deadline of its sentence, its paragraph or the plan."""
    draft.deadline, inferred = _deadline(draft, near, clause, thread, frame)
    if inferred:
        draft.doubts += ("year",)


def _deadline(
    draft: Draft, near: Sequence[Period], clause: Clause, thread: Thread, frame: Frame
) -> tuple[str | None, bool]:
    """The deadline, and whether its year comes from elsewhere than beside the number."""
    ahead = [
        span for span in near
        if span.ahead and _possible(span, frame) and _reaches(span, clause)
    ]  # fmt: skip
    dealt = [span for span in ahead if clause.start <= span.start < draft.number_at]
    if draft.turn and len(dealt) == draft.turn[1]:
        return dealt[draft.turn[0]].deadline, False
    earlier = [span for span in ahead if span.start < draft.number_at]
    later = [
        span for span in ahead
        if span.start > draft.number_at and span.due
        and not (span.begins and span.start >= clause.end and _has_its_own_deed(draft))
    ]  # fmt: skip
    if earlier:
        span = earlier[-1]
        return span.deadline or frame.deadline, not span.own_year and not frame.stated
    if later and later[0].deadline:
        return later[0].deadline, False
    if thread.deadline:
        return thread.deadline, False
    return frame.deadline, frame.deadline is not None and not frame.stated


def _has_its_own_deed(draft: Draft) -> bool:
    """改造9座 is not due when its project is to begin; 15个项目，6月底前开工 is."""
    return bool(draft.qualifier) and not draft.qualifier.endswith("的")


def _reaches(span: Period, clause: Clause) -> bool:
    """每年 speaks of its own clause, every other period of the whole sentence."""
    return span.deadline != "annual" or clause.start <= span.start < clause.end


def _possible(span: Period, frame: Frame) -> bool:
    if not frame.first or span.deadline is None or span.deadline == "annual":
        return True
    return int(span.deadline[:4]) >= min(frame.first, frame.written or frame.first)
