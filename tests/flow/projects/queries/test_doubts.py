"""What is odd about the register, said in sentences that ask."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongjian.flow.projects.models import Project, StageEvidence
from gongjian.flow.projects.queries import project_doubts
from gongjian.flow.projects.usecases import (
    PlannedMonths,
    ProjectWords,
    YearWords,
    change_project,
    plan_months,
    register_projects,
)
from gongjian.lib.days import LOCAL
from small_county import BEGIN, JUNE

WAN = Decimal(10_000)
DECEMBER = datetime(2020, 12, 31, 20, tzinfo=LOCAL)


@pytest.fixture
def started(register):
    register.reached(register.mill, "signed", date(2020, 1, 5))
    register.reached(register.mill, "established", date(2020, 1, 8))
    register.reached(register.mill, "started", date(2020, 1, 20))
    return register


def asked(register, at=DECEMBER):
    found = project_doubts(register.campaign, as_of=date(2020, 12, 31), known_at=at)
    return {
        (doubt.code, doubt.month): doubt.sentence
        for doubt in found
        if doubt.project == register.mill.pk
    }


def test_a_calm_register_raises_no_doubt(started):
    started.paid(started.mill, "2020-02", done=900 * WAN)
    started.paid(started.mill, "2020-03", done=1000 * WAN)

    assert asked(started) == {}


def test_a_spike_names_the_month_and_what_it_is_held_against(started):
    started.paid(started.mill, "2020-02", done=900 * WAN)
    started.paid(started.mill, "2020-03", done=4000 * WAN)

    assert asked(started) == {
        (
            "spike",
            "2020-03",
        ): "2020-03 完成 4000 万元，超过月均计划的三倍（3000 万元），请核实是否突增。"
    }


def test_the_same_figure_three_months_running_is_asked_back(started):
    for month in ("2020-02", "2020-03", "2020-04"):
        started.paid(started.mill, month, done=900 * WAN)

    assert asked(started) == {
        ("stuck", "2020-04"): "到 2020-04 已连续 3 个月都报 900 万元，请核实是不是照抄。"
    }


def test_a_december_tail_is_asked_back(started):
    started.paid(started.mill, "2020-06", done=1500 * WAN)
    started.paid(started.mill, "2020-12", done=1400 * WAN, at=DECEMBER)

    assert asked(started)["tail", ""].startswith("12 月一个月报 1400 万元")


def test_yuan_typed_for_wan_yuan_is_asked_back(started):
    for month, amount in (("2020-02", 900), ("2020-03", 950), ("2020-04", 880)):
        started.paid(started.mill, month, done=amount * WAN)
    started.paid(started.mill, "2020-05", done=910)

    assert "差一万倍" in asked(started)["scale", "2020-05"]


def test_months_that_do_not_add_up_to_the_year(started):
    months = {f"2020-{month:02}": 900 * WAN for month in range(1, 13)}
    plan_months([PlannedMonths(started.mill, months)], started.campaign, by=started.office, at=JUNE)

    assert asked(started) == {
        ("plan-not-sum", ""): "十二个月的计划加起来是 10800 万元，年度计划是 12000 万元，对不上。"
    }


def test_a_stage_without_its_evidence_is_asked_back(started):
    StageEvidence.objects.filter(event__stage="started", proof="building_contract").delete()

    assert asked(started) == {("no-evidence", ""): "开工没有材料：施工合同。"}


def test_dates_that_fall_and_codes_from_elsewhere(started):
    Project.objects.filter(pk=started.mill.pk).update(code="2020-990782-98-03-000001")
    said = ProjectWords.of(Project.objects.get(pk=started.mill.pk))
    early = replace(said, planned_finish=date(2020, 1, 31), planned_finish_precision="month")
    change_project(started.mill, early, version=1, reason="笔误", by=started.office, at=JUNE)

    assert {code for code, _month in asked(started)} == {
        "code-region",
        "code-industry",
        "plan-falls",
    }


def test_registered_in_december_is_late(register):
    late = datetime(2020, 12, 10, 9, tzinfo=LOCAL)
    rows = [(register.words("示例年底项目"), YearWords())]
    register.mill = register_projects(register.campaign, rows, by=register.office, at=late)[0]
    register.reached(register.mill, "signed", date(2020, 12, 9), at=late)

    assert "离年底不到 30 天" in asked(register)["late-registration", ""]


def test_doubts_take_the_same_queries_for_two_projects_and_for_twelve(started):
    with CaptureQueriesContext(connection) as few:
        asked(started)
    rows = [(started.words(f"示例{n}"), YearWords()) for n in range(10)]
    register_projects(started.campaign, rows, by=started.office, at=BEGIN)

    with CaptureQueriesContext(connection) as many:
        asked(started)

    assert len(few) == len(many)
