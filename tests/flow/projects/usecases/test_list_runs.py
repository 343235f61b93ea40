"""Lists that are written whole, by runs: tried, written, the same again, taken back."""

import pytest

from gongjian.flow.plan.models import Target
from gongjian.flow.projects.models import InvestmentMonth, MonthPlan
from gongjian.flow.projects.queries import given_back_file
from gongjian.flow.projects.usecases import LISTS
from gongjian.foundation.files.usecases import (
    ask_to_undo_list,
    ask_to_undo_untouched_list,
    bring_list,
    start_list,
)
from gongjian.foundation.orgs.models import Person, PostHolding, Role, Unit
from gongjian.foundation.orgs.queries import account
from gongjian.foundation.orgs.usecases import create_account, grant_role
from gongjian.foundation.records.queries import adds_up
from gongjian.interfaces.jobs.worker import do_due
from gongjian.lib.days import local_day
from gongjian.lib.refusals import Refused
from small_county import BEGIN, JUNE, PASSWORD
from small_register import small_register

UNITS = """序号,单位名称,机构编码,单位简称,单位性质,上级单位
1,示例市水利局,water,水利局,部门,
2,示例市林业局,forest,林业局,部门,
3,示例镇政府,,示例镇,镇街园区,
"""
PEOPLE = """姓名,所在单位,职务,联系电话
张某,北镇,镇长,13911110001
李某,没有的单位,科员,13911110002
"""
TARGETS = """序号,所属行动,目标名称,目标值,单位,完成时限
1,双招双引,新增示范项目,12,个,2020年12月底
2,没有的行动,别的目标,3,个,2020年12月底
"""
MONEY = """2020年7月投资计划
单位：万元
项目代码,项目名称,计划投资
2020-370782-17-03-000001,,500
,不在册的项目,600
"""
CASES = [("units", UNITS, 2, 1), ("people", PEOPLE, 1, 1), ("targets", TARGETS, 1, 1),
         ("money", MONEY, 1, 1)]  # fmt: skip
TABLES = (Unit, Person, PostHolding, Target, MonthPlan)


@pytest.fixture
def register(db):  # noqa: ARG001 - it writes
    return small_register(june=True)


def admin():
    person = create_account(
        "admin.of.tests", display_name="系统管理员", password=PASSWORD, unit=None,
        must_change=False, by=None, at=BEGIN,
    )  # fmt: skip
    grant_role(person, Role.SYS_ADMIN, by=None, at=BEGIN)
    return account("admin.of.tests", on=local_day(JUNE))


def who(register, name):
    return register.office if name in ("targets", "money") else admin()


def brought(register, name, text, by):
    into = str(register.campaign.uid) if name in ("targets", "money") else ""
    return bring_list(LISTS[name], into, f"{name}.csv", text.encode(), by=by, at=JUNE)


def settled(run):
    do_due(lambda: JUNE)
    run.refresh_from_db()
    return run


def counts():
    return {model.__name__: model.objects.count() for model in TABLES}


@pytest.mark.parametrize(("name", "text", "new", "refused"), CASES)
def test_a_list_is_tried_written_and_taken_back(register, name, text, new, refused):
    by, kind = who(register, name), LISTS[name]
    before = counts()

    run = brought(register, name, text, by)
    assert (run.state, run.totals["new"], run.totals["refused"]) == ("read", new, refused)
    assert adds_up(run.totals)
    assert counts() == before

    start_list(kind, run, version=run.version, by=by, at=JUNE)
    run = settled(run)
    assert (run.state, run.totals["new"], run.rows.count()) == ("done", new, new + refused)
    assert counts() != before
    assert given_back_file(run)

    again = brought(register, name, text, by)
    assert (again.totals["new"], again.totals["same"]) == (0, new)
    with pytest.raises(Refused) as no:
        start_list(kind, again, version=again.version, by=by, at=JUNE)
    assert no.value.code == "import.nothing"

    ask_to_undo_list(kind, run, version=run.version, by=by, at=JUNE)
    run = settled(run)
    assert run.state == "undone"
    assert {row.left for row in run.rows.all()} == {""}
    assert counts() == before


def test_a_list_that_was_touched_stays_whole_and_says_why(register):
    by = admin()
    run = brought(register, "units", UNITS, by)
    start_list(LISTS["units"], run, version=run.version, by=by, at=JUNE)
    run = settled(run)
    Unit.objects.filter(code="water").update(order=77)

    ask_to_undo_list(LISTS["units"], run, version=run.version, by=by, at=JUNE)
    run = settled(run)

    left = set(run.rows.filter(outcome="new").values_list("left", flat=True))
    assert len(left) == 1
    assert "导入以后又改过" in left.pop()
    assert Unit.objects.filter(code__in=("water", "forest")).count() == 2


def test_everything_that_stands_in_the_way_is_named_at_once(register):
    by, kind = admin(), LISTS["units"]
    run = brought(register, "units", UNITS, by)
    start_list(kind, run, version=run.version, by=by, at=JUNE)
    run = settled(run)
    Unit.objects.filter(code="water").update(order=77)
    Unit.objects.filter(code="north").update(parent=Unit.objects.get(code="forest"))

    with pytest.raises(Refused) as no:
        ask_to_undo_untouched_list(kind, run, version=run.version, by=by, at=JUNE)
    assert no.value.code == "import.touched"
    assert "又改过：“水利局”" in no.value.sentence
    assert "用着：“林业局”" in no.value.sentence
    run.refresh_from_db()
    assert run.state == "done"
    with pytest.raises(Refused):
        ask_to_undo_untouched_list(
            kind, run, version=run.version, by=register.people["clerk"], at=JUNE
        )


def test_what_is_untouched_goes_when_it_is_asked(register):
    by, kind = admin(), LISTS["units"]
    run = brought(register, "units", UNITS, by)
    start_list(kind, run, version=run.version, by=by, at=JUNE)
    run = settled(run)

    ask_to_undo_untouched_list(kind, run, version=run.version, by=by, at=JUNE)

    assert settled(run).rows.filter(undone=True).count() == 2


def test_what_others_use_by_now_is_not_taken_back(register):
    by = admin()
    run = brought(register, "units", UNITS, by)
    start_list(LISTS["units"], run, version=run.version, by=by, at=JUNE)
    run = settled(run)
    Unit.objects.filter(code="north").update(parent=Unit.objects.get(code="water"))

    ask_to_undo_list(LISTS["units"], run, version=run.version, by=by, at=JUNE)
    run = settled(run)

    assert "已经有别的记录用着" in run.rows.filter(outcome="new").first().left


def test_who_may_not_write_a_list_may_not_bring_it(register):
    with pytest.raises(Refused):
        brought(register, "units", UNITS, register.people["clerk"])


MONTHLY = """2020年5月调度表
单位：万元
项目代码,本月计划,前期费用
2020-370782-17-03-000001,500,480
"""


def test_the_monthly_sheet_of_an_office_bears_plan_and_figures(register):
    """Plan and done stand side by side; the office plans, and brings in what the unit did."""
    run = brought(register, "money", MONTHLY, register.office)
    [tried] = run.preview

    assert tried["reason"] == ""
    assert tried["new"] == {"2020-05 计划投资": "500 万元", "2020-05 前期费用": "480 万元"}

    done = settled(
        start_list(LISTS["money"], run, version=run.version, by=register.office, at=JUNE)
    )

    assert done.totals["new"] == 1
    month = InvestmentMonth.objects.get(project=register.mill, month="2020-05")
    assert (month.early_cost, month.state) == (4_800_000, "filled")
    assert MonthPlan.objects.get(project=register.mill, month="2020-05").planned == 5_000_000


def test_what_a_list_changes_stands_old_beside_new(register):
    by = admin()
    first = brought(register, "people", PEOPLE, by)
    settled(start_list(LISTS["people"], first, version=first.version, by=by, at=JUNE))

    run = brought(register, "people", PEOPLE.replace("13911110001", "13911110009"), by)

    [changed] = [row for row in run.preview if row["outcome"] == "changed"]
    [(label, new)] = changed["new"].items()
    assert (changed["old"][label], new) == ("139****0001", "139****0009")
