"""What runs on from clause to clause: the subject, the tense and the date."""

from dataclasses import dataclass, replace

from gongjian.engine.extract.clauses import Clause
from gongjian.engine.extract.deadlines import Frame, Period
from gongjian.engine.extract.drafts import Draft
from gongjian.engine.extract.outline import Place
from gongjian.engine.extract.tense import asks, leans, reports_itself, tense_of


@dataclass(slots=True)
class Thread:
    """What is carried from clause to clause of a paragraph."""

    metric: str = ""
    past: bool = False
    deadline: str | None = None
    sentence: tuple[int, int] = (-1, -1)
    sentence_past: bool = False
    clause_past: bool = False
    counted: tuple[int, int] = (-2, -2)
    listing: bool = False
    lean: bool = False

    def begin_line(self, view: str, place: Place) -> None:
        """A new paragraph forgets the metric and keeps the tense; in a list also the date."""
        self.metric, self.sentence = "", (-1, -1)
        self.sentence_past = self.lean = False
        if place.key != "goal" and not self.listing:
            self.deadline = None
        self.listing = view[place.line.end - 1] == "：" or (self.listing and not place.rank)


def enter(view: str, clause: Clause, frame: Frame, thread: Thread) -> bool:
    """At the first clause of a sentence: does it look back? True when it is the first."""
    if clause.sentence == thread.sentence:
        return False
    thread.sentence = clause.sentence
    text = view[slice(*clause.sentence)].lstrip()
    tense = tense_of(text, frame)
    if (tense.opens_back or tense.earlier) and not tense.asks:
        thread.past = True
    elif tense.asks or tense.opens_ahead:
        thread.past = False
    joined = view[max(0, clause.sentence[0] - 1)] in "；;"
    neutral = not (tense.asks or tense.opens_ahead or tense.past)
    thread.lean = tense.past or (thread.lean and neutral)
    thread.sentence_past = tense.past or (thread.lean and (joined or leans(text)))
    thread.clause_past = False
    return True


def turn(text: str, thread: Thread) -> None:
    """Inside a sentence the tense turns where a clause reports, and again where one asks."""
    if reports_itself(text):
        thread.clause_past = True
    elif asks(text):
        thread.clause_past = False


def carry(near: list[Period], clause: Clause, thread: Thread) -> None:
    """A date with a year of its own goes on to the next sentences."""
    for span in near:
        if span.ahead and span.own_year and clause.start <= span.start < clause.end:
            thread.deadline = span.deadline


def dated(draft: Draft, near: list[Period], thread: Thread, frame: Frame) -> Draft:
    """The draft with the deadline of its sentence, its paragraph or the plan."""
    ahead = [span for span in near if span.ahead and _possible(span, frame)]
    earlier = [span for span in ahead if span.start < draft.number_at]
    later = [span for span in ahead if span.start > draft.number_at and span.due]
    if earlier:
        span = earlier[-1]
        inferred = not span.own_year and not frame.stated
        return replace(
            draft,
            deadline=span.deadline or frame.deadline,
            doubts=draft.doubts + ("year",) * inferred,
        )
    if later and later[0].deadline:
        return replace(draft, deadline=later[0].deadline)
    if thread.deadline:
        return replace(draft, deadline=thread.deadline)
    inferred = frame.deadline is not None and not frame.stated
    return replace(draft, deadline=frame.deadline, doubts=draft.doubts + ("year",) * inferred)


def _possible(span: Period, frame: Frame) -> bool:
    if not frame.first or span.deadline is None or span.deadline == "annual":
        return True
    return int(span.deadline[:4]) >= frame.first
