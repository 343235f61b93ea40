"""`gongjian audit verify|tables`: the proof of the log, and what it covers."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from gongjian.foundation.files.queries import broken_files
from gongjian.foundation.records.queries import Finding, audit_findings, protected_tables
from gongjian.interfaces.cli.outcome import end_with


class Command(BaseCommand):
    help = "日志校验"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["verify", "tables"])
        parser.add_argument("--json", action="store_true")

    def handle(self, **options: Any) -> None:
        if options["what"] == "tables":
            self.tables(as_json=options["json"])
        else:
            self.verify(as_json=options["json"])

    def tables(self, *, as_json: bool) -> None:
        covered = protected_tables()
        if as_json:
            self.stdout.write(json.dumps(covered, ensure_ascii=False, indent=1))
            return
        for table, columns in covered.items():
            self.stdout.write(f"{table}: {', '.join(columns)}")

    def verify(self, *, as_json: bool) -> None:
        """One line a finding, exit 1; nothing wrong, exit 0."""
        lines = [_phrase(finding) for finding in audit_findings()]
        lines += [
            _("文件 %(key)s 的内容被改动或不在了（%(code)s）") % {"key": key, "code": code}
            for key, code in broken_files()
        ]
        if as_json:
            self.stdout.write(json.dumps(lines, ensure_ascii=False, indent=1))
        else:
            for line in lines or [_("日志和受保护的表都没有发现问题。")]:
                self.stdout.write(line)
        end_with(bool(lines))


def _phrase(finding: Finding) -> str:
    sentences = {
        "entries-removed": _("日志第 %(row)s 条起有缺失"),
        "entry-altered": _("日志第 %(row)s 条被改动"),
        "row-without-entry": _("日志第 %(row)s 条不在了，但它涉及的记录还在"),
        "head-altered": _("日志链首和最后一条对不上"),
        "anchor-missing": _("库外的链尾记录不在了"),
        "entries-cut-or-rewritten": _("日志第 %(row)s 条和库外的链尾记录对不上：被截断或改写"),
        "row-inserted": _("%(table)s 第 %(row)s 行没有写入日志：绕过系统插入"),
        "row-altered": _("%(table)s 第 %(row)s 行和日志对不上：绕过系统改动"),
        "row-removed": _("%(table)s 第 %(row)s 行不在了：绕过系统删除"),
    }
    return sentences[finding.code] % {"table": finding.table, "row": finding.row}
