"""The register as its pages find it in June, and the office in a browser."""

import pytest

from interfaces.web.people import come_in
from small_register import small_register


@pytest.fixture
def register(db):  # noqa: ARG001
    return small_register(june=True)


@pytest.fixture
def office(client, register):
    return come_in(client, register.office)
