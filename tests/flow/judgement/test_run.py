"""Whole years of one target: what a month owes to those before it and those after."""

import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from uuid import uuid4

import pytest

import gongjian.flow.judgement
from gongjian.engine.lights import Light
from gongjian.engine.packs import rule_pack
from gongjian.flow.judgement.queries.run import Run
from gongjian.flow.plan.models import TargetValue
from gongjian.flow.plan.queries import TargetRow
from gongjian.flow.progress.models import Period
from gongjian.lib.days import at_local

FOLDER = Path(gongjian.flow.judgement.__file__).parent
PACK = rule_pack(tomllib.loads((FOLDER / "zhucheng_default.toml").read_text()))
SIGNED = TargetRow(
    pk=1, uid=uuid4(), code="6-1", metric="新签约项目", qualifier="", kind="flow",
    comparator=">=", value=Decimal(150), value_max=None, base_value=None, unit="个",
    factor=Decimal(1), decimals=0, deadline=date(2020, 12, 31), trajectory="LINEAR_MONTH",
    sentence="", definition="", document=None, adopted_at=None,
)  # fmt: skip


def period(month):
    first = date(2020, month, 1)
    last = date(2020 + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    freezes = at_local(last + timedelta(days=1), 18)
    return Period(key=f"2020-{month:02}", first_day=first, last_day=last, freezes_at=freezes)


def year(values, target=SIGNED, *, terms=None, late=(), open_from=13):
    """Letters a month: the light first given, and the one it has now where that is another."""
    held = terms or [TargetValue(value=target.value, valid_from=date(2020, 1, 1))]
    run = Run([target], {target.pk: held})
    known = {
        (target.pk, f"2020-{month:02}"): None if value is None else Decimal(value)
        for month, value in enumerate(values, start=1)
    }
    for month in range(1, len(values) + 1):
        run.judge(period(month), known, PACK, frozen=month < open_from)
    said = []
    for lit in run.lit(lambda _target, of: of.key in late):
        first, now = (Light(light[0]).name for light in (lit.first, lit.now))
        said.append(first if first == now else f"{first}→{now}")
    return said


@pytest.mark.parametrize(
    ("values", "lights"),
    [
        pytest.param([13, 25, 38, 50, 63, 75], ["GREEN"] * 6, id="按序时"),
        pytest.param([0, 0, 38], ["RED→YELLOW", "RED→YELLOW", "GREEN"], id="补齐是黄不是绿"),
        pytest.param([0, 0, 15], ["RED→YELLOW", "RED", "RED"], id="只补到1月的数"),
        pytest.param([150, None, None], ["GREEN", "YELLOW", "RED"], id="先报多的不能抵未报"),
        pytest.param(
            [13, None, None, 50], ["GREEN", "YELLOW", "RED→YELLOW", "GREEN"], id="未报后补上"
        ),
        pytest.param(
            [13, 25, 38, 34, 45, 56, 66, 77],
            ["GREEN", "GREEN", "GREEN", "YELLOW", "RED→YELLOW", "RED→YELLOW", "RED", "RED"],
            id="连续黄灯差距不缩小一直是红",
        ),
    ],
)
def test_a_year_of_a_climb(values, lights):
    assert year(values) == lights


def test_a_limit_once_passed_is_red_and_stays_so():
    accidents = replace(SIGNED, comparator="<=", value=Decimal(20))

    assert year([1, 3, 5, 6, 18], accidents)[-1] == "RED"
    assert year([10, 10, 10, 10], accidents)[0] == "RED"


def test_a_target_counts_by_the_value_it_had_then():
    half = TargetValue(value=150, valid_from=date(2020, 1, 1), valid_to=date(2020, 7, 1))
    rest = TargetValue(value=300, valid_from=date(2020, 7, 1))

    lights = year([13, 25, 38, 50, 63, 75, 88], terms=[half, rest])

    assert lights[5:] == ["GREEN", "RED"]


def test_a_target_adopted_later_missed_nothing_before():
    adopted = replace(SIGNED, adopted_at=datetime(2020, 5, 20, tzinfo=UTC))

    assert year([None, None, None, None, None, 75], adopted) == [
        "GREY", "GREY", "GREY", "GREY", "YELLOW", "GREEN",
    ]  # fmt: skip


def test_a_report_that_came_late_is_yellow_at_best():
    assert year([13, 25, 38], late=("2020-02",)) == ["GREEN", "GREEN→YELLOW", "GREEN"]


def test_a_target_due_in_june_is_due_whole_by_then():
    by_june = replace(SIGNED, deadline=date(2020, 6, 30))

    assert year([25, 50, 75, 100, 125, 76], by_june)[-1] == "RED"
    assert year([25, 50, 75, 100, 125, 150], by_june)[-1] == "GREEN"


def test_a_target_of_a_later_year_is_not_due_yet():
    assert year([1], replace(SIGNED, deadline=date(2022, 12, 31))) == ["GREY"]


def test_what_is_done_or_not_is_red_once_its_day_is_long_past():
    paper = replace(SIGNED, kind="done", value=Decimal(1), deadline=date(2020, 3, 31))

    assert year([None, None, None, None, None], paper)[3:] == ["RED", "RED"]
    assert year([None, None, 1], paper) == ["GREY", "GREY", "GREEN"]


def test_before_the_freeze_nothing_is_missed():
    assert year([13, 25, None], open_from=3) == ["GREEN", "GREEN", "GREY"]
