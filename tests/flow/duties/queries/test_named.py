"""Which of the pieces of work of a plan holds a place."""

import pytest

from gongjian.flow.duties.queries.named import PlanWords
from gongjian.flow.plan.queries import TiedUnits
from gongjian.lib.pages import Document

WORKS = [  # start, end: two of one start, one inside another, a gap
    (0, 50), (10, 40), (10, 20), (12, 14), (60, 70),
]  # fmt: skip


@pytest.mark.parametrize("place", range(75))
def test_the_one_that_begins_last_and_is_shortest_holds_a_place(place):
    works = [TiedUnits(start, end, (f"{start}-{end}",), ()) for start, end in WORKS]
    holding = [work for work in works if work.start <= place < work.end]
    wanted = max(holding, key=lambda work: (work.start, -work.end), default=None)

    written = PlanWords(Document.from_text("一" * 80), works).units_for(place)

    assert [name for _role, name in written] == (list(wanted.lead) if wanted else [])
