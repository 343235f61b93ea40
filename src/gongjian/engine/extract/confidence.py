"""How sure a finding is: a start for how it was found, and a little off for each doubt.

The figures are fitted to the first reading of two of our own sets of texts, a and b, and measured
on the first reading of two others (docs/rules/reading.md). Besides the doubts of the draft:

    silent     neither a word that links number and metric, nor a marker, nor the work before it
    brief      the metric has one or two characters; each character under eight takes a little too
    work       the metric ends in a verb of work: it may be a deed and no thing
    words      the metric begins or ends with words that belong to no name (是, 截至, 有望)
    english    an English sentence has fewer marks to go by
    frame      the heading above speaks of principles, organisation or safeguards
"""

import re

from gongjian.engine.extract.drafts import Draft
from gongjian.engine.extract.metrics import ends_in_work
from gongjian.engine.extract.tasks import TaskDraft

FOUND = {
    "target.level": 0.96, "target.growth": 0.97, "target.amount": 0.92, "target.total": 0.93,
    "target.name": 0.9, "target.cell": 0.9,
}  # fmt: skip
DOUBTS = {
    "silent": 0.02, "brief": 0.15, "work": 0.04, "words": 0.25, "english": 0.2, "frame": 0.3,
    "carried": 0.25, "long": 0.1, "shared": 0.03, "year": 0.02, "numeral": 0.02,
    "dealt": 0.0, "no-marker": 0.0,
}  # fmt: skip
PLAIN_LENGTH, PER_CHARACTER = 8, 0.01
WORDS = re.compile(
    "^(?:是|比|即|其中|截至|根据|依照|按照|上年|去年)|(?:是|已|将|和|与|由|前|会|有望)$|"
    "左右|以来|一般|提出|不少[于於]"
)
UNSAID = ("target.cell", "target.total")  # a cell and a total need no linking word
ASIDE = ("frame", "guard")
MILESTONE = 0.85


def target_confidence(draft: Draft, key: str, doubts: tuple[str, ...]) -> float:
    """Between 0.2 and 0.99. A goal section takes half of each doubt away.

    Shapes: one draft, the key of its section, the doubts of `doubts_of`. Units: a share.
    Missing: none. Errors: none.
    Source: docs/rules/reading.md, R-9.
    """
    weight = 0.5 if key == "goal" else 1.0
    missing = 0 if _english(draft) else max(0, PLAIN_LENGTH - len(draft.metric))
    doubt = PER_CHARACTER * missing + sum(DOUBTS[name] for name in doubts)
    return round(min(0.99, max(0.2, FOUND[draft.code] - weight * doubt)), 2)


def doubts_of(draft: Draft, key: str) -> tuple[str, ...]:
    """What makes a target less sure: the doubts it was read with, and those of its words.

    Shapes: one draft, the key of its section. Units: none. Missing: empty where nothing speaks
    against it. Errors: none. Source: docs/rules/reading.md, R-9.
    """
    said = (draft.link, draft.marker, draft.qualifier)
    odd = WORDS.search(draft.metric) is not None
    own = {
        "brief": len(draft.metric) <= 2,
        "words": odd,
        "work": not odd and ends_in_work(draft.metric),
        "silent": draft.code not in UNSAID and not any(said),
    }
    found = {"english": True} if _english(draft) else own
    found["frame"] = key in ASIDE
    return draft.doubts + tuple(name for name, holds in found.items() if holds)


def _english(draft: Draft) -> bool:
    return draft.metric.isascii() and not draft.metric.isdigit()


def task_confidence(draft: TaskDraft) -> float:
    """Between 0 and 1: named units are surer than a date alone, a short text less sure.

    Shapes: one draft. Units: a share. Missing: none. Errors: none.
    Source: docs/rules/reading.md, R-9.
    """
    value = {"task.bracket": 0.95, "task.row": 0.95, "task.dated": 0.7}[draft.code]
    length = draft.span[1] - draft.span[0]
    return round(value - 0.15 * (length < 6) - 0.1 * (length > 300), 2)
