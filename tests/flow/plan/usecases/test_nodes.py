from datetime import date
from decimal import Decimal

import pytest

from gongjian.flow.judgement.usecases import judge_period
from gongjian.flow.plan.models import Target, TargetSource
from gongjian.flow.plan.queries import plan_actions, target_terms, targets_in_order
from gongjian.flow.plan.usecases import (
    ActionWords,
    FormWords,
    NodeWords,
    add_action,
    add_milestone,
    add_node,
    create_part,
    edit_node,
    end_node,
    form_target,
    move_node,
    put_under_part,
    set_value,
)
from gongjian.lib.refusals import Conflict, Refused
from small_county import JUNE

DAY = date(2020, 6, 29)
END = date(2020, 12, 31)


@pytest.fixture
def action(county):
    return county.signed.action


def refused(code, act, *args, **kwargs):
    with pytest.raises(Refused) as no:
        act(*args, **kwargs)
    assert no.value.code == code
    return no.value


def target_words(**more):
    return NodeWords(**{"kind": "target", "name": "到位资金", "deadline": END} | more)


def test_a_typed_target_stands_in_the_tree_with_its_terms(county, action):
    words = target_words(
        value=Decimal(140), unit="亿元", comparator=">=", definition="实际到账", measures="专班推进"
    )

    target = add_node(action, words, by=county.office, at=JUNE)

    row = plan_actions(county.campaign, on=DAY)[0].targets[-1]
    assert (row.code, row.value, row.definition) == ("1-4", Decimal(14_000_000_000), "实际到账")
    assert target.values.get().valid_from == date(2020, 1, 1)


def test_a_target_without_a_value_waits_for_it_and_is_not_judged(county, action):
    target = add_node(action, target_words(), by=county.office, at=JUNE)
    judge_period("2020-06", at=JUNE)

    assert plan_actions(county.campaign, on=DAY)[0].targets[-1].value is None
    assert target.metric not in [row.metric for row in targets_in_order(county.campaign, on=DAY)]

    set_value(target, Decimal(5), version=1, by=county.office, at=JUNE)
    refused("target.has-value", set_value, target, Decimal(6), version=2, by=county.office, at=JUNE)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"name": "长" * 81}, "plan.text"),
        ({"name": "  "}, "plan.text"),
        ({"value": Decimal(-1)}, "plan.value"),
        ({"value": Decimal(10) ** 15, "unit": "亿元"}, "plan.value"),
        ({"value": Decimal(3), "value_max": Decimal(2)}, "plan.value"),
        ({"form": "done", "value": Decimal(2)}, "plan.value"),
        ({"form": "growth", "source": "stage_events"}, "target.form"),
        ({"form": "weather"}, "target.form"),
        ({"source": "rumour"}, "target.form"),
        ({"deadline": date(2019, 12, 31)}, "plan.date"),
    ],
)
def test_a_target_that_makes_no_sense_is_refused(county, action, more, code):
    refused(code, add_node, action, target_words(**more), by=county.office, at=JUNE)

    assert Target.objects.count() == 2


def test_only_the_office_keeps_the_tree(county, action):
    for who in (county.reporter, county.leader, county.reviewer, county.sysadmin):
        refused("office.only", add_node, action, target_words(), by=who, at=JUNE)


def test_a_milestone_stands_below_a_target_with_its_value(county):
    words = NodeWords("milestone", "签约 40 个", date(2020, 6, 30), "month", value=Decimal(40))

    node = add_milestone(county.signed, words, by=county.office, at=JUNE)

    assert (node.target, node.value, node.seq) == (county.signed, Decimal(40), 2)


def test_words_are_set_right_and_numbers_are_not(county):
    typed = {"title": "建立台账", "measures": "一月一更", "deadline": "2021-01-01"}

    task = edit_node(county.task, typed, version=1, by=county.office, at=JUNE)

    assert (task.title, task.measures, task.deadline, task.version) == (
        "建立台账", "一月一更", END, 2,
    )  # fmt: skip


def test_a_stale_form_shows_both_and_changes_nothing(county):
    edit_node(county.task, {"title": "甲"}, version=1, by=county.office, at=JUNE)

    with pytest.raises(Conflict) as no:
        edit_node(county.task, {"title": "乙"}, version=1, by=county.office, at=JUNE)

    assert (no.value.mine, no.value.theirs) == ({"任务": "乙"}, {"任务": "甲"})


def test_a_withdrawn_target_leaves_the_plan_and_keeps_its_past(county):
    county.accepted(county.signed, 80)
    end_node(county.signed, "并入到位资金", version=1, by=county.office, at=JUNE)
    judge_period("2020-06", at=JUNE)

    names = [row.metric for row in targets_in_order(county.campaign, on=DAY)]
    assert names == ["新开工项目"]
    assert county.signed.verdicts.filter(superseded=False, period__key="2020-05").exists()
    refused("plan.ended", end_node, county.signed, "再", version=2, by=county.office, at=JUNE)


def test_what_holds_others_is_not_withdrawn(county, action):
    refused("plan.holds", end_node, county.task, "重复", version=1, by=county.office, at=JUNE)
    refused("plan.holds", end_node, action, "重复", version=1, by=county.office, at=JUNE)
    refused("plan.no-reason", end_node, county.milestone, " ", version=1, by=county.office, at=JUNE)


def test_order_is_moved_one_place_and_not_past_the_end(county):
    move_node(county.started, -1, version=county.started.version, by=county.office, at=JUNE)

    names = [t.metric for t in plan_actions(county.campaign, on=DAY)[0].targets]
    assert names == ["新开工项目", "新签约项目"]
    county.started.refresh_from_db()
    now = {"version": county.started.version, "at": JUNE}
    refused("plan.at-the-end", move_node, county.started, -1, by=county.office, **now)
    refused("plan.changed", move_node, county.started, 1, by=county.office, at=JUNE, version=99)
    refused("office.only", move_node, county.started, 1, by=county.reporter, **now)


def test_a_part_holds_actions_that_the_whole_counts(county, action):
    part = create_part(county.campaign, "重大项目建设年", by=county.office, at=JUNE)

    put_under_part(action, part, version=action.version, by=county.office, at=JUNE)

    rows = plan_actions(county.campaign, on=DAY)
    assert [(row.name, row.part) for row in rows] == [("双招双引", "重大项目建设年")]
    refused("campaign.part", create_part, part, "再下一层", by=county.office, at=JUNE)
    refused("campaign.known", create_part, county.campaign, "重大项目建设年", by=county.office,
            at=JUNE)  # fmt: skip
    refused("campaign.part", add_action, county.campaign, ActionWords("新行动", county.campaign),
            by=county.office, at=JUNE)  # fmt: skip


def test_an_action_is_added_once(county):
    add_action(county.campaign, ActionWords("平安建设"), by=county.office, at=JUNE)

    refused("plan.known", add_action, county.campaign, ActionWords(" 平安建设 "),
            by=county.office, at=JUNE)  # fmt: skip


def test_how_a_figure_is_formed_changes_from_a_day_and_not_before(county):
    words = FormWords("stock", "claims")

    form_target(
        county.signed, words, valid_from=date(2020, 6, 1), version=1, by=county.office, at=JUNE
    )

    row = plan_actions(county.campaign, on=DAY)[0].targets[0]
    assert [row.kind_on(day) for day in (date(2020, 5, 31), date(2020, 6, 1))] == ["flow", "stock"]
    assert [source.source for source in target_terms(county.signed).sources] == [
        "reported", "claims",
    ]  # fmt: skip
    bad = FormWords("growth", TargetSource.Source.CLAIMS)
    refused("target.form", form_target, county.signed, bad, valid_from=DAY, version=2,
            by=county.office, at=JUNE)  # fmt: skip
