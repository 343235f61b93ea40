"""What the tests of the plan share: its office, and a small plan under review."""

import pytest

from small_plan import a_read_plan, an_office


@pytest.fixture
def office():
    return an_office()


@pytest.fixture
def document(office):
    return a_read_plan(office)
