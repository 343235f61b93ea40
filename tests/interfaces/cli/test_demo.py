"""`gongjian demo` where it was interrupted, and where it has no business."""

import json

import pytest

from gongjian.foundation.records.models import LogEntry
from gongjian.interfaces.cli import demo
from gongjian.interfaces.cli.demo.command import alone
from interfaces.cli.commands import gongjian, run, started
from interfaces.web.people import a_real_house


def test_demo_interrupted_is_cleared_and_filled_again(tmp_path):
    home = tmp_path / "home"
    with started("demo", "--fill-only", home=home) as half:
        for line in half.stdout:
            if "已建" in line:  # the units and accounts, not yet the plan
                break
        half.kill()
    before = (home / "demo-accounts.json").exists()

    again = gongjian("demo", "--fill-only", home=home)

    accounts = home / "demo-accounts.json"
    assert not before
    assert (again.code, again.err) == (0, "")
    assert f"上次建演示县没有建完，清掉重新建：{home}" in again.out
    assert len(json.loads(accounts.read_text("utf-8"))) > 40
    assert accounts.stat().st_mode & 0o777 == 0o600
    assert list(home.glob(".demo-accounts*")) == []
    assert gongjian("audit", "verify", home=home).code == 0
    assert gongjian("doctor", home=home).code == 0


@pytest.mark.django_db(transaction=True)
def test_demo_never_clears_a_real_installation(tmp_path, settings):
    settings.HOME, settings.FILES = tmp_path, tmp_path / "files"
    a_real_house()
    kept = settings.FILES / "ab" / "kept"
    kept.parent.mkdir(parents=True)
    kept.write_bytes(b"kept")

    ended = run(demo, "--fill-only")

    assert (ended.code, ended.err) == (
        1,
        "这个目录里是正式安装，不能当演示县用。请换一个 GONGJIAN_HOME。",
    )
    assert kept.read_bytes() == b"kept"
    assert (tmp_path / "audit-anchor.log").exists()
    assert LogEntry.objects.count() == 1


@pytest.mark.django_db
def test_demo_is_built_by_one_start_at_a_time(tmp_path, settings):
    settings.HOME, settings.FILES = tmp_path, tmp_path / "files"

    with alone(tmp_path):
        ended = run(demo, "--fill-only")

    assert (ended.code, ended.err) == (1, "另一个窗口正在建这个演示县，等它建完再打开。")
    assert not LogEntry.objects.exists()
