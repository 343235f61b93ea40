"""`gongjian bulletin`: the progress bulletin of a period, as Word, with its figures as JSON."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from gongjian.flow.bulletins.queries import (
    bulletin_facts,
    bulletin_word,
    facts_as_json,
    written_bulletin,
)
from gongjian.flow.plan.queries import campaign_of_year
from gongjian.flow.progress.queries import period_by_key
from gongjian.interfaces.cli.outcome import InstalledCommand, write_out
from gongjian.interfaces.request import now
from gongjian.lib.refusals import Refused


class Command(InstalledCommand):
    help = _("写一期进展情况通报；同一快照写多少次都一字不差")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--period", required=True, help=_("报告期，如 2020-06"))
        parser.add_argument("--out", type=Path, required=True, help=_("Word 文件"))
        parser.add_argument("--facts", type=Path, help=_("每个数字的来历（JSON）"))

    def handle(self, **options: Any) -> None:
        at = now()
        try:
            period = period_by_key(options["period"])
            campaign = campaign_of_year(period.first_day.year)
        except Refused as no:
            raise CommandError(str(no), returncode=2) from no
        if campaign is None:
            raise CommandError(_("还没有定稿的方案，没有可以通报的内容。"), returncode=2)
        written = written_bulletin(bulletin_facts(campaign, period, at=at))
        write_out(options["out"], bulletin_word(written, at=at))
        if options["facts"]:
            facts = facts_as_json(written.figures)
            text = json.dumps(facts, ensure_ascii=False, indent=1)
            write_out(options["facts"], text.encode())
        self.stdout.write(
            _("%(title)s（%(basis)s），%(count)s 个数字")
            % {"title": written.title, "basis": written.basis, "count": len(written.figures)}
        )
