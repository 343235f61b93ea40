"""How a command ends: 0 all well, 1 something was found, 2 it could not be done."""

import sys
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from gongjian.foundation.records.queries import is_reachable


class InstalledCommand(BaseCommand):
    """A command that asks the database; without one it says so and ends with 2."""

    requires_system_checks: list[str] = []

    def execute(self, *args: Any, **options: Any) -> str | None:
        if not is_reachable():
            sentence = _(
                "%(home)s 里没有可用的数据库：还没有建，或者连不上。新建用 gongjian demo 或 "
                "gongjian serve；结构旧了用 gongjian upgrade。"
            ) % {"home": settings.HOME}
            raise CommandError(sentence, returncode=2)
        return super().execute(*args, **options)


def write_out(path: Path, content: bytes) -> None:
    """Keep what was made where the command was told to; where that fails, end with 2."""
    try:
        path.write_bytes(content)
    except OSError as trouble:
        sentence = _("写不了 %(path)s：%(why)s") % {"path": path, "why": trouble.strerror}
        raise CommandError(sentence, returncode=2) from trouble


def end_with(found: bool) -> None:
    """Exit 1 where something was found; otherwise go on to the usual end."""
    if found:
        sys.stdout.flush()
        raise SystemExit(1)
