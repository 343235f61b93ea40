"""Commands as people type them: in this process on the test database, or as one of their own."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from django.core.management import CommandError, call_command

GONGJIAN = "from gongjian.config.console import main; main()"
SRC = Path(__file__).parents[3] / "src"


@dataclass(frozen=True, slots=True)
class Ended:
    """What a command printed, and how it ended."""

    code: int
    out: str
    err: str = ""

    @property
    def json(self):
        return json.loads(self.out)

    @property
    def lines(self):
        return self.out.splitlines()


def run(module, *words):
    """A command of interfaces/cli on the database of the test."""
    out, err, code = StringIO(), "", 0
    try:
        call_command(module.Command(stdout=out), *words)
    except SystemExit as end:
        code = end.code
    except CommandError as no:
        code, err = no.returncode, str(no)
    return Ended(code, out.getvalue(), err)


def gongjian(*words, home):
    """A process of its own in a home of its own."""
    done = subprocess.run(
        [sys.executable, "-c", GONGJIAN, *map(str, words)],
        env=surroundings(home), capture_output=True, text=True, timeout=180, check=False,
    )  # fmt: skip
    return Ended(done.returncode, done.stdout, done.stderr)


def started(*words, home, **more):
    """A command that runs on, for a test that stops it."""
    return subprocess.Popen(
        [sys.executable, "-c", GONGJIAN, *map(str, words)],
        env=surroundings(home), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        **more,
    )  # fmt: skip


def surroundings(home):
    ours = ("GONGJIAN_DATABASE", "DJANGO_SETTINGS_MODULE")
    kept = {name: value for name, value in os.environ.items() if name not in ours}  # noqa: TID251
    return kept | {"GONGJIAN_HOME": str(home), "PYTHONPATH": str(SRC), "PYTHONWARNINGS": "default"}
