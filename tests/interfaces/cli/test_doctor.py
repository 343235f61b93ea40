"""`gongjian doctor`: findings end with 1, notices do not; caches are rebuilt from the facts."""

import os
import sqlite3
from contextlib import closing
from decimal import Decimal

import pytest

from gongjian.flow.judgement.models import Verdict
from gongjian.flow.progress.models import LatestAccepted, Report
from gongjian.foundation.records.models import Job
from gongjian.foundation.records.queries import ANCHOR
from gongjian.interfaces.cli import audit, doctor
from interfaces.cli.commands import Ended, gongjian, run

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_county")]

NOTICE = "提示：这是演示县，数据为示例，账号没有第二验证。"


def test_doctor_finds_nothing_wrong_with_the_demo_and_only_notices():
    assert run(doctor) == Ended(0, f"{NOTICE}\n没有发现问题。\n")


def a_wrong_cache():
    row = LatestAccepted.objects.order_by("pk").last()
    other = Report.objects.filter(state="accepted", target__isnull=False).exclude(pk=row.report_id)
    LatestAccepted.objects.filter(pk=row.pk).update(report=other.first())
    return row


def test_doctor_names_a_table_that_was_dropped_and_ends(tmp_path):
    home = tmp_path / "home"
    gongjian("upgrade", home=home)
    with closing(sqlite3.connect(home / "gongjian.sqlite3")) as database:
        database.execute("DROP TABLE gongjian_storedfile")

    ended = gongjian("doctor", home=home)

    assert (ended.code, ended.err) == (1, "")
    assert ended.out == "问题：表 gongjian_storedfile 不在了\n"


@pytest.fixture
def anchored(demo_county, django_capture_on_commit_callbacks):
    """Acts whose number is kept outside the database as after a commit, and taken back there."""
    path = demo_county / ANCHOR
    kept = path.read_bytes()
    yield lambda: django_capture_on_commit_callbacks(execute=True)
    path.write_bytes(kept)


def test_doctor_finds_a_wrong_cache_and_rebuilds_it(anchored):
    row = a_wrong_cache()

    found = run(doctor)
    with anchored():
        run(doctor, "--fix")
    fixed, after = run(doctor, "--fix"), run(doctor)

    assert found.code == 1
    assert found.lines == [
        "问题：日志校验发现 1 处不符，运行 gongjian audit verify 看明细",
        f"问题：最新采信缓存和采信记录不一致：目标 {row.target_id}，{row.period.key} 期。"
        "用 --fix 重建",
        NOTICE,
    ]
    assert fixed.code == 0
    assert fixed.lines[0] == "已重建最新采信 0 行，清理无主文件 0 个。"  # done the first time
    assert after.code == 0
    again = LatestAccepted.objects.get(target=row.target_id, period=row.period_id)
    assert (again.report_id, again.value) == (row.report_id, row.value)
    assert run(audit, "verify").code == 0


@pytest.mark.parametrize("take", ["row", "all"])
def test_doctor_rebuilds_a_cache_that_is_gone(take):
    kept = dict(LatestAccepted.objects.values_list("report_id", "value"))
    rows = LatestAccepted.objects.all()
    (rows if take == "all" else rows.filter(pk=rows.first().pk)).delete()

    fixed = run(doctor, "--fix")

    assert dict(LatestAccepted.objects.values_list("report_id", "value")) == kept
    # The rows were taken past the use-cases: that is still said.
    assert fixed.code == 1
    assert len(fixed.lines) == 3


def test_doctor_finds_a_light_that_is_not_what_the_figures_give():
    verdict = Verdict.objects.standing().filter(period__key="2020-06", light="yellow").first()
    Verdict.objects.filter(pk=verdict.pk).update(light="green")

    found = run(doctor)

    assert found.code == 1
    assert (
        f"问题：灯和重算结果不一致：目标 {verdict.target_id}，2020-06 期。用 --fix 重算"
        in found.lines
    )


def test_doctor_finds_an_altered_figure():
    Report.objects.filter(state="accepted", value=Decimal(58)).update(value=Decimal(61))

    found = run(doctor)

    assert found.code == 1
    assert found.lines[0].startswith("问题：日志校验发现 1 处不符")


@pytest.fixture
def content(demo_county):
    """One kept content, put back afterwards."""
    path = min((demo_county / "files").glob("??/*"))
    kept = path.read_bytes()
    yield path
    path.write_bytes(kept)


def test_doctor_finds_a_file_whose_content_is_gone(content):
    content.unlink()

    found = run(doctor)

    assert found.code == 1
    assert len(found.lines) == 2
    assert found.lines[0].endswith("的内容被改动或不在了（file.gone）")


def test_doctor_finds_a_file_whose_content_was_altered(content):
    content.write_bytes(b"other")

    found = run(doctor)

    assert found.code == 1
    assert found.lines[0].endswith("的内容被改动或不在了（file.altered）")


def test_doctor_finds_work_that_gave_up():
    Job.objects.filter(kind="judgement.freeze", key="2020-06").update(
        state="dead", reason="database is locked"
    )

    found = run(doctor)

    assert found == Ended(
        1, f"问题：作业 judgement.freeze 2020-06 停下了：database is locked\n{NOTICE}\n"
    )


def test_doctor_notices_contents_nobody_names_and_sweeps_the_old_ones(demo_county):
    folder = demo_county / "files" / "zz"
    folder.mkdir()
    old, young = folder / "old", folder / "young"
    for path in (old, young):
        path.write_bytes(b"left behind")
    os.utime(old, (0, 0))

    found, fixed = run(doctor), run(doctor, "--fix")

    assert found == Ended(0, f"{NOTICE}\n提示：有 2 个无主文件，用 --fix 清理。\n没有发现问题。\n")
    assert fixed.lines[0] == "已重建最新采信 0 行，清理无主文件 1 个。"
    assert (old.exists(), young.exists()) == (False, True)
    young.unlink()
    folder.rmdir()


def test_doctor_of_a_sound_county_changes_nothing_by_fixing():
    before = list(LatestAccepted.objects.order_by("pk").values_list("pk", "report_id"))

    assert run(doctor, "--fix").code == 0

    assert list(LatestAccepted.objects.order_by("pk").values_list("pk", "report_id")) == before
