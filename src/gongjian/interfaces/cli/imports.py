"""`gongjian import`: a ledger tried without keeping anything, or written into the register."""

import gc
import json
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from gongjian.foundation.records.queries import is_set_up
from gongjian.interfaces.cli.nouns import NOUNS, Noun, Options, Stopped
from gongjian.lib.refusals import Refused

STOPPED = 130
TOLD = 3  # the exit of a ledger with rows that were refused or asked about


class Command(BaseCommand):
    help = _("导入台账；--dry-run 只试读，什么也不保存，没有数据库也能用")
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("kind", choices=sorted(NOUNS))
        parser.add_argument(
            "file",
            type=Path,
            help=_("xlsx、xlsm、xls、et、ods、csv、tsv、json 文件，或有表格的 docx、pdf、html"),
        )
        parser.add_argument("--by", default="", metavar="USERNAME", help=_("用谁的账号导入"))
        parser.add_argument("--dry-run", action="store_true", help=_("只读不存"))
        parser.add_argument("--json", action="store_true", help=_("结果写成 JSON"))
        parser.add_argument("--rows", type=Path, metavar="OUT.jsonl", help=_("逐行写到文件"))
        parser.add_argument(
            "--month", default="", metavar="YYYY-MM", help=_("money：表里没有月份栏时是哪个月")
        )
        parser.add_argument("--sheet", metavar="NAME", help=_("只读这张工作表"))
        parser.add_argument(
            "--map", action="append", default=[], metavar="COLUMN=FIELD",
            help=_("指定一栏是哪个字段，none 是不取；栏写表头、带上级的表头或栏号"),
        )  # fmt: skip
        parser.add_argument(
            "--answer", action="append", default=[], metavar="COLUMN=ANSWER",
            help=_(
                "回答一栏的问题：dmy、mdy、元、万元、亿元或年份；一栏问了两样时写明问题："
                "“栏!slip=万元”只管差一万倍的几行，“栏!currency=万元”只管外币，"
                "“栏!written=元”只管自己写了单位、又差一万倍的行；"
                "回答一行：“行号=new、skip 或项目代码”，有几张表时写“表名!行号”；"
                "回答一个名字：“sponsor!姓名=岗位”"
            ),
        )  # fmt: skip

    def handle(self, **options: Any) -> None:
        noun = NOUNS[options["kind"]]
        try:
            report = self.tried(noun, options) if options["dry_run"] else _kept(noun, options)
        except Refused as no:
            raise CommandError(f"{options['file']}: {no}", returncode=2) from no
        except Stopped as stopped:
            sentence = _(
                "已停下：写好的 %(rows)s 行留着，导入编号 %(run)s。再导同一份，只补没写的行。"
            ) % {"rows": stopped.rows, "run": stopped.run}
            raise CommandError(sentence, returncode=STOPPED) from stopped
        except KeyboardInterrupt as stopped:
            raise CommandError(_("已停下，什么也没有写。"), returncode=STOPPED) from stopped
        except (MemoryError, RecursionError) as much:
            sentence = _("文件太大或太复杂，没有读完。请拆成几份再读。")
            raise CommandError(f"{options['file']}: {sentence}", returncode=2) from much
        if options["json"]:
            text = json.dumps(report, ensure_ascii=False, indent=1) + "\n"
        else:
            text = "".join(line + "\n" for line in _told(report))
        self.stdout.write(text.encode(errors="backslashreplace").decode(), ending="")
        if not _is_clean(report):
            sys.stdout.flush()
            raise SystemExit(TOLD)

    def tried(self, noun: Noun, options: dict[str, Any]) -> dict[str, Any]:
        """Go through the file once, writing its rows as they come."""
        path: Path = options["file"]
        target: Path | None = options["rows"]
        if target is not None and target.resolve() == path.resolve():
            raise Refused("import.same-file", _("--rows 不能写到台账自己上面，请换一个文件名。"))
        gc.disable()  # the rows of a file hold no circles, and there are millions of them
        try:
            with path.open("rb") as file:
                return noun.tried(_options(options), file, lambda rows: _write(rows, target),
                                  against=is_set_up())  # fmt: skip
        except OSError as trouble:
            out = target is not None and trouble.filename == str(target)
            raise _unopened(trouble, out=out) from trouble
        finally:
            gc.enable()


def _kept(noun: Noun, options: dict[str, Any]) -> dict[str, Any]:
    """Write the file into the register, in this process."""
    if not options["by"]:
        raise Refused("import.by", _("请写明用谁的账号导入：--by 账号。只试读请加 --dry-run。"))
    if not is_set_up():
        raise Refused("import.no-database", _("还没有数据库。先初始化，或加 --dry-run 只试读。"))
    try:
        content = options["file"].read_bytes()
    except OSError as trouble:
        raise _unopened(trouble) from trouble
    return noun.kept(_options(options), content)


def _options(options: dict[str, Any]) -> Options:
    return Options(
        name=options["file"].name,
        by=options["by"],
        maps=tuple(options["map"]),
        says=tuple(options["answer"]),
        sheet=options["sheet"],
        month=options["month"],
    )


def _unopened(trouble: OSError, *, out: bool = False) -> Refused:
    sentence = _("结果文件写不了：%(why)s") if out else _("打不开：%(why)s")
    return Refused("import.file", sentence % {"why": trouble.strerror or str(trouble)})


def _is_clean(report: dict[str, Any]) -> bool:
    """Was nothing refused, and nothing asked?"""
    totals = report.get("totals", {})
    told = any(sheet["refused"] or sheet["asked"] for sheet in report["sheets"])
    return not told and not totals.get("refused") and not totals.get("asked")


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
        if "counts" in sheet:
            yield "  " + _sum(sheet["counts"])
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
    for row in report.get("given_back", []):
        yield _("退回或待答：%(sheet)s 第 %(row)s 行 %(reason)s") % row
    if "totals" in report:
        yield _sum(report["totals"])
    if "run" in report:
        yield _("已写入，导入编号 %(run)s") % {"run": report["run"]}


def _sum(counts: dict[str, int]) -> str:
    """Where every row went, as a sum that a person can check."""
    return (
        _(
            "%(rows_in)s 行 ＝ 新增 %(new)s ＋ 有变化 %(changed)s ＋ 无变化 %(same)s ＋ "
            "退回 %(refused)s ＋ 待答 %(asked)s ＋ 不是行 %(not_rows)s"
        )
        % counts
    )


def _groups(sheet: dict[str, Any]) -> Iterator[str]:
    for group in sheet["categories"]:
        counted = group["declared_count"]
        declared = _("未写") if counted is None else counted
        yield _("  分类 %(path)s：写 %(declared)s 个，数到 %(found)s 个") % {
            "path": group["path"], "declared": declared, "found": group["found_count"],
        }  # fmt: skip
    for name, value in sheet["sums"].items():
        yield _("  合计 %(name)s %(sum)s 元") % {"name": name, "sum": f"{Decimal(value):,}"}


def _choices(asked: dict[str, Any]) -> str:
    return _("（答 %(choices)s）") % {"choices": _("、").join(asked["choices"])} if (
        asked["choices"]
    ) else ""  # fmt: skip
