"""Which action a place of the text stands under."""

import re
from bisect import bisect_right
from dataclasses import dataclass, field

CORE = re.compile(r"“([^”]{2,20})”")


@dataclass
class Scopes:
    """The spans that actions govern, in the order of the text, and their names."""

    spans: tuple[tuple[int, int], ...]
    names: tuple[str, ...]
    order: list[int] = field(init=False)
    starts: list[int] = field(init=False)
    cores: list[tuple[int, str]] = field(init=False)

    def __post_init__(self) -> None:
        self.order = sorted(range(len(self.spans)), key=lambda index: self.spans[index][0])
        quoted = [(index, CORE.search(name)) for index, name in enumerate(self.names[:60])]
        self.cores = [(index, core[1]) for index, core in quoted if core]
        self.starts = [self.spans[index][0] for index in self.order]

    def of(self, view: str, position: int) -> int | None:
        """The innermost action around a position, else one whose quoted name its sentence says.

        Shapes: an offset of `view`. Units: an index. Missing: None when there is none.
        Errors: none. Source: docs/rules/reading.md, R-7.
        """
        place = bisect_right(self.starts, position) - 1
        for step in range(place, max(-1, place - 40), -1):
            index = self.order[step]
            if self.spans[index][0] <= position < self.spans[index][1]:
                return index
        begin = max(
            view.rfind("。", max(0, position - 300), position),
            view.rfind("\n", max(0, position - 300), position),
        )
        sentence = view[begin + 1 : position]
        return next((index for index, core in self.cores if core in sentence), None)
