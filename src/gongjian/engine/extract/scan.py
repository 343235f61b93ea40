"""What stands in one line: its clauses, its numbers and its periods, each looked for once."""

from functools import cached_property

from gongjian.engine.extract.clauses import Clause, clauses
from gongjian.engine.extract.deadlines import Frame, Period, periods
from gongjian.engine.extract.quantities import Quantity, quantities


class Scan:
    """A stretch of text between two offsets; the readers of its line share what was found."""

    def __init__(self, view: str, start: int, end: int, frame: Frame) -> None:
        self.view, self.start, self.end, self.frame = view, start, end, frame

    @cached_property
    def clauses(self) -> list[Clause]:
        return clauses(self.view, self.start, self.end)

    @cached_property
    def numbers(self) -> tuple[Quantity, ...]:
        return tuple(quantities(self.view, self.start, self.end))

    @cached_property
    def periods(self) -> tuple[Period, ...]:
        return tuple(periods(self.view, self.start, self.end, self.frame))
