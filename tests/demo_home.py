"""The demo county, filled once a session beside the test database, for tests that need a county.

`demo_county` lets a module's tests look at it: what they change is rolled back. `demo_home` is a
home of a test's own, which the commands may change and break.
"""

import shutil
import sqlite3
from contextlib import closing, contextmanager
from dataclasses import dataclass
from importlib import import_module
from io import StringIO
from pathlib import Path

import pytest
from django.db import connection
from django.test import override_settings

SUFFIX = "demo"
PROJECTS = 110  # of the 300, with all that targets count: the same is proved, sooner


@dataclass(frozen=True, slots=True)
class Built:
    """A filled demo: the name of its database, and its home with the files and the anchor."""

    database: str
    home: Path


@pytest.fixture(scope="session")
def demo_built(django_db_setup, django_db_blocker, tmp_path_factory):  # noqa: ARG001
    """The demo as `gongjian demo` fills it; tests take `demo_county` or `demo_home`."""
    creation = connection.creation
    database = creation.get_test_db_clone_settings(SUFFIX)["NAME"]
    built = Built(database, tmp_path_factory.mktemp("demo"))
    with django_db_blocker.unblock():
        connection.close()
        if connection.vendor != "sqlite" or Path(connection.settings_dict["NAME"]).exists():
            creation.clone_test_db(SUFFIX, verbosity=0, autoclobber=True)
        # Else none of the chosen tests asked for a test database: the demo makes its own.
        with leading_to(built):
            # Named here and not above: every test session loads this file.
            demo = import_module("gongjian.interfaces.cli.demo.command")
            demo.Command(stdout=StringIO()).handle(now=demo.NOW, fill_only=True, projects=PROJECTS)
    yield built
    with django_db_blocker.unblock():
        creation.destroy_test_db(suffix=SUFFIX, verbosity=0)


@pytest.fixture(scope="module")
def demo_county(demo_built, tmp_path_factory):
    """The demo in the place of the empty test database; its home is a copy. Gives the home."""
    home = tmp_path_factory.mktemp("county") / "home"
    shutil.copytree(demo_built.home, home)
    with leading_to(Built(demo_built.database, home)):
        yield home


@pytest.fixture
def demo_home(demo_built, tmp_path):
    """A home with the demo in it, for commands that run as processes of their own (SQLite)."""
    home = tmp_path / "home"
    shutil.copytree(demo_built.home, home)
    with (
        closing(sqlite3.connect(demo_built.database)) as source,
        closing(sqlite3.connect(home / "gongjian.sqlite3")) as copy,
    ):
        source.backup(copy)
    return home


@contextmanager
def leading_to(built):
    """Let the one connection of the tests lead to another database and home."""
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = built.database
    try:
        with override_settings(HOME=built.home, FILES=built.home / "files"):
            yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before
