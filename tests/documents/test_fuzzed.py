"""A few hundred broken files of each format: read, or refused in a word; nothing else.

`python -m bench fuzz` does the same with ten thousand, in processes with limits.
"""

import random
from pathlib import Path

import pytest

from bench.mutations import mutated
from bench.seeds import SEEDS
from gongjian.documents import Unreadable, read_document
from gongjian.engine.extract import read_plan

SEED = 20260101
EACH = 40
BY_OFFICE = {"plan.doc", "plan.xls"}  # a second each


@pytest.mark.parametrize("name", [name for name in SEEDS if name not in BY_OFFICE])
def test_broken_file_is_read_or_refused(name):
    content = SEEDS[name][0]()
    for number in range(EACH):
        broken = mutated(content, Path(name).suffix, random.Random(f"{SEED}/{name}/{number}"))
        try:
            document = read_document(name, broken)
        except Unreadable as no:
            assert str(no.code)  # noqa: PT017
        else:
            assert document.text
            read_plan(document)
