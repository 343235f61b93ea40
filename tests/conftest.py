"""What holds for every test: no network, no browser where there is none, nothing left behind."""

import ipaddress
import os
import shutil
import sys
from pathlib import Path

import pytest
from django.db import connection
from hypothesis import settings

from small_county import small_county

pytest_plugins = ["demo_home"]

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, BROWSERS)), None)
HERE = Path(__file__).parent
NO_DATABASE = ("documents", "engine", "lib")  # rooms that may not import the framework
OTHER_HALF = "GONGJIAN_TESTS_HAVE_ANOTHER_HALF"
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
    runs = {"sqlite": runs_on_sqlite, "postgresql": runs_on_postgresql}[connection.vendor]
    leaves = [item for item in items if not runs(item)]
    if leaves:
        config.hook.pytest_deselected(items=leaves)
        items[:] = [item for item in items if runs(item)]


def pytest_terminal_summary(terminalreporter):
    skipped = terminalreporter.stats.get("skipped", [])
    left_out = [report for report in skipped if NO_BROWSER in str(report.longrepr)]
    if left_out:
        terminalreporter.write_line(f"journeys: {len(left_out)} skipped, {NO_BROWSER}")


def runs_on_sqlite(item):
    """All, but what the other half does where there is one: so both take about as long."""
    return not (os.environ.get(OTHER_HALF) and knows_no_database(item))


def runs_on_postgresql(item):
    """What touches the database, of the journeys the smoke; and what knows no database."""
    return knows_no_database(item) or asks_the_database(item)


def knows_no_database(item):
    return item.path.relative_to(HERE).parts[0] in NO_DATABASE


def asks_the_database(item):
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
