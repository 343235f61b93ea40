"""The demo county: its files agree with each other, with the plan and with the light rule."""

import datetime as dt
import json
import math
import tomllib
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

import gongjian.interfaces.cli.demo as demo
from gongjian.documents import read_document
from gongjian.documents.official import AttachmentHeading, TableBlock
from gongjian.engine.extract import read_plan
from scripts.demo_plan import official_plan, printed_names

HERE = Path(demo.__file__).parent
CORPUS = Path(__file__).parents[4] / "shared/corpus/extraction_dev.jsonl"
NOW = dt.datetime(2020, 6, 29, 10)  # noqa: DTZ001, the files write local times
YEAR = 12
ROLES = {
    "campaign_office", "office_reviewer", "unit_reporter", "unit_approver", "lead_unit", "township",
    "principal_leader", "county_leader", "sys_admin", "sec_admin", "audit_admin",
}  # fmt: skip
ACTIONS = [
    "创新提升“诸城模式”",
    "“稳增长、强企业”",
    "突破大项目",
    "“腾笼换鸟、凤凰涅槃”",
    "“四新四化”",
    "高质量“双招双引”",
    "高水平开放发展",
    "现代化高品质城市建设",
    "重大交通基础设施建设",
    "生态文明建设",
    "资源要素保障",
    "幸福诸城建设",
    "高效诸城建设",
    "平安诸城建设",
    "高素质专业化干部队伍与企业家队伍建设",
]
TARGETS = [
    ("“三区”共建共享示范区", ">=", "30", "个"),
    ("主营业务收入过亿元企业", ">=", "100", "家"),
    ("工业应税销售收入", ">=", "1000", "亿元"),
    ("工业总产值", ">=", "1000", "亿元"),
    ("重大重点项目", "=", "300", "个"),
    ("重大重点项目总投资", "=", "1431", "亿元"),
    ("新签约项目", ">=", "150", "个"),
    ("新立项项目", ">=", "100", "个"),
    ("新开工项目", ">=", "60", "个"),
    ("到位资金", ">=", "140", "亿元"),
    ("高层次高技能人才(团队)", ">=", "100", "个"),
    ("人才平台载体", ">=", "30", "个"),
    ("高新技术企业", ">=", "100", "家"),
    ("国家科技型中小企业", ">=", "100", "家"),
    ("省级以上改革试点", "=", "21", "项"),
    ("年度重点改革事项", "=", "20", "项"),
]


def read(name):
    return tomllib.loads((HERE / name).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def county():
    return read("county.toml")


@pytest.fixture(scope="module")
def accounts():
    return read("accounts.toml")["account"]


@pytest.fixture(scope="module")
def plan():
    return read("plan.toml")


@pytest.fixture(scope="module")
def allotment():
    return read("allotment.toml")


@pytest.fixture(scope="module")
def months():
    return read("months.toml")


def test_county_has_sixty_units_that_no_name_confuses(county):
    names = [
        name for unit in county["unit"] for name in {unit["name"], unit["short"], *unit["aliases"]}
    ]

    assert len({unit["code"] for unit in county["unit"]}) == 60
    assert [name for name, count in Counter(names).items() if count > 1] == []
    assert Counter(unit["kind"] for unit in county["unit"]) == {
        "leadership": 1, "office": 5, "department": 38, "park": 2, "township": 13, "company": 1,
    }  # fmt: skip


def test_county_groups_hold_the_townships_and_the_parks(county):
    kinds = {unit["code"]: unit["kind"] for unit in county["unit"]}
    groups = {group["code"]: set(group["members"]) for group in county["group"]}

    assert groups == {
        "townships": {code for code, kind in kinds.items() if kind == "township"},
        "hosts": {code for code, kind in kinds.items() if kind in {"township", "park"}},
    }


def test_every_role_has_an_account_and_every_person_is_marked_as_invented(county, accounts):
    units = {unit["code"] for unit in county["unit"]}

    assert {role for account in accounts for role in account["roles"]} == ROLES
    assert {account["unit"] for account in accounts} <= units
    assert all(account["title"].endswith("（示例）") for account in accounts)
    assert len({account["username"] for account in accounts}) == len(accounts)
    assert len({account["name"] for account in accounts}) == len(accounts)


def test_who_fills_checks_and_leads_a_target_are_different_accounts(accounts, allotment):
    posts = {(account["unit"], role) for account in accounts for role in account["roles"]}
    wanted = {(target["fills"], "unit_reporter") for target in allotment["target"]}
    wanted |= {(target["fills"], "unit_approver") for target in allotment["target"]}
    wanted |= {(target["lead"], "lead_unit") for target in allotment["target"]
               if target["lead"] != target["fills"]}  # fmt: skip

    assert wanted <= posts
    assert all(len(account["roles"]) == 1 for account in accounts)


def test_five_targets_are_filled_by_a_unit_that_does_not_lead_them(allotment):
    apart = [t["code"] for t in allotment["target"] if t["fills"] != t["lead"]]

    assert apart == ["T01", "T03", "T06", "T09", "T12"]


def test_targets_are_those_of_the_public_plan(allotment):
    found = [tuple(t[key] for key in ("metric", "comparator", "value", "unit"))
             for t in allotment["target"]]  # fmt: skip

    assert sorted(found) == sorted(TARGETS)
    assert {target["deadline"] for target in allotment["target"]} == {dt.date(2020, 12, 31)}
    assert [target["code"] for target in allotment["target"]] == [f"T{n:02}" for n in range(1, 17)]


@pytest.mark.skipif(not CORPUS.exists(), reason="the corpus is not beside this checkout")
def test_targets_are_those_of_the_corpus(allotment):
    lines = map(json.loads, CORPUS.read_text(encoding="utf-8").splitlines())
    record = next(line for line in lines if line["id"] == "zhucheng-2020-interview")

    corpus = {(t["metric"], t["comparator"], t["value"]) for t in record["targets"]}

    assert {(t["metric"], t["comparator"], int(t["value"])) for t in allotment["target"]} == corpus
    assert record["actions"] == ACTIONS


def test_plan_names_the_fifteen_actions_and_each_target_under_its_own(plan, allotment):
    goals = {action["number"]: action for action in plan["action"]}

    assert [action["name"] for action in plan["action"]] == ACTIONS
    for target in allotment["target"]:
        goal = goals[target["action"]]
        assert target["lead"] == goal["lead"], target["code"]
        assert target["metric"].removesuffix("总投资") in goal["goal"], target["code"]


def test_actions_have_a_leader_and_the_unit_that_the_plan_prints(plan, accounts, allotment):
    roles = {account["username"]: account["roles"][0] for account in accounts}

    leads = [(action["number"], action["lead"]) for action in allotment["action"]]
    assert leads == [(action["number"], action["lead"]) for action in plan["action"]]
    assert {roles[action["leader"]] for action in allotment["action"]} == {
        "principal_leader",
        "county_leader",
    }


def test_tasks_are_numbered_due_in_2020_and_given_to_units_of_the_county(plan, county):
    codes = set(printed_names(county))

    for action in plan["action"]:
        assert action["task"][0]["lead"] == action["lead"], action["name"]
        numbers = [task["code"] for task in action["task"]]
        assert numbers == [f"{action['number']}-{n}" for n in range(1, len(numbers) + 1)]
        for task in action["task"]:
            assert {task["lead"], *task["responsible"], *task["supporting"]} <= codes
            assert dt.date(2020, 3, 20) < task["due"] <= dt.date(2020, 12, 31), task["code"]
            assert all(node["date"] <= task["due"] for node in task["milestones"]), task["code"]
            assert len(task["title"]) <= 60, task["code"]


def test_targets_are_given_to_units_of_the_county(allotment, county):
    units = {unit["code"] for unit in county["unit"]}

    for target in allotment["target"]:
        given = {target["lead"], target["fills"], *target["responsible"], *target["supporting"]}
        assert given <= units, target["code"]
        assert target["lead"] not in target["supporting"], target["code"]


@pytest.mark.parametrize("name", ["plan.docx", "plan.html"])
def test_plan_file_holds_the_words_of_its_source(name, plan, county):
    text = read_document(name, (HERE / name).read_bytes()).text.replace(" ", "").replace("\n", "")

    for words in words_of(official_plan(plan, printed_names(county))):
        assert words.replace(" ", "").replace("\n", "") in text


@pytest.mark.parametrize("name", ["plan.docx", "plan.html"])
def test_reader_finds_the_sixteen_targets_in_the_plan_file_and_nothing_false(name):
    found = read_plan(read_document(name, (HERE / name).read_bytes())).targets

    assert sorted((t.metric, t.comparator, t.value) for t in found) == sorted(
        (metric, comparator, Decimal(value)) for metric, comparator, value, _unit in TARGETS
    )
    assert {target.deadline for target in found} == {"2020"}


@pytest.mark.parametrize("name", ["plan.docx", "plan.html"])
def test_reader_finds_every_task_with_its_units_and_every_milestone(name, plan, county):
    names = printed_names(county)
    tasks = [task for action in plan["action"] for task in action["task"]]

    found = read_plan(read_document(name, (HERE / name).read_bytes()))

    read = [(t.text.split("，")[0], t.lead, t.support) for t in found.tasks
            if not t.text.startswith("年度目标：")]  # fmt: skip
    assert read == [
        (
            task["title"].split("，")[0],
            (names[task["lead"]],),
            tuple(names[code] for code in task["responsible"] + task["supporting"]),
        )
        for task in tasks
    ]
    assert [node.date for node in found.milestones] == [
        node["date"].isoformat() for task in tasks for node in task["milestones"]
    ]


def test_plan_carries_no_mark_of_a_secret_and_says_that_its_units_are_an_example(plan, county):
    document = official_plan(plan, printed_names(county))

    words = "".join(words_of(document))
    assert document.title.endswith("\n（示例稿）")
    assert document.notes.endswith("示例，不代表实际分工。")
    assert not any(mark in words for mark in ("绝密", "机密", "秘密", "★"))


def test_superior_tasks_reach_every_action_once(plan):
    superior = read("superior.toml")

    below = sorted(number for task in superior["task"] for number in task["actions"])
    assert below == list(range(1, 16))
    assert [task["title"] for task in superior["task"]] == [
        f"{row[1]}（示例）" for row in plan["annex"]["rows"]
    ]
    names = {action["number"]: action["name"] for action in plan["action"]}
    assert [
        "；".join(names[number] for number in task["actions"]) for task in superior["task"]
    ] == [row[2] for row in plan["annex"]["rows"]]


def test_june_has_eleven_accepted_two_returned_one_waiting_and_two_missing(months):
    states = Counter(
        report.get("state", "accepted")
        for target in months["target"]
        for report in target["reports"]
        if report["period"] == "2020-06"
    )

    assert states == {"accepted": 11, "returned": 2, "checked": 1}
    assert len(months["target"]) == 16


def test_new_contracts_are_yellow_with_fifty_eight_in_june(months):
    june = next(target for target in months["target"] if target["code"] == "T07")["reports"][-1]

    assert (june["period"], june["value"], june["light"]) == ("2020-06", "58", "yellow")


def test_accepted_figures_never_fall_and_stand_one_a_period(months):
    for target in months["target"]:
        periods = [report["period"] for report in target["reports"]]
        values = [Decimal(report["value"]) for report in target["reports"]]

        assert periods == sorted(set(periods)), target["code"]
        assert values == sorted(values), target["code"]


def test_acts_follow_each_other_and_none_lies_ahead_of_the_clock(months):
    acts = ("opens", "filled", "checked", "confirmed", "accepted")

    for period in months["period"]:
        times = [period[act] for act in acts]
        assert times == sorted(times), period["code"]
        assert times[-1] < NOW, period["code"]
    frozen = [period["freezes"] <= NOW for period in months["period"]]
    assert frozen == [True] * 5 + [False]


def test_returned_reports_say_by_whom_and_why(months, accounts):
    names = {account["username"] for account in accounts}
    returned = [report for target in months["target"] for report in target["reports"]
                if report.get("state") == "returned"]  # fmt: skip

    for report in returned:
        assert report["returned_by"] in names
        assert report["returned_at"] < NOW
        assert report["reason"].endswith("。")


def test_corrections_change_an_accepted_figure_of_a_frozen_period(months):
    frozen = {period["code"] for period in months["period"] if period["freezes"] <= NOW}
    known = {
        (target["code"], report["period"]): report["value"]
        for target in months["target"]
        for report in target["reports"]
    }

    for correction in months["correction"]:
        assert correction["period"] in frozen
        assert correction["old"] == known[correction["target"], correction["period"]]
        assert correction["value"] != correction["old"]
    states = [correction.get("state", "accepted") for correction in months["correction"]]
    assert states == ["accepted", "checked", "filled"]


def test_every_task_and_milestone_of_the_plan_has_its_state_in_words(plan, months):
    tasks = {task["code"]: task for action in plan["action"] for task in action["task"]}
    told = {task["code"]: task for task in months["task"]}

    assert list(told) == list(tasks)
    for code, task in tasks.items():
        nodes = [node["date"] for node in told[code].get("milestones", [])]
        assert nodes == [node["date"] for node in task["milestones"]], code
        assert told[code].get("done_on", NOW.date()) <= NOW.date(), code


def test_lights_are_those_of_the_default_rule(months, allotment):
    aims = {target["code"]: target for target in allotment["target"]}

    for target in months["target"]:
        expected = [report.get("light") for report in target["reports"] if "state" not in report]
        assert lights_of(aims[target["code"]], target["reports"]) == expected, target["code"]


def test_yellow_and_red_figures_say_what_is_wrong_and_until_when(months):
    for target in months["target"]:
        for report in target["reports"]:
            if report.get("light") in {"yellow", "red"}:
                assert report["risk"], (target["code"], report["period"])
                assert report["measure"], (target["code"], report["period"])
                month = int(report["period"][-2:])
                assert report["on_track"] > dt.date(2020, month, 28), (target["code"], month)


def words_of(document):
    """The texts of an official document, each as one string."""
    yield from (document.title, document.addressee, document.signature.issuer, document.notes)
    for block in document.blocks:
        if isinstance(block, TableBlock):
            yield from (cell for row in block.rows for cell in row)
        else:
            yield block.title if isinstance(block, AttachmentHeading) else block.text


def lights_of(aim, reports):
    """Rules R2, R2b and R6 of handbook 4.3, a report at a time."""
    lights, yellows, gap_before = [], 0, math.inf
    for report in (report for report in reports if "state" not in report):
        month = int(report["period"][-2:])
        gap, ratio, due = standing(aim, Decimal(report["value"]), month)
        if (month >= 3 and gap > 30) or (due >= 5 and ratio < Decimal("0.6")):
            light = "red"
        elif (month >= 3 and gap >= 10) or (due >= 5 and ratio < Decimal("0.8")):
            light = "red" if yellows and gap >= gap_before else "yellow"
        else:
            light = "green"
        yellows = yellows + 1 if light == "yellow" else 0
        gap_before = gap
        lights.append(light)
    return lights


def standing(aim, actual, month):
    """Percentage points behind, share of what is due that is there, and percent due."""
    base = Decimal(aim.get("base", 0))
    way = Decimal(aim["value"]) - base
    expected = base + way * month / YEAR
    if aim["unit"] != "亿元":
        expected = Decimal(math.floor(round(expected, 9)))
    behind = round(100 * (expected - actual) / way, 9)
    return behind, round((actual - base) / (expected - base), 9), 100 * (expected - base) / way
