"""`gongjian doctor`: is this installation in order? Findings end with 1, notices do not."""

from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gongjian.flow.judgement.queries.checks import stale_verdicts
from gongjian.flow.judgement.usecases import judge_period
from gongjian.flow.progress.queries import CACHE_TABLES, wrong_latest
from gongjian.flow.progress.usecases import rebuild_latest
from gongjian.flow.projects.queries import wrong_lines, wrong_sums
from gongjian.flow.projects.usecases import rebuild_register
from gongjian.foundation.files.queries import broken_files, orphans
from gongjian.foundation.files.usecases import sweep_orphans
from gongjian.foundation.records.queries import (
    audit_findings,
    dead_jobs,
    installation,
    is_behind,
    is_demo,
    is_reachable,
    missing_tables,
    phrase_finding,
)
from gongjian.foundation.search.queries import acts_behind
from gongjian.foundation.search.usecases import rebuild_search, wrong_entries
from gongjian.interfaces.cli.outcome import end_with
from gongjian.interfaces.jobs.search import SOURCES
from gongjian.interfaces.request import now, real_now


class Command(BaseCommand):
    help = _("体检：数据库、日志、文件、缓存、作业、设置")
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--fix", action="store_true", help=_("重建缓存、清理无主文件"))

    def handle(self, **options: Any) -> None:
        if not is_reachable() or is_behind():
            self.stdout.write(_("数据库还没有建，或者结构旧了。运行 gongjian upgrade。"))
            end_with(True)
        if dropped := missing_tables():
            for finding in dropped:
                self.stdout.write(_("问题：%(line)s") % {"line": phrase_finding(finding)})
            end_with(True)
        if options["fix"]:
            self.fix()
        findings = list(_findings())
        for line in findings:
            self.stdout.write(_("问题：%(line)s") % {"line": line})
        for line in _notices():
            self.stdout.write(_("提示：%(line)s") % {"line": line})
        if not findings:
            self.stdout.write(_("没有发现问题。"))
        end_with(bool(findings))

    def fix(self) -> None:
        """Caches are rebuilt from what was accepted; contents no row names are swept.

        Not while the log names a row that is no cache: to write beside it would bury the trace.
        """
        if any(finding.table not in CACHE_TABLES for finding in audit_findings()):
            self.stdout.write(_("日志校验有发现，先查清再修；这次什么也没有改。"))
            return
        rebuilt = rebuild_latest(at=now())
        for key in {period for _target, period in stale_verdicts(at=now())}:
            judge_period(key, at=now())
        rebuild_search(SOURCES)
        rebuild_register(at=now())
        swept = sweep_orphans(at=real_now())
        self.stdout.write(
            _("已重建最新采信 %(rebuilt)s 行，清理无主文件 %(swept)s 个。")
            % {"rebuilt": rebuilt, "swept": swept}
        )


def _findings() -> Iterator[str]:
    wrong = len(audit_findings())
    if wrong:
        yield ngettext(
            "日志校验发现 %(count)s 处不符，运行 gongjian audit verify 看明细",
            "日志校验发现 %(count)s 处不符，运行 gongjian audit verify 看明细",
            wrong,
        ) % {"count": wrong}
    for key, code in broken_files():
        yield _("文件 %(key)s 的内容被改动或不在了（%(code)s）") % {"key": key, "code": code}
    for target, period in wrong_latest():
        yield _("最新采信缓存和采信记录不一致：目标 %(target)s，%(period)s 期。用 --fix 重建") % {
            "target": target,
            "period": period,
        }
    for target, period in stale_verdicts(at=now()):
        yield _("灯和重算结果不一致：目标 %(target)s，%(period)s 期。用 --fix 重算") % {
            "target": target,
            "period": period,
        }
    if not acts_behind():
        for source, count in wrong_entries(SOURCES).items():
            yield _("查找索引和记录不一致：%(source)s %(count)s 条。用 --fix 重建") % {
                "source": source,
                "count": count,
            }
    if count := len(wrong_lines(at=now())):
        yield _("项目台账和记录不一致：%(count)s 个项目。用 --fix 重建") % {"count": count}
    if wrong_sums():
        yield _("项目台账的合计和各行不一致。用 --fix 重建")
    for kind, name, reason in dead_jobs():
        yield _("作业 %(kind)s %(name)s 停下了：%(reason)s") % {
            "kind": kind,
            "name": name,
            "reason": reason,
        }


def _notices() -> Iterator[str]:
    there = installation()
    if there is None:
        yield _("还没有初始化。运行 gongjian serve，按提示设三个管理员。")
    elif there.one_person:
        yield _("三个管理员由一人兼任，权限没有分开。")
    if is_demo():
        yield _("这是演示县，数据为示例，账号没有第二验证。")
    if behind := acts_behind():
        yield _("查找索引比日志晚 %(count)s 件，后台作业运行时会跟上。") % {"count": behind}
    left = len(orphans())
    if left:
        yield _("有 %(count)s 个无主文件，用 --fix 清理。") % {"count": left}
