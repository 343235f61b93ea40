"""`gongjian export duties`: the 责任清单 as JSON, CSV, Excel or official Word."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from gongjian.flow.duties.queries import (
    exported_list,
    list_csv,
    list_json,
    list_word,
    list_xlsx,
    only_unit,
)
from gongjian.flow.plan.queries import campaign_in_force
from gongjian.foundation.orgs.queries import unit_by_code
from gongjian.interfaces.cli.outcome import InstalledCommand, write_out
from gongjian.interfaces.request import today
from gongjian.lib.refusals import Refused

FORMATS = {"json": list_json, "csv": list_csv, "xlsx": list_xlsx, "docx": list_word}


class Command(InstalledCommand):
    help = _("导出责任清单：已印发的一版，或 --draft 现在的征求意见稿")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["duties"], help=_("导出什么：duties 责任清单"))
        parser.add_argument("--format", choices=sorted(FORMATS), required=True)
        parser.add_argument("--out", type=Path, required=True, help=_("写到哪个文件"))
        parser.add_argument("--unit", default="", help=_("只要一个单位的，写单位编码"))
        parser.add_argument("--draft", action="store_true", help=_("征求意见稿，按现在的责任"))

    def handle(self, **options: Any) -> None:
        campaign = campaign_in_force(today())
        if campaign is None:
            raise CommandError(_("还没有定稿的方案，没有责任清单可以导出。"), returncode=2)
        try:
            found = exported_list(
                campaign, on=today(), by=_("命令行"), draft=True if options["draft"] else None
            )
            if options["unit"]:
                found = only_unit(found, unit_by_code(options["unit"]))
        except Refused as no:
            raise CommandError(str(no), returncode=2) from no
        write_out(options["out"], FORMATS[options["format"]](found))
        self.stdout.write(
            _("%(title)s %(version)s，%(count)s 项")
            % {"title": found.title, "version": found.version, "count": len(found.lines)}
        )
