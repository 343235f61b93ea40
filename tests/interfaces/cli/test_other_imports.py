"""`gongjian import units|people|targets|money`: other lists through the same engine."""

from decimal import Decimal

import pytest

from gongjian.flow.plan.models import Target
from gongjian.flow.projects.models import InvestmentMonth, MonthPlan
from gongjian.foundation.orgs.models import PostHolding, Role, Unit
from gongjian.foundation.orgs.queries import account
from gongjian.foundation.orgs.usecases import create_account, grant_role
from gongjian.interfaces.cli import imports
from gongjian.interfaces.request import now
from gongjian.lib.days import local_day
from interfaces.cli.commands import run
from small_county import BEGIN, PASSWORD
from small_register import small_register

UNITS = """县直单位名册（2020年）
序号,单位名称,机构编码,单位简称,单位性质,上级单位
一、部门（2个）
1,示例市水利局,water,水利局,部门,
2,示例市林业局,forest,林业局,部门,
3,示例镇政府,,示例镇,镇街园区,
合计,3个
"""
PEOPLE = """通讯录
姓名,所在单位,职务,联系电话
张某,北镇,镇长,13911110001
李某,没有的单位,科员,13911110002
"""
TARGETS = """2020年攻坚任务分解表
序号,任务名称,年度目标,单位,完成时限,牵头单位
一、项目突破行动
1,新增示范项目,12,个,2020年12月底,发改局
2,没有数的,很多,个,2020年12月底,发改局
"""
MONEY = """2020年5月投资情况
单位：万元
项目名称,项目代码,月份,完成投资（调度口径）,完成投资（统计口径）,到位资金,本月完成投资
示例纺织智能工厂项目,,2020年5月,1200,900,300,77
不在册的项目,,5月,1,1,1,1
示例乳品冷链基地项目,,6月之后,1,1,1,1
"""
PLANS = """月度投资计划（单位：万元）
项目代码,月份,计划投资
2020-370782-17-03-000001,2020-07,500
2020-370782-14-03-000002,2020-07,600
"""


@pytest.fixture
def register(db):  # noqa: ARG001 - it writes
    return small_register(june=True)


@pytest.fixture
def admin(register):  # noqa: ARG001 - the county comes first
    person = create_account(
        "admin.of.tests", display_name="系统管理员", password=PASSWORD, unit=None,
        must_change=False, by=None, at=BEGIN,
    )  # fmt: skip
    grant_role(person, Role.SYS_ADMIN, by=None, at=BEGIN)
    return account("admin.of.tests", on=local_day(now())).username


def kept(tmp_path, kind, text, *words):
    path = tmp_path / f"{kind}.csv"
    path.write_text(text, encoding="utf-8")
    return run(imports, kind, str(path), "--json", *words)


def counts(ended):
    totals = ended.json["totals"]
    went = ("new", "changed", "same", "refused", "asked", "not_rows")
    assert totals["rows_in"] == sum(totals[name] for name in went)
    return tuple(totals[name] for name in went[:5])


def test_units_come_from_a_list_with_heads_of_its_own(admin, tmp_path):
    tried = kept(tmp_path, "units", UNITS, "--dry-run", "--by", admin)
    assert counts(tried) == (2, 0, 0, 1, 0)
    assert not Unit.objects.filter(code="water").exists()

    ended = kept(tmp_path, "units", UNITS, "--by", admin)
    again = kept(tmp_path, "units", UNITS, "--by", admin)

    assert (ended.code, counts(ended)) == (3, (2, 0, 0, 1, 0))
    assert counts(again) == (0, 0, 2, 1, 0)
    assert Unit.objects.get(code="forest").short_name == "林业局"
    assert "没有填" in ended.json["sheets"][0]["refused"][0]["reason"]


def test_people_come_with_their_posts(admin, tmp_path):
    ended = kept(tmp_path, "people", PEOPLE, "--by", admin)

    assert counts(ended) == (1, 0, 0, 1, 0)
    assert PostHolding.objects.get(person__name="张某").post.name == "镇长"
    assert "没有登记单位" in ended.json["sheets"][0]["refused"][0]["reason"]


def test_targets_become_nodes_of_the_action_above_them(register, tmp_path):
    action = register.campaign.actions.first()
    text = TARGETS.replace("项目突破行动", action.name)

    tried = kept(tmp_path, "targets", text, "--dry-run", "--by", "office")
    ended = kept(tmp_path, "targets", text, "--by", "office")
    again = kept(tmp_path, "targets", text, "--by", "office")

    assert counts(tried) == counts(ended)
    assert Target.objects.get(metric="新增示范项目").action == action
    assert counts(again)[2] == 1
    assert counts(again)[0] == 0


def test_months_keep_the_two_figures_apart(register, tmp_path):
    for stage, day in (("signed", "2020-02-10"), ("established", "2020-02-20"),
                       ("started", "2020-03-10")):  # fmt: skip
        register.reached(register.mill, stage, type(local_day(now())).fromisoformat(day))

    ended = kept(tmp_path, "money", MONEY, "--by", "clerk")
    again = kept(tmp_path, "money", MONEY, "--by", "clerk")

    assert (ended.code, counts(ended)) == (3, (1, 0, 0, 2, 0))
    assert counts(again) == (0, 0, 1, 2, 0)
    month = InvestmentMonth.objects.get(project=register.mill, month="2020-05")
    assert (month.done, month.stat_done, month.arrived) == (
        Decimal(12_000_000), Decimal(9_000_000), Decimal(3_000_000),
    )  # fmt: skip
    columns = {c["header_path"]: c["field"] for c in ended.json["sheets"][0]["columns"]}
    assert columns["本月完成投资"] is None  # which of the two it is, it does not say


def test_a_plan_of_months_is_the_offices(register, tmp_path):
    tried = kept(tmp_path, "money", PLANS, "--dry-run", "--by", "office")
    assert counts(tried) == (2, 0, 0, 0, 0)
    assert MonthPlan.objects.filter(month="2020-07").count() == 0

    ended = kept(tmp_path, "money", PLANS, "--by", "office")
    again = kept(tmp_path, "money", PLANS, "--by", "office")
    theirs = kept(tmp_path, "money", PLANS, "--by", "clerk")
    others = kept(tmp_path, "money", PLANS.replace("600", "700"), "--by", "clerk")

    assert (ended.code, counts(ended)) == (0, (2, 0, 0, 0, 0))
    assert counts(again) == (0, 0, 2, 0, 0)
    assert counts(theirs) == (0, 0, 2, 0, 0)  # what stands is planned by nobody again
    assert counts(others) == (0, 0, 1, 1, 0)
    assert "计划由攻坚办定" in others.out
    assert MonthPlan.objects.get(project=register.dairy, month="2020-07").planned == 6_000_000


@pytest.mark.parametrize("kind", ["units", "people", "targets"])
def test_who_may_not_is_told_so(register, tmp_path, kind):  # noqa: ARG001
    text = {"units": UNITS, "people": PEOPLE, "targets": TARGETS}[kind]

    assert kept(tmp_path, kind, text, "--by", "clerk").code == 2
