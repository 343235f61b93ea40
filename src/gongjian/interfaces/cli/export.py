"""`gongjian export duties|projects`: the 责任清单, or the register of projects, as files."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from gongjian.flow.duties.queries import (
    answering_for_projects,
    exported_list,
    list_csv,
    list_json,
    list_word,
    list_xlsx,
    only_unit,
)
from gongjian.flow.plan.models import Campaign
from gongjian.flow.plan.queries import campaign_in_force
from gongjian.flow.projects.queries import (
    ledger_objects,
    ledger_table,
    table_csv,
    table_json,
    table_xlsx,
)
from gongjian.flow.projects.usecases import note_export
from gongjian.foundation.orgs.queries import unit_by_code
from gongjian.interfaces.cli.outcome import InstalledCommand, write_out
from gongjian.interfaces.request import now, today
from gongjian.lib.refusals import Refused

DUTIES = {"json": list_json, "csv": list_csv, "xlsx": list_xlsx, "docx": list_word}
PROJECTS = ("json", "csv", "xlsx")


class Command(InstalledCommand):
    help = _("导出责任清单（已印发的一版，或 --draft 征求意见稿），或者项目台账")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "what",
            choices=["duties", "projects"],
            help=_("导出什么：duties 责任清单，projects 项目台账"),
        )
        parser.add_argument("--format", choices=sorted(DUTIES), required=True)
        parser.add_argument("--out", type=Path, required=True, help=_("写到哪个文件"))
        parser.add_argument("--unit", default="", help=_("责任清单只要一个单位的，写单位编码"))
        parser.add_argument("--draft", action="store_true", help=_("征求意见稿，按现在的责任"))

    def handle(self, **options: Any) -> None:
        campaign = campaign_in_force(today())
        if campaign is None:
            raise CommandError(_("还没有攻坚年，没有可以导出的。"), returncode=2)
        export: Callable[[Campaign, dict[str, Any]], str] = {
            "duties": self._duties,
            "projects": self._projects,
        }[options["what"]]
        self.stdout.write(export(campaign, options))

    def _duties(self, campaign: Campaign, options: dict[str, Any]) -> str:
        try:
            found = exported_list(
                campaign, on=today(), by=_("命令行"), draft=True if options["draft"] else None
            )
            if options["unit"]:
                found = only_unit(found, unit_by_code(options["unit"]))
        except Refused as no:
            raise CommandError(str(no), returncode=2) from no
        write_out(options["out"], DUTIES[options["format"]](found))
        return _("%(title)s %(version)s，%(count)s 项") % {
            "title": found.title,
            "version": found.version,
            "count": len(found.lines),
        }

    def _projects(self, campaign: Campaign, options: dict[str, Any]) -> str:
        form, day = options["format"], today()
        if form not in PROJECTS:
            raise CommandError(_("项目台账导出成 json、csv 或 xlsx。"), returncode=2)
        content, rows = _ledger(campaign, form, day)
        write_out(options["out"], content)
        note_export(campaign, form, rows, by=None, at=now())
        return _("%(name)s，%(count)s 个项目，截至 %(day)s") % {
            "name": campaign.name,
            "count": rows,
            "day": day.isoformat(),
        }


def _ledger(campaign: Campaign, form: str, day: date) -> tuple[bytes, int]:
    """The register in a form, and how many projects it holds."""
    answers = answering_for_projects(campaign, on=day)
    objects = ledger_objects(campaign, known_at=now(), answering=answers)
    table = ledger_table(campaign, objects, on=day, by=_("命令行"))
    if form == "json":
        return table_json(table, named="projects", objects=objects), len(objects)
    return {"csv": table_csv, "xlsx": table_xlsx}[form](table), len(objects)
