"""`gongjian upgrade`: bring the database to the shape this version needs."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _


def bring_up_to_date(say: Callable[[str], None]) -> None:
    """Make the home and apply what is missing of the migrations; quick where nothing is."""
    Path(settings.HOME).mkdir(parents=True, exist_ok=True, mode=0o700)
    say(_("数据库结构：检查并升级"))
    call_command("migrate", interactive=False, verbosity=0, skip_checks=True)


class Command(BaseCommand):
    help = _("升级数据库结构")
    requires_system_checks: list[str] = []

    def handle(self, **_options: Any) -> None:
        bring_up_to_date(self.stdout.write)
        self.stdout.write(_("数据库结构是最新的"))
