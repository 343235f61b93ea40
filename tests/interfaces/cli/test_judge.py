"""`gongjian judge`: the lights as they follow from what was known by a day, nothing written."""

from decimal import Decimal

import pytest

from flow.bulletins.county import correct, local
from gongjian.flow.judgement.models import Verdict
from gongjian.foundation.records.models import LogEntry
from gongjian.interfaces.cli import judge
from gongjian.interfaces.cli.demo.data import table
from interfaces.cli.commands import Ended, run

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_county")]


def lights_of(period):
    """{metric: light} of the accepted reports of a period, as the demo's files say."""
    metrics = {row["code"]: row["metric"] for row in table("allotment")["target"]}
    return {
        metrics[target["code"]]: report["light"]
        for target in table("months")["target"]
        for report in target["reports"]
        if report["period"] == period and "light" in report
    }


def rows(day):
    return {row["target"]: row for row in run(judge, "--as-of", day, "--json").json}


@pytest.mark.parametrize(("day", "period"), [("2020-06-29", "2020-06"), ("2020-05-31", "2020-05")])
def test_judge_lights_the_period_that_had_opened_by_the_day(day, period):
    found = rows(day)

    reported = {metric: row["light"] for metric, row in found.items() if row["report"]}
    assert reported == lights_of(period)
    assert {row["period"] for row in found.values()} == {period}
    assert len(found) == 16


def test_judge_shows_the_arithmetic_of_the_light():
    new_contracts = rows("2020-06-29")["新签约项目"]

    assert new_contracts["light"] == "yellow"
    assert new_contracts["code"] == "6-1"
    assert new_contracts["sentence"] == (
        "6 月底应完成 75 个，实际 58 个，落后 11.3 个百分点（R2：落后百分点 ≥ 10）"
    )
    assert new_contracts["numbers"]["actual"] == "58.000000000"
    assert new_contracts["numbers"]["expected"] == "75.000000000"


def test_judge_calls_what_nobody_reported_grey_before_the_freeze():
    missing = {m: r for m, r in rows("2020-06-29").items() if r["report"] is None}

    assert set(missing) == {"工业总产值", "新立项项目", "新开工项目", "到位资金", "人才平台载体"}
    assert {row["light"] for row in missing.values()} == {"grey"}
    assert {row["numbers"]["actual"] for row in missing.values()} == {None}
    assert {row["sentence"] for row in missing.values()} == {"6 月期还没有采信的数"}


def test_judge_of_a_day_knows_no_correction_that_came_later():
    correct("新签约项目", "2020-05", Decimal(38), "重复签约", at=local(2020, 6, 20, 9))

    before, after = (rows(day)["新签约项目"] for day in ("2020-06-19", "2020-06-20"))

    assert [row["period"] for row in (before, after)] == ["2020-05", "2020-05"]
    assert [row["numbers"]["actual"] for row in (before, after)] == ["51.000000000", "38.000000000"]
    assert [row["light"] for row in (before, after)] == ["green", "yellow"]


def test_judge_without_a_day_is_that_of_the_demo_clock():
    assert run(judge, "--json") == run(judge, "--json", "--as-of", "2020-06-29")


def test_judge_prints_a_line_a_target_and_a_sum():
    printed = run(judge, "--as-of", "2020-06-29")

    assert printed.code == 0
    assert len(printed.lines) == 17
    assert printed.lines[8] == (
        "黄  6-1   新签约项目  "
        "6 月底应完成 75 个，实际 58 个，落后 11.3 个百分点（R2：落后百分点 ≥ 10）"
    )
    assert printed.lines[-1] == ("2020-06 期，按 2020-06-29 已采信的数：绿 8，黄 2，红 1，灰 5")


def test_judge_of_a_day_before_every_period_says_so():
    assert run(judge, "--as-of", "2020-03-01") == Ended(0, "2020-03-01 还没有可以亮灯的报告期。\n")
    assert run(judge, "--as-of", "2020-03-01", "--json").json == []


def test_judge_refuses_what_is_no_day():
    ended = run(judge, "--as-of", "June")

    assert (ended.code, ended.out) == (1, "")
    assert "日期写成 2020-06-29" in ended.err


def test_judge_writes_nothing():
    before = (Verdict.objects.count(), LogEntry.objects.count())

    run(judge, "--as-of", "2020-05-31")

    assert (Verdict.objects.count(), LogEntry.objects.count()) == before
