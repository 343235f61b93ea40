"""`gongjian import`: what a ledger gives, without a database and without keeping anything."""

import gc
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from gongjian.flow.projects.queries import DryRun, answers_from, read_ledger
from gongjian.lib.refusals import Refused

KINDS = ("projects",)
TOLD = 3  # the exit of a ledger with rows that were refused or asked about


class Command(BaseCommand):
    help = _("读项目台账：取哪些栏、哪些行，哪些要问、要退回；--dry-run 不用数据库，什么也不保存")
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", choices=KINDS)
        parser.add_argument(
            "file",
            type=Path,
            help=_("xlsx、xlsm、xls、et、ods、csv、tsv、json 文件，或有表格的 docx、pdf、html"),
        )
        parser.add_argument("--dry-run", action="store_true", help=_("只读不存（目前必填）"))
        parser.add_argument("--json", action="store_true", help=_("结果写成 JSON"))
        parser.add_argument("--rows", type=Path, metavar="OUT.jsonl", help=_("项目逐行写到文件"))
        parser.add_argument("--sheet", metavar="NAME", help=_("只读这张工作表"))
        parser.add_argument(
            "--map", action="append", default=[], metavar="COLUMN=FIELD",
            help=_("指定一栏是哪个字段，none 是不取；栏写表头、带上级的表头或栏号"),
        )  # fmt: skip
        parser.add_argument(
            "--answer", action="append", default=[], metavar="COLUMN=ANSWER",
            help=_("回答一栏的问题：dmy、mdy、元、万元、亿元或年份"),
        )  # fmt: skip

    def handle(self, **options: Any) -> None:
        if not options["dry_run"]:
            raise CommandError(_("目前只能试读，请加 --dry-run。"), returncode=2)
        try:
            run, report = self.read(options)
        except Refused as no:
            raise CommandError(f"{options['file']}: {no}", returncode=2) from no
        except (MemoryError, RecursionError) as much:
            sentence = _("文件太大或太复杂，没有读完。请拆成几份再读。")
            raise CommandError(f"{options['file']}: {sentence}", returncode=2) from much
        if options["json"]:
            text = json.dumps(report, ensure_ascii=False, indent=1) + "\n"
        else:
            text = "".join(line + "\n" for line in _told(report))
        self.stdout.write(text.encode(errors="backslashreplace").decode(), ending="")
        if not run.is_clean:
            sys.stdout.flush()
            raise SystemExit(TOLD)

    def read(self, options: dict[str, Any]) -> tuple[DryRun, dict[str, Any]]:
        """Go through the file once, writing its rows as they come."""
        answers = answers_from(options["map"], options["answer"])
        path: Path = options["file"]
        target: Path | None = options["rows"]
        if target is not None and target.resolve() == path.resolve():
            raise Refused("import.same-file", _("--rows 不能写到台账自己上面，请换一个文件名。"))
        gc.disable()  # the rows of a file hold no circles, and there are millions of them
        try:
            with path.open("rb") as file:
                run = read_ledger(path.name, file, answers, sheet=options["sheet"])
                _write(run.rows(), target)
        except OSError as trouble:
            out = target is not None and trouble.filename == str(target)
            sentence = _("结果文件写不了：%(why)s") if out else _("打不开：%(why)s")
            why = {"why": trouble.strerror or str(trouble)}
            raise Refused("import.file", sentence % why) from trouble
        finally:
            gc.enable()
        return run, run.report()


def _write(rows: Iterator[dict[str, Any]], target: Path | None) -> None:
    if target is None:
        for _row in rows:
            pass
        return
    encode = json.JSONEncoder(ensure_ascii=False).encode
    with target.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as out:
        for row in rows:
            out.write(encode(row) + "\n")


def _told(report: dict[str, Any]) -> Iterator[str]:
    """The report for a person at a terminal."""
    for warning in report["warnings"]:
        yield _("提示：%(what)s") % {"what": warning}
    for sheet in report["sheets"]:
        yield _("# 工作表 %(name)s") % {"name": sheet["name"] or "-"}
        yield "  " + sheet["accounts"]["sentence"]
        head = _("、").join(map(str, sheet["header_rows"])) or "-"
        unit, year = sheet["unit"] or _("没有写"), sheet["year"] or _("没有写")
        yield _("  表头在第 %(rows)s 行，单位 %(unit)s，年度 %(year)s") % {
            "rows": head, "unit": unit, "year": year,
        }  # fmt: skip
        for column in sheet["columns"]:
            field = column["field"] or "—"
            unit = f"（{column['unit']}）" if column["unit"] else ""
            title = column["header_path"] or _("（无表头）")
            yield f"  {column['letter']:>3}  {title} → {field}{unit}  {column['guess_reason']}"
        yield from _groups(sheet)
        for asked in sheet["asked"]:
            yield _("  要问：%(what)s") % {"what": asked["question"]} + _choices(asked)
        for refused in sheet["refused"]:
            yield _("  退回：第 %(row)s 行 %(reason)s") % refused
        for warning in sheet["warnings"]:
            yield _("  提示：%(what)s") % {"what": warning}


def _groups(sheet: dict[str, Any]) -> Iterator[str]:
    for group in sheet["categories"]:
        counted = group["declared_count"]
        declared = _("未写") if counted is None else counted
        yield _("  分类 %(path)s：写 %(declared)s 个，数到 %(found)s 个") % {
            "path": group["path"], "declared": declared, "found": group["found_count"],
        }  # fmt: skip
    for name, value in sheet["sums"].items():
        yield _("  合计 %(name)s %(sum)s 元") % {"name": name, "sum": f"{float(value):,.2f}"}


def _choices(asked: dict[str, Any]) -> str:
    return _("（答 %(choices)s）") % {"choices": _("、").join(asked["choices"])} if (
        asked["choices"]
    ) else ""  # fmt: skip
