"""What a bulletin says: what was accepted, as it was known at the freeze, never more."""

from decimal import Decimal

import pytest

from flow.bulletins.county import correct, local, until
from gongjian.flow.bulletins.queries import bulletin_facts, facts_as_json, written_bulletin
from gongjian.flow.plan.queries import campaign_of_year
from gongjian.flow.progress.models import SnapshotValue
from gongjian.flow.progress.queries import period_by_key
from gongjian.interfaces.cli.demo.command import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_county")]

JULY_2 = local(2020, 7, 2, 9)
JULY_3 = local(2020, 7, 3, 9)
JULY_26 = local(2020, 7, 26, 9)
UNREPORTED = ["工业总产值", "新立项项目", "新开工项目", "到位资金", "人才平台载体"]


def bulletin(period, *, at=NOW):
    return written_bulletin(bulletin_facts(campaign_of_year(2020), period_by_key(period), at=at))


def plain(pieces):
    return "".join(piece.text for piece in pieces)


def sections(written):
    """{heading or subheading: its paragraphs}."""
    found, heading = {}, ""
    for block in written.blocks:
        if block.kind in ("heading", "subheading"):
            heading = plain(block.pieces)
            found[heading] = []
        elif block.kind == "paragraph":
            found.setdefault(heading, []).append(plain(block.pieces))
    return found


def table(written):
    """{metric: (goal, actual, due, rate, gap, light)}."""
    rows = next(block.rows for block in written.blocks if block.kind == "table")
    return {row[1].text: tuple(piece.text for piece in row[2:8]) for row in rows[1:]}


def test_bulletin_has_a_paragraph_an_action_and_a_row_a_target():
    written = bulletin("2020-06")

    titles = [title for title in sections(written) if title.startswith("（")]
    assert (len(titles), len(table(written))) == (15, 16)
    assert titles[5] == "（六）高质量“双招双引”"
    assert titles[14].startswith("（十五）")


def test_bulletin_says_a_target_with_its_arithmetic():
    written = bulletin("2020-06")

    assert sections(written)["（六）高质量“双招双引”"][0].startswith(
        "牵头单位：市投资促进中心。"
        "新签约项目58个，完成年度目标150个的38.7%，欠序时11.3个百分点，黄灯；"
    )
    assert table(written)["新签约项目"] == ("≥150个", "58个", "75个", "38.7%", "−11.3", "黄")


def test_bulletin_lists_what_is_not_green_with_cause_and_measure():
    problems = sections(bulletin("2020-06"))["三、存在问题"]

    assert [line.partition("，")[0] for line in problems[:3]] == [
        "年度重点改革事项7项",
        "“三区”共建共享示范区11个",
        "新签约项目58个",
    ]
    assert problems[2].endswith(
        "原因：省外客商来访受限，3个在谈项目推迟签约。"
        "措施：线上签约与上门对接并行，逐个明确签约日期。"
    )


@pytest.mark.parametrize(
    ("at", "absent", "light"),
    [(NOW, "尚未采信", "灰 尚未采信"), (JULY_2, "未报", "黄 未报")],
    ids=["open", "frozen"],
)
def test_bulletin_calls_what_was_not_reported_unreported_and_never_nought(at, absent, light):
    until(at)

    written = bulletin("2020-06", at=at)

    rows = table(written)
    assert [rows[metric][1] for metric in UNREPORTED] == [absent] * 5
    assert [rows[metric][3:] for metric in UNREPORTED] == [("—", "—", light)] * 5
    said = sections(written)["（六）高质量“双招双引”"][0]
    assert f"新立项项目年度目标100个，6月期{absent}，{light[0]}灯" in said
    nought = [fact for fact in written.figures if fact.target in UNREPORTED and fact.figure == "0"]
    assert nought == []


def test_bulletin_says_an_action_without_targets_by_its_tasks_and_milestones():
    written = bulletin("2020-06")

    assert sections(written)["（十一）资源要素保障"] == [
        "牵头单位：市自然资源和规划局。"
        "本行动以任务节点衡量：任务3项，已办结1项，未报0项；节点0个，已完成0个。"
        "完成重点项目用地报批：部分重点项目用地组卷仍在上级审查，已逾期（已过完成时限）；"
        "制定能耗指标统筹调剂方案：方案起草中；"
        "建立银企常态化对接机制：银企对接机制建立，按月反馈办理结果。"
    ]


def test_bulletin_says_a_task_nobody_reported_as_unreported():
    written = bulletin("2020-05")

    said = sections(written)["（十一）资源要素保障"][0]
    assert said.endswith(
        "完成重点项目用地报批：未报；制定能耗指标统筹调剂方案：未报；建立银企常态化对接机制：未报。"
    )


def test_bulletin_of_a_frozen_period_keeps_its_words_after_a_correction():
    until(JULY_2)
    before = bulletin("2020-06", at=JULY_2)

    correct("国家科技型中小企业", "2020-06", Decimal(66), "3家已在6月入库", at=JULY_3)
    after = bulletin("2020-06", at=JULY_26)

    assert after == before
    assert table(after)["国家科技型中小企业"][1] == "63家"
    assert SnapshotValue.objects.get(
        snapshot__number="S-2020-06", target__metric="国家科技型中小企业"
    ).value == Decimal(63)


def test_bulletin_after_a_correction_says_what_was_restated_and_why():
    until(JULY_2)
    report = correct("国家科技型中小企业", "2020-06", Decimal(66), "3家已在6月入库", at=JULY_3)
    until(JULY_26)

    written = bulletin("2020-07", at=JULY_26)

    assert sections(written)["四、较上期通报调整"] == [
        "国家科技型中小企业2020-06期由63家更正为66家。理由：3家已在6月入库。"
    ]
    facts = [f for f in facts_as_json(written.figures) if f["period"] == "2020-06"]
    assert [(f["figure"], f["report"] == str(report.uid)) for f in facts] == [
        ("63", False),
        ("66", True),
        ("3", True),
        ("6", True),
    ]


def test_bulletin_says_a_second_correction_from_the_first_one_on():
    until(JULY_2)
    correct("国家科技型中小企业", "2020-06", Decimal(66), "3家已在6月入库", at=JULY_3)
    until(JULY_26)
    until(local(2020, 8, 4, 8))
    correct("国家科技型中小企业", "2020-06", Decimal(65), "1家重复", at=local(2020, 8, 4, 9))
    until(local(2020, 8, 26, 9))

    july, august = (bulletin(key, at=local(2020, 8, 26, 9)) for key in ("2020-07", "2020-08"))

    assert sections(july)["四、较上期通报调整"] == [
        "国家科技型中小企业2020-06期由63家更正为66家。理由：3家已在6月入库。"
    ]
    assert sections(august)["四、较上期通报调整"] == [
        "国家科技型中小企业2020-06期由66家更正为65家。理由：1家重复。"
    ]


def test_bulletin_without_corrections_says_so():
    assert sections(bulletin("2020-05"))["四、较上期通报调整"] == ["上期通报以来没有更正。"]


def test_bulletin_asks_the_database_the_same_whatever_was_reported(django_assert_max_num_queries):
    campaign, june = campaign_of_year(2020), period_by_key("2020-06")

    with django_assert_max_num_queries(45):
        written_bulletin(bulletin_facts(campaign, june, at=NOW))
