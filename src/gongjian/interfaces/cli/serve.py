"""`gongjian serve`: the web workers and one job worker."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from gongjian.foundation.orgs.queries import anybody_registered
from gongjian.interfaces.cli.server import HOST, run_server
from gongjian.interfaces.cli.upgrade import bring_up_to_date
from gongjian.interfaces.request import first_run_code


class Command(BaseCommand):
    help = _("启动网页和后台作业")
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default=HOST, help=_("监听地址，默认只在本机"))
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--no-worker", action="store_true", help=_("不启动后台作业"))

    def handle(self, **options: Any) -> None:
        bring_up_to_date(self.stdout.write)
        if not anybody_registered():
            code = _("首次运行口令（网页上设三个管理员时填）：%(code)s")
            self.stdout.write(code % {"code": first_run_code()})
        run_server(
            port=options["port"],
            host=options["host"],
            say=self.stdout.write,
            worker=not options["no_worker"],
        )
