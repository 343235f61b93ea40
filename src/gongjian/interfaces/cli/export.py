"""`gongjian export duties|plan|projects`: the 责任清单, the plan, the register, as files."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from gongjian.flow.duties.queries import (
    answering_for_projects,
    breakdown_content,
    breakdown_table,
    exported_list,
    list_csv,
    list_json,
    list_word,
    list_xlsx,
    only_unit,
)
from gongjian.flow.plan.models import Campaign
from gongjian.flow.plan.queries import campaign_in_force
from gongjian.flow.progress.queries import basis_named
from gongjian.flow.projects.queries import (
    FORMS,
    LAYOUTS,
    ExportAsked,
    export_file,
    objects_in_batches,
)
from gongjian.flow.projects.usecases import note_export
from gongjian.foundation.orgs.queries import unit_by_code
from gongjian.interfaces.cli.outcome import InstalledCommand, write_out
from gongjian.interfaces.request import here, now, today
from gongjian.lib.refusals import Missing, Refused

DUTIES = {"json": list_json, "csv": list_csv, "xlsx": list_xlsx, "docx": list_word}

USUAL: dict[str, Any] = {"unit": "", "draft": False, "layout": "", "snapshot": "", "money": "wan"}
OPTIONS = {
    "unit": ("duties",),
    "draft": ("duties",),
    "layout": ("projects",),
    "snapshot": ("duties", "plan", "projects"),
    "money": ("projects",),
}


class Command(InstalledCommand):
    help = _("导出责任清单（已印发的一版，或 --draft 征求意见稿）、任务分解表，或者项目")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "what",
            choices=["duties", "plan", "projects"],
            help=_("导出什么：duties 责任清单，plan 任务分解表，projects 项目"),
        )
        parser.add_argument("--format", choices=sorted(FORMS), required=True)
        parser.add_argument("--out", type=Path, required=True, help=_("写到哪个文件"))
        parser.add_argument("--unit", default="", help=_("责任清单只要一个单位的，写单位编码"))
        parser.add_argument("--draft", action="store_true", help=_("征求意见稿，按现在的责任"))
        parser.add_argument(
            "--layout",
            choices=sorted(LAYOUTS),
            default="",
            help=_(
                "项目的正式样式：ledger 台账，sponsors 包靠，permits 手续，started 开工，"
                "finished 竣工"
            ),
        )
        parser.add_argument(
            "--snapshot", default="", help=_("按哪次快照，如 S-2020-06；不写是实时")
        )
        parser.add_argument(
            "--money", choices=["wan", "yi"], default="wan", help=_("正式样式的金额单位")
        )

    def handle(self, **options: Any) -> None:
        campaign = campaign_in_force(today())
        if campaign is None:
            raise CommandError(_("还没有攻坚年，没有可以导出的。"), returncode=2)
        export: Callable[[Campaign, dict[str, Any]], str] = {
            "duties": self._duties,
            "plan": self._plan,
            "projects": self._projects,
        }[options["what"]]
        _check_fits(options)
        try:
            self.stdout.write(export(campaign, options))
        except (Refused, Missing) as no:
            raise CommandError(str(no), returncode=2) from no

    def _duties(self, campaign: Campaign, options: dict[str, Any]) -> str:
        if options["format"] not in DUTIES:
            raise CommandError(_("责任清单导出成 json、csv、xlsx 或 docx。"), returncode=2)
        found = exported_list(
            campaign,
            on=today(),
            by=_("命令行"),
            draft=True if options["draft"] else None,
            basis=basis_named(options["snapshot"], at=now()),
        )
        if options["unit"]:
            found = only_unit(found, unit_by_code(options["unit"]))
        write_out(options["out"], DUTIES[options["format"]](found))
        form, rows = options["format"], len(found.lines)
        note_export(campaign, f"duties.{form}", rows, by=None, at=now())
        return _("%(title)s %(version)s，%(count)s 项") % {
            "title": found.title,
            "version": found.version,
            "count": len(found.lines),
        }

    def _plan(self, campaign: Campaign, options: dict[str, Any]) -> str:
        form = options["format"]
        if form == "oc4ids":
            raise CommandError(_("任务分解表导出成 json、csv、xlsx 或 docx。"), returncode=2)
        basis = basis_named(options["snapshot"], at=now())
        table = breakdown_table(campaign, basis=basis, by=_("命令行"))
        content = breakdown_content(campaign, table, form)
        write_out(options["out"], content)
        note_export(campaign, f"plan.{form}", len(table.rows), by=None, at=now())
        return _("%(title)s，%(count)s 行") % {"title": table.title, "count": len(table.rows)}

    def _projects(self, campaign: Campaign, options: dict[str, Any]) -> str:
        layout = options["layout"] or ("ledger" if options["format"] == "docx" else "")
        asked = ExportAsked(
            form=options["format"],
            basis=basis_named(options["snapshot"], at=now()),
            layout=layout,
            unit=options["money"],
        ).checked()
        batches = objects_in_batches(campaign, asked, answering_for_projects)
        objects = [one for batch in batches for one in batch]
        place = here()
        made = export_file(
            campaign, objects, asked, by=_("命令行"), maker=place.place if place else ""
        )
        write_out(options["out"], made.content)
        form = f"{layout}.{asked.form}" if layout else asked.form
        note_export(campaign, form, made.rows, by=None, at=now())
        return _("%(name)s，%(count)s 个项目，%(rows)s 行，截至 %(day)s，%(basis)s") % {
            "name": campaign.name,
            "count": len(objects),
            "rows": made.rows,
            "day": asked.basis.as_of.isoformat(),
            "basis": asked.basis.words,
        }


def _check_fits(options: dict[str, Any]) -> None:
    """Whether every option that was given says something of what is exported; else end with 2."""
    what = options["what"]
    given = [name for name, usual in USUAL.items() if options[name] != usual]
    if strange := [f"--{name}" for name in given if what not in OPTIONS[name]]:
        sentence = _("%(options)s 对 %(what)s 没有意义，去掉再导出。")
        said = {"options": "、".join(strange), "what": what}
        raise CommandError(sentence % said, returncode=2)
    if what == "projects" and options["layout"] and options["format"] not in ("xlsx", "docx"):
        raise CommandError(_("正式样式只有 xlsx 和 docx。"), returncode=2)
    if options["money"] == "yi" and options["format"] != "docx" and not options["layout"]:
        raise CommandError(_("--money 只用于正式样式，加上 --layout。"), returncode=2)
