"""A database and a home of their own, for what must not touch those of the installation."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.management import call_command
from django.db import connections, transaction
from django.test.utils import override_settings

MEMORY = {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}


@contextmanager
def scratch_installation() -> Iterator[None]:
    """Everything inside reads and writes an empty database in memory, and files in a folder that
    goes afterwards; the installation's own are not opened.
    """
    own, settings = connections["default"], connections.settings["default"]
    connections.settings["default"] = {**settings, **MEMORY, "OPTIONS": {}}
    connections["default"] = connections.create_connection("default")
    try:
        with TemporaryDirectory() as home:
            files = Path(home) / "files"
            files.mkdir()
            with override_settings(HOME=Path(home), FILES=files):
                call_command("migrate", verbosity=0)
                yield
    finally:
        connections["default"].close()
        connections.settings["default"] = settings
        connections["default"] = own


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is written inside is gone afterwards. For an installation of scratch alone."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
