"""How sure a finding is: a start for how it was found, and a little off for each doubt."""

from gongjian.engine.extract.drafts import Draft
from gongjian.engine.extract.tasks import TaskDraft

DOUBTS = {
    "shared": 0.12, "dealt": 0.04, "carried": 0.2, "year": 0.02,
    "numeral": 0.15, "no-marker": 0.12, "long": 0.2, "section": 0.2,
}  # fmt: skip
FOUND = {
    "target.level": 0.95, "target.growth": 0.97, "target.amount": 0.93, "target.total": 0.85,
    "target.name": 0.9, "target.cell": 0.9,
}  # fmt: skip

MILESTONE = 0.85


def target_confidence(draft: Draft, key: str) -> float:
    """Between 0.2 and 0.99. A goal section takes half of each doubt away.

    Shapes: one draft, the key of its section. Units: a share. Missing: none. Errors: none.
    Source: docs/rules/reading.md, R-9.
    """
    weight = 0.5 if key == "goal" else 1.0
    value = FOUND[draft.code] - weight * sum(DOUBTS[doubt] for doubt in draft.doubts)
    return round(min(0.99, max(0.2, value)), 2)


def task_confidence(draft: TaskDraft) -> float:
    """Between 0 and 1: named units are surer than a date alone, a short text less sure.

    Shapes: one draft. Units: a share. Missing: none. Errors: none.
    Source: docs/rules/reading.md, R-9.
    """
    value = {"task.bracket": 0.95, "task.row": 0.95, "task.dated": 0.7}[draft.code]
    length = draft.span[1] - draft.span[0]
    return round(value - 0.15 * (length < 6) - 0.1 * (length > 300), 2)
