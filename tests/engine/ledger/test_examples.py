"""The examples in the docstrings are true."""

import doctest

import pytest

from gongjian.documents.workbook import formats
from gongjian.engine.ledger import amounts, cells, columns, dates, empty, fields
from gongjian.lib import unit_codes


@pytest.mark.parametrize(
    "module", [amounts, cells, columns, dates, empty, fields, formats, unit_codes],
    ids=lambda module: module.__name__,
)  # fmt: skip
def test_examples_of_a_module_are_true(module):
    found = doctest.testmod(module)

    assert (found.failed, found.attempted > 0) == (0, True)
