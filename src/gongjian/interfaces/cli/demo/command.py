"""`gongjian demo`: fill the demo county by running the main job, and open the product."""

import fcntl
import json
import os
import shutil
import tempfile
from argparse import ArgumentTypeError
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from gongjian.flow.projects.usecases import follow_register
from gongjian.foundation.orgs.queries import account
from gongjian.foundation.records.queries import ANCHOR, installation
from gongjian.foundation.records.usecases import move_clock
from gongjian.foundation.search.usecases import follow_log
from gongjian.interfaces.cli.demo.county import found_county
from gongjian.interfaces.cli.demo.duties import duty_events
from gongjian.interfaces.cli.demo.months import live_through
from gongjian.interfaces.cli.demo.past import past_events
from gongjian.interfaces.cli.demo.people import settle_people
from gongjian.interfaces.cli.demo.register import register_events
from gongjian.interfaces.cli.demo.terms import move_dates
from gongjian.interfaces.cli.demo.year import adopt_the_plan, assign_everything
from gongjian.interfaces.cli.server import run_server
from gongjian.interfaces.cli.upgrade import bring_up_to_date
from gongjian.interfaces.jobs.search import SOURCES
from gongjian.interfaces.request import real_now
from gongjian.lib.days import LOCAL, local_day

BEGIN = datetime(2020, 3, 20, 9, tzinfo=LOCAL)
ASSIGN = datetime(2020, 3, 20, 15, tzinfo=LOCAL)
CHANGED = datetime(2020, 6, 22, 9, tzinfo=LOCAL)
NOW = datetime(2020, 6, 29, 10, tzinfo=LOCAL)
PROJECTS = 300
ACCOUNTS = "demo-accounts.json"


class Command(BaseCommand):
    help = "建演示县并打开：示例方案 → 审核 → 责任 → 半年进度 → 亮灯"
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000, help="网页端口，默认 8000")
        parser.add_argument("--now", type=_moment, default=NOW, help="演示时钟，2020-06-29T10:00")
        parser.add_argument(
            "--projects",
            type=int,
            default=PROJECTS,
            help="登记多少个项目，默认 300；更多的照样子造",
        )
        parser.add_argument("--fill-only", action="store_true", help="只建数据，不打开网页")

    def handle(self, **options: Any) -> None:
        bring_up_to_date(self.say)
        with alone(Path(settings.HOME)):
            self.build(options["now"], projects=options.get("projects", PROJECTS))
        self.say(f"账号和密码：{Path(settings.HOME) / ACCOUNTS}")
        if not options["fill_only"]:
            run_server(port=options["port"], say=self.print_line)

    def build(self, now: datetime, *, projects: int) -> None:
        """Fill the county unless it is whole: the file of its accounts is written last."""
        there, accounts = installation(), Path(settings.HOME) / ACCOUNTS
        if there is not None and there.kind != there.Kind.DEMO:
            raise CommandError("这个目录里是正式安装，不能当演示县用。请换一个 GONGJIAN_HOME。")
        if there is not None and accounts.is_file():
            self.say(f"演示县已经建好：{settings.HOME}")
            return
        accounts.unlink(missing_ok=True)  # of a database that is gone: it would look whole
        if there is not None:
            self.say(f"上次建演示县没有建完，清掉重新建：{settings.HOME}")
            clear_demo()
        self.fill(now, projects=projects)

    def fill(self, now: datetime, *, projects: int) -> None:
        """The main job, from the plan document to the lights of June."""
        county = found_county(at=BEGIN)
        self.say(f"县、单位、账号已建：{len(county.units)} 个单位、{len(county.users)} 个账号")
        settle_people(county, at=BEGIN)
        campaign = adopt_the_plan(county, at=BEGIN, say=self.say)
        year = assign_everything(county, campaign, at=ASSIGN, say=self.say)
        acts = (
            *duty_events(county, year),
            *register_events(county, year, many=projects),
            *past_events(county),
        )
        live_through(county, year, beside=acts, at=ASSIGN, upto=now, say=self.say)
        office = account("office", on=local_day(now))
        if now >= CHANGED:
            move_dates(campaign, by=office, approver=county.users["principal2"], at=now)
        move_clock(now, by=office, at=now)
        follow_log(SOURCES)
        follow_register(at=now)
        self.keep_passwords(county.passwords)

    def keep_passwords(self, passwords: list[dict[str, str]]) -> None:
        """Write the accounts for their owner alone, whole or not at all."""
        home = Path(settings.HOME)
        handle, fresh = tempfile.mkstemp(dir=home, prefix=f".{ACCOUNTS}-")  # mode 600
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            json.dump(passwords, out, ensure_ascii=False, indent=1)
            out.flush()
            os.fsync(out.fileno())
        Path(fresh).rename(home / ACCOUNTS)

    def say(self, line: str) -> None:
        """A step of the filling, with the time it was done."""
        self.print_line(f"{real_now().astimezone(LOCAL):%H:%M:%S} {line}")

    def print_line(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()


@contextmanager
def alone(home: Path) -> Iterator[None]:
    """Let nobody else build here meanwhile; the lock goes with the process that holds it."""
    with (home / ".demo-lock").open("w", encoding="ascii") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as busy:
            raise CommandError("另一个窗口正在建这个演示县，等它建完再打开。") from busy
        yield


def clear_demo() -> None:
    """Empty a demo that was not filled to its end. The caller knows that it is a demo.

    The rows go last: as long as they are there, the next start clears again.
    """
    shutil.rmtree(settings.FILES, ignore_errors=True)
    (Path(settings.HOME) / ANCHOR).unlink(missing_ok=True)
    call_command("flush", interactive=False, verbosity=0)


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=LOCAL)
    except ValueError as wrong:
        raise ArgumentTypeError("时间写成 2020-06-29T10:00") from wrong
