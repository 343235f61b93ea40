"""What the tests of the register begin with."""

import pytest

from small_register import small_register


@pytest.fixture
def register(db):  # noqa: ARG001 - it writes
    return small_register()
