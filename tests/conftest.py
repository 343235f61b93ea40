"""What holds for every test: no network, no browser where there is none, nothing left behind."""

import ipaddress
import os
import shutil
import sys

import pytest
from django.db import connection
from hypothesis import settings

from small_county import small_county

pytest_plugins = ["demo_home"]

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, BROWSERS)), None)
NO_BROWSER = "no Chromium on this machine"


# The suite says the same twice; HYPOTHESIS_PROFILE=hunt looks at other examples each time.
settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("hunt", derandomize=False, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))


def pytest_configure():
    sys.addaudithook(stay_on_this_machine)
    # Playwright drives its browser from an event loop of its own.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def pytest_collection_modifyitems(config, items):
    for item in items:
        if item.get_closest_marker("journey") and CHROMIUM is None:
            item.add_marker(pytest.mark.skip(reason=NO_BROWSER))
    if connection.vendor == "postgresql":
        leaves = [item for item in items if not asks_the_database(item)]
        config.hook.pytest_deselected(items=leaves)
        items[:] = [item for item in items if asks_the_database(item)]


def pytest_terminal_summary(terminalreporter):
    skipped = terminalreporter.stats.get("skipped", [])
    left_out = [report for report in skipped if NO_BROWSER in str(report.longrepr)]
    if left_out:
        terminalreporter.write_line(f"journeys: {len(left_out)} skipped, {NO_BROWSER}")


def asks_the_database(item):
    """What the PostgreSQL half runs: all that touches the database; of the journeys, the smoke."""
    if item.get_closest_marker("journey"):
        return item.get_closest_marker("smoke") is not None
    return item.get_closest_marker("django_db") is not None or "db" in item.fixturenames


def stay_on_this_machine(event, arguments):
    """Refuse every connection that would leave the machine; a hook cannot be taken off again."""
    if event == "socket.connect":
        address = arguments[1]
        if isinstance(address, tuple) and not on_this_machine(address[0]):
            raise PermissionError(f"a test wanted to reach {address[0]}")
    elif event == "socket.getaddrinfo":
        host = arguments[0]
        if host and not on_this_machine(host):
            raise PermissionError(f"a test wanted to look up {host}")


def on_this_machine(host):
    if isinstance(host, bytes):
        host = host.decode()
    if host in ("localhost", ""):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@pytest.fixture(scope="session")
def chromium():
    """The path of the machine's browser; journeys are skipped where it is None."""
    return CHROMIUM


@pytest.fixture
def county(db):  # noqa: ARG001
    """A small county with May frozen on two figures and June open."""
    return small_county(may={"signed": 51, "started": 13})
