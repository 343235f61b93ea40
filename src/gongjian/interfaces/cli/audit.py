"""`gongjian audit verify|tables|access`: the proof of the log, what it covers, who gets in."""

import json
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from gongjian.foundation.files.queries import broken_files
from gongjian.foundation.records.queries import audit_findings, phrase_finding, protected_tables
from gongjian.foundation.records.usecases import scratch_installation
from gongjian.interfaces.cli.access.report import access_report, quiet
from gongjian.interfaces.cli.outcome import InstalledCommand, end_with


class Command(InstalledCommand):
    help = _("日志校验")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=["verify", "tables", "access"])
        parser.add_argument("--json", action="store_true")

    def handle(self, **options: Any) -> None:
        if options["what"] == "tables":
            self.tables(as_json=options["json"])
        elif options["what"] == "access":
            self.access(as_json=options["json"])
        else:
            self.verify(as_json=options["json"])

    def tables(self, *, as_json: bool) -> None:
        covered = protected_tables()
        if as_json:
            self.stdout.write(json.dumps(covered, ensure_ascii=False, indent=1))
            return
        for table, columns in covered.items():
            self.stdout.write(f"{table}: {', '.join(columns)}")

    def access(self, *, as_json: bool) -> None:
        """Every address × role × unit, in a county made in memory; a difference ends with 1.

        The installation is neither asked nor written: what is tried is this version of the house.
        """
        with quiet(), scratch_installation():
            found = access_report()
        if as_json:
            self.stdout.write(json.dumps(found.as_json(), ensure_ascii=False, indent=1))
        else:
            for line in found.lines():
                self.stdout.write(line)
        end_with(not found.right)

    def verify(self, *, as_json: bool) -> None:
        """One line a finding, exit 1; nothing wrong, exit 0."""
        lines = [phrase_finding(finding) for finding in audit_findings()]
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
