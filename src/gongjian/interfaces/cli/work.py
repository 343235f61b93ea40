"""`gongjian work`: one job worker alone."""

from threading import Event
from typing import Any

from django.utils.translation import gettext as _

from gongjian.interfaces.cli.outcome import InstalledCommand
from gongjian.interfaces.jobs.worker import work


class Command(InstalledCommand):
    help = _("只跑后台作业，Ctrl-C 停")

    def handle(self, **_options: Any) -> None:
        self.stdout.write(_("后台作业已启动"))
        try:
            work(Event())
        except KeyboardInterrupt:
            self.stdout.write(_("后台作业已停"))
