"""A new version of a plan beside the plan as adopted: what is new, changed, the same, gone."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjian.flow.plan.models import PlanDocument, Target
from gongjian.flow.plan.queries import (
    Node,
    Speaks,
    candidate_rows,
    document_by_uid,
    pair_with_plan,
    plan_differences,
    review_counts,
)
from gongjian.flow.plan.usecases import (
    accept_candidate,
    add_candidate,
    adopt_plan,
    edit_candidate,
    read_plan_document,
    undo_step,
    upload_plan,
)
from gongjian.lib.refusals import Refused
from small_plan import AT, PLAN, a_candidate, accept_all

NEXT = (
    PLAN.replace("到位资金140亿元以上", "到位资金160亿元以上")
    .replace("6月底前印发办法", "5月底前印发办法")
    .replace("整治河道排口62处（", "新建污水处理厂3座（")
)


def a_new_version(office, document, text=NEXT, name="plan-2.txt"):
    uploaded = upload_plan(
        document.campaign, name, text.encode(), replaces=document, by=office, at=AT
    )
    read_plan_document(str(uploaded.uid), at=AT)
    return document_by_uid(uploaded.uid, reader=office)


@pytest.fixture
def adopted(office, document):
    accept_all(document, office)
    return adopt_plan(document, by=office, at=AT)


@pytest.fixture
def newer(office, adopted):
    return a_new_version(office, adopted)


@pytest.mark.django_db
def test_a_new_version_shows_what_changed(newer):
    shown = {(one.change, one.kind, one.old, one.new) for one in plan_differences(newer)}

    assert ("changed", "target", "到位资金 ≥140 亿元", "到位资金 ≥160 亿元") in shown
    assert ("same", "target", "新签约项目 ≥150 个", "新签约项目 ≥150 个") in shown
    assert ("same", "action", "突破大项目", "突破大项目") in shown
    new = [one.new for one in plan_differences(newer) if one.change == "new"]
    assert [words for words in new if "污水处理厂" in words and "3" in words]
    gone = [one for one in plan_differences(newer) if one.change == "gone"]
    assert ("target", "河道排口 ≥62 处") in {(o.kind, o.old.replace("=", "≥")) for o in gone}


@pytest.mark.django_db
def test_a_milestone_that_moved_names_both_days(newer):
    (moved,) = [one for one in plan_differences(newer) if one.kind == "milestone" and one.seq]

    assert ("完成时限", "2020-06-30", "2020-05-31") in moved.fields


@pytest.mark.django_db
def test_only_what_is_new_or_changed_has_to_be_decided(newer):
    counts = review_counts(newer)

    assert counts.changes["same"] > 0
    assert counts.pending == counts.total - counts.changes["same"] == counts.to_decide


@pytest.mark.django_db
def test_adopting_a_new_version_adds_what_is_new_and_changes_nothing(office, adopted, newer):
    before = {target.metric: target.values.get().value for target in Target.objects.all()}
    for row in candidate_rows(newer):
        if row.change != "same":
            accept_candidate(a_candidate(newer, row.headline, office), version=1, by=office, at=AT)

    adopt_plan(newer, by=office, at=AT)

    after = {target.metric: target.values.get().value for target in Target.objects.all()}
    assert len(after) == len(before) + 1
    assert {metric: after[metric] for metric in before} == before
    assert adopted.campaign.actions.count() == 2
    waiting = [one for one in plan_differences(newer) if one.change == "changed"]
    assert "到位资金 ≥160 亿元" in [one.new for one in waiting if one.state == "accepted"]


@pytest.mark.django_db
def test_a_third_version_is_laid_beside_the_plan_with_all_that_was_added(office, newer):
    for row in candidate_rows(newer):
        if row.change != "same":
            accept_candidate(a_candidate(newer, row.headline, office), version=1, by=office, at=AT)
    second = adopt_plan(newer, by=office, at=AT)
    third = a_new_version(office, second, NEXT + "（三）深化改革。\n", "plan-3.txt")

    shown = [(one.change, one.kind) for one in plan_differences(third)]

    assert ("same", "target") in shown
    assert ("gone", "target") in shown  # that of the first version, two versions ago
    assert ("new", "target") not in shown


@pytest.mark.django_db
def test_an_edit_that_goes_back_to_the_plan_is_no_change(office, newer):
    money = a_candidate(newer, "到位资金", office)

    edited = edit_candidate(money, {"value": "140"}, version=1, by=office, at=AT)
    same = (edited.change, edited.twin)
    undo_step(newer, by=office, at=AT)

    edited.refresh_from_db()
    assert same == ("same", money.twin)
    assert (edited.change, edited.twin) == ("changed", money.twin)


@pytest.mark.django_db
def test_what_is_added_by_hand_finds_its_node(office, adopted):
    newer = a_new_version(
        office, adopted, "示例县2020年重点工作方案\n\n抓好各项工作，资金200亿元。\n"
    )
    fields = {"metric": "到位资金", "comparator": ">=", "value": "200", "unit": "亿元"}

    added = add_candidate(newer, "target", (16, 30), fields, by=office, at=AT)

    assert (added.change, added.twin) == ("changed", Target.objects.get(metric="到位资金").uid)


@pytest.mark.django_db
def test_a_first_version_differs_from_nothing(document):
    assert plan_differences(document) == []
    assert {row.change for row in candidate_rows(document)} == {""}


@pytest.mark.django_db
def test_a_new_version_is_of_an_adopted_plan(office, document):
    with pytest.raises(Refused) as no:
        a_new_version(office, document)

    assert no.value.code == "plan.not-adopted"
    assert PlanDocument.objects.count() == 1


@pytest.mark.django_db
def test_differences_ask_a_constant_number_of_times(office, newer, django_assert_num_queries):
    with django_assert_num_queries(7):
        small = plan_differences(newer)
    accept_candidate(a_candidate(newer, "到位资金", office), version=1, by=office, at=AT)
    more = NEXT + "".join(f"新建产业园区{n}个以上。\n" for n in range(30))
    larger = a_new_version(office, newer.replaces, more, "plan-4.txt")

    with django_assert_num_queries(7):
        assert len(plan_differences(larger)) > len(small)


def node(n, kind, name, action=0, qualifier=""):
    return Node(kind, UUID(int=n), UUID(int=action), 1, str(n), name, qualifier=qualifier)


def says(key, kind, words, home=None):
    name = {"action": "name", "target": "metric"}.get(kind, "text")
    return Speaks(key, kind, {name: words}, home)


def pairs(found, nodes):
    return {key: node.uid.int for key, node in pair_with_plan(found, nodes).items()}


def test_a_target_is_paired_under_its_own_action_first():
    nodes = [
        node(1, "action", "突破大项目", 1),
        node(2, "action", "招商引资", 2),
        node(3, "target", "到位资金", 1),
        node(4, "target", "到位资金", 2),
    ]
    found = [says(1, "action", "招商引资"), says(2, "target", "到位资金", 1)]

    assert pairs(found, nodes) == {1: 2, 2: 4}


def test_a_target_that_two_actions_have_is_not_guessed():
    nodes = [node(3, "target", "到位资金", 1), node(4, "target", "到位资金", 2)]

    assert pairs([says(2, "target", "到位资金")], nodes) == {}


def test_targets_of_one_metric_are_told_apart_by_their_qualifier():
    nodes = [node(1, "target", "项目", 9, "新签约"), node(2, "target", "项目", 9, "新开工")]
    found = [Speaks(1, "target", {"metric": "项目", "qualifier": "新开工"}, None)]

    assert pairs(found, nodes) == {1: 2}


def test_words_are_paired_with_what_is_most_like_them():
    nodes = [
        node(1, "task", "推进污水处理厂提标改造工程", 9),
        node(2, "task", "推进污水处理厂提标改造二期工程建设", 9),
        node(3, "task", "完成老旧小区改造", 9),
    ]
    found = [
        says(1, "task", "加快推进污水处理厂提标改造二期工程建设"),
        says(2, "task", "完成老旧小区改造。"),
        says(3, "task", "建设智慧城市大脑"),
    ]

    assert pairs(found, nodes) == {1: 2, 2: 3}


words = st.text(alphabet="甲乙丙丁戊 。", min_size=1, max_size=6)


@given(st.lists(words, max_size=8), st.lists(words, max_size=8))
def test_no_node_is_paired_twice_and_equal_words_are_paired(new, old):
    nodes = [node(n, "task", text, 9) for n, text in enumerate(old)]
    found = [says(n, "task", text) for n, text in enumerate(new)]

    paired = pairs(found, nodes)

    assert len(set(paired.values())) == len(paired)
    assert paired == pairs(found, nodes)
    bare = lambda text: "".join(c for c in text if c.isalnum())  # noqa: E731
    left = [bare(text) for n, text in enumerate(new) if n not in paired]
    free = [bare(text) for n, text in enumerate(old) if n not in paired.values()]
    assert set(left) & set(free) == set()
