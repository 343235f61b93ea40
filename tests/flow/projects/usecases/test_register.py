"""Projects registered and changed: codes checked, moved dates and totals kept with their reason."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from gongjian.flow.plan.usecases import create_campaign
from gongjian.flow.projects.models import AmountChange, DateChange, Project, ProjectYear
from gongjian.flow.projects.queries import months_of
from gongjian.flow.projects.usecases import (
    Because,
    Carried,
    ProjectWords,
    carry_over,
    change_project,
    move_project_away,
    register_project,
    register_projects,
    resume_project,
    suspend_project,
    terminate_project,
)
from gongjian.flow.projects.usecases.register import YearWords
from gongjian.lib.refusals import Conflict, Refused
from small_county import JUNE
from small_register import wrong_rows


def refused(act):
    with pytest.raises(Refused) as no:
        act()
    return no.value.code


def test_a_project_keeps_its_first_dates_and_total_from_the_first_day(register):
    changes = list(
        DateChange.objects.filter(project=register.mill).values_list("kind", "old", "new")
    )

    assert changes == [
        ("planned_start", None, date(2020, 3, 31)),
        ("planned_finish", None, date(2020, 12, 31)),
    ]
    assert AmountChange.objects.get(project=register.mill).new == Decimal(200000000)
    assert ProjectYear.objects.get(project=register.mill).plan_class == "new"


def test_words_are_kept_tidy(register):
    said = register.words(
        " 示例物流园 ", code="２０２０ 370782 54 03 000009", uscc="91350100m000100y43",
        industry="g5420",
    )  # fmt: skip

    made = register_project(register.campaign, said, by=register.office, at=JUNE)

    assert (made.name, made.code, made.uscc, made.industry) == (
        "示例物流园", "2020-370782-54-03-000009", "91350100M000100Y43", "G5420",
    )  # fmt: skip
    assert made.planned_start_precision == "month"
    assert made.registered_on == date(2020, 6, 29)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"uscc": "91350100M000100Y44"}, "project.uscc"),
        ({"industry": "C99"}, "project.industry"),
        ({"total_investment": Decimal(-1)}, "project.sum"),
        ({"contract_funds": Decimal("1e16")}, "project.sum"),
        ({"code": "2020-370782-17-03-000001"}, "project.known"),
        ({"code": "1" * 31}, "project.too-long"),
    ],
)
def test_what_cannot_be_is_refused(register, more, code):
    said = register.words("示例新项目", **more)

    assert (
        refused(lambda: register_project(register.campaign, said, by=register.office, at=JUNE))
        == code
    )


def test_only_the_office_registers(register):
    said = register.words("示例新项目")

    assert (
        refused(lambda: register_project(register.campaign, said, by=register.clerk, at=JUNE))
        == "office.only"
    )


def test_one_code_may_cover_two_phases(register):
    said = register.words("示例纺织智能工厂二期", code=register.mill.code, phase="二期")

    made = register_project(register.campaign, said, by=register.office, at=JUNE)

    assert made.code == register.mill.code
    twin = replace(said, name="再登记一次")
    assert (
        refused(lambda: register_project(register.campaign, twin, by=register.office, at=JUNE))
        == "project.known"
    )


def test_a_moved_date_takes_a_reason_and_keeps_both(register):
    said = replace(
        ProjectWords.of(register.mill),
        planned_finish=date(2021, 6, 30),
        planned_finish_precision="month",
    )
    act = lambda reason: change_project(  # noqa: E731
        register.mill,
        said,
        version=register.mill.version,
        reason=reason,
        by=register.office,
        at=JUNE,
    )

    assert refused(lambda: act(" ")) == "project.no-reason"
    act("设备交付推迟")

    moved = DateChange.objects.filter(project=register.mill, kind="planned_finish").last()
    assert (moved.old, moved.old_precision, moved.new, moved.new_precision) == (
        date(2020, 12, 31), "year", date(2021, 6, 30), "month",
    )  # fmt: skip
    assert (moved.day, moved.reason, moved.by) == (
        date(2020, 6, 29),
        "设备交付推迟",
        register.office,
    )
    assert wrong_rows() == []


def test_a_first_date_takes_no_reason(register):
    said = replace(ProjectWords.of(register.mill), planned_production=date(2021, 3, 31))

    change_project(register.mill, said, version=register.mill.version, by=register.office, at=JUNE)

    assert register.mill.planned_production_precision == "day"


def test_two_who_change_a_project_see_each_other(register):
    version = register.mill.version
    first = replace(ProjectWords.of(register.mill), site="示例路1号")
    change_project(register.mill, first, version=version, by=register.office, at=JUNE)
    second = replace(first, site="示例路2号")

    with pytest.raises(Conflict) as told:
        change_project(register.mill, second, version=version, by=register.office, at=JUNE)

    assert (told.value.mine, told.value.theirs) == (
        {"建设地点": "示例路2号"},
        {"建设地点": "示例路1号"},
    )


def test_suspend_and_resume_with_reasons(register):
    why = Because(date(2020, 6, 1), "资金未到位")
    project = suspend_project(
        register.mill, why, by=register.office, at=JUNE, expected_resume=date(2020, 9, 1)
    )
    assert (project.standing, project.standing_changes.get().expected_resume) == (
        "suspended", date(2020, 9, 1),
    )  # fmt: skip
    assert (
        refused(lambda: suspend_project(project, why, by=register.office, at=JUNE))
        == "project.standing"
    )

    resume_project(project, Because(date(2020, 6, 20), "已复工"), by=register.office, at=JUNE)

    assert [row.standing for row in project.standing_changes.all()] == ["suspended", "active"]
    assert wrong_rows() == []


def test_what_ended_takes_no_more_facts(register):
    terminate_project(
        register.mill, Because(date(2020, 6, 1), "投资方退出"), by=register.office, at=JUNE
    )
    move_project_away(
        register.dairy, Because(date(2020, 6, 1), "迁往外地"), by=register.office, at=JUNE
    )

    codes = [
        refused(lambda p=project: register.reported(p, "signed", date(2020, 2, 1)))
        for project in (register.mill, register.dairy)
    ]

    assert codes == ["project.ended", "project.ended"]
    again = Because(date(2020, 6, 1), "再启动")
    assert (
        refused(lambda: resume_project(register.mill, again, by=register.office, at=JUNE))
        == "project.standing"
    )


@pytest.mark.parametrize(
    ("why", "code"),
    [
        (Because(date(2020, 6, 1), " "), "project.no-reason"),
        (Because(date(2020, 7, 1), "停工"), "project.ahead"),
    ],
)
def test_a_standing_without_reason_or_ahead_is_refused(register, why, code):
    assert refused(lambda: suspend_project(register.mill, why, by=register.office, at=JUNE)) == code


def test_carried_over_with_what_was_done(register):
    register.reached(register.dairy, "signed", date(2019, 1, 10))
    register.reached(register.dairy, "established", date(2019, 3, 1))
    register.reached(register.dairy, "started", date(2019, 6, 1))
    register.paid(register.dairy, "2020-03", done="30000000")
    following = create_campaign("重点工作攻坚年", year=2021, by=register.office, at=JUNE)
    rows = [Carried(register.dairy, plan_investment=Decimal(80000000))]

    year = carry_over(rows, following, by=register.office, at=JUNE)[0]

    assert year.done_before == Decimal(80000000)  # 5,000 万元 before 2020, 3,000 in it
    assert (year.plan_class, year.carried_from.campaign) == ("continued", register.campaign)
    assert (
        refused(lambda: carry_over(rows, following, by=register.office, at=JUNE))
        == "project.carried"
    )
    assert (
        refused(
            lambda: carry_over(
                [Carried(register.mill)], register.campaign, by=register.office, at=JUNE
            )
        )
        == "project.carried"
    )
    assert months_of([register.dairy.pk], known_at=JUNE)[register.dairy.pk].keys() == {"2020-03"}


def test_a_batch_with_one_wrong_row_registers_none(register):
    rows = [
        (register.words("示例甲"), YearWords()),
        (register.words("示例乙", uscc="91350100M000100Y44"), YearWords()),
    ]

    assert (
        refused(lambda: register_projects(register.campaign, rows, by=register.office, at=JUNE))
        == "project.uscc"
    )
    assert not Project.objects.filter(name__startswith="示例甲").exists()


@pytest.mark.parametrize(
    "columns",
    [
        {"planned_start_precision": ""},
        {"planned_production_precision": "day"},
        {"total_investment": -1},
    ],
)
def test_the_database_refuses_what_can_never_be(register, columns):
    with pytest.raises(IntegrityError), transaction.atomic():
        Project.objects.filter(pk=register.mill.pk).update(**columns)
