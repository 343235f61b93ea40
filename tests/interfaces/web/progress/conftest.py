"""What the tests of a report's pages share."""

import pytest

from small_county import BACKEND


@pytest.fixture
def web(client, county):
    """The client of a person of the county."""

    def of(name):
        client.force_login(county.people[name], backend=BACKEND)
        return client

    return of
