"""A target on its way: what the clause said, before it is cut from the document's own text."""

from dataclasses import dataclass

from gongjian.engine.extract.findings import Comparator, Direction
from gongjian.engine.extract.quantities import Quantity


@dataclass(slots=True)
class Draft:
    """A target as the grammar read it; `span` is its evidence, `doubts` what makes it less sure,
    `turn` its place among numbers that are dealt in order.

    The deadline is added when its sentence is known, so a draft is not frozen."""

    metric: str
    qualifier: str
    comparator: Comparator
    direction: Direction | None
    quantity: Quantity
    span: tuple[int, int]
    code: str
    link: str
    marker: str
    number_at: int
    deadline: str | None = None
    doubts: tuple[str, ...] = ()
    turn: tuple[int, int] | None = None
