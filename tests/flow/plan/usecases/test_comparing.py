"""The plan moves while a new version of it is under review."""

from datetime import date
from decimal import Decimal

import pytest

from flow.plan.queries.test_twins import NEXT, a_new_version
from gongjian.flow.plan.models import Candidate, Target, Task
from gongjian.flow.plan.queries import (
    Wanted,
    bulk_rows,
    candidate_by_uid,
    candidate_rows,
    document_rows,
    homes,
    restated_changes,
    review_counts,
    screenful,
)
from gongjian.flow.plan.usecases import (
    ActionWords,
    NodeWords,
    accept_candidate,
    accept_listed_candidates,
    add_action,
    add_node,
    adopt_plan,
    approve_changes,
    confirm_candidate,
    edit_node,
    end_node,
    plant_pasted,
    propose_date,
    propose_value,
    reject_candidate,
    tie_candidate,
    undo_step,
)
from gongjian.foundation.records.queries import audit_findings
from gongjian.lib.refusals import Conflict, Refused
from small_plan import AT, PLAN, a_candidate, a_person, accept_all, row_like

pytestmark = pytest.mark.django_db
HUNDRED_MILLION = Decimal(10**8)


@pytest.fixture
def adopted(office, document):
    accept_all(document, office)
    return adopt_plan(document, by=office, at=AT)


@pytest.fixture
def newer(office, adopted):
    return a_new_version(office, adopted)


@pytest.fixture
def leader():
    return a_person("leader", "principal_leader")


def move_money(value, office, leader):
    money = Target.objects.get(metric="到位资金")
    change = propose_value(
        money, value * HUNDRED_MILLION, reason="任务增加", version=money.version, by=office, at=AT
    )
    approve_changes([change], by=leader, at=AT)


def judge_all(newer, office):
    for row in candidate_rows(newer):
        if row.change != "same" and row.state == "pending":
            candidate = candidate_by_uid(row.uid, reader=office)
            accept_candidate(candidate, version=row.version, by=office, at=AT)


def plant_of(newer):
    targets = [row for row in candidate_rows(newer) if row.kind == "target"]
    return next(row for row in targets if "污水处理厂" in row.headline)


def again(candidate):
    return Candidate.objects.select_related("document").get(pk=candidate.pk)


def test_an_approved_change_marks_what_was_judged(office, newer, leader):
    money = a_candidate(newer, "到位资金", office)
    accept_candidate(money, version=1, by=office, at=AT)

    move_money(150, office, leader)

    now = again(money)
    assert (now.state, now.moved, now.change) == ("accepted", True, "changed")
    assert now.stood == "到位资金 ≥140 亿元（2020-12-31）"
    assert (now.version, review_counts(newer).moved) == (3, 1)


def test_a_mark_goes_once_the_plan_is_back(office, newer, leader):
    money = a_candidate(newer, "到位资金", office)
    accept_candidate(money, version=1, by=office, at=AT)

    move_money(150, office, leader)
    move_money(140, office, leader)

    assert not again(money).moved


def test_the_plan_that_moves_to_the_new_value_leaves_nothing_changed(office, newer, leader):
    money = a_candidate(newer, "到位资金", office)
    accept_candidate(money, version=1, by=office, at=AT)

    move_money(160, office, leader)

    assert (again(money).change, again(money).moved) == ("same", True)
    counts = review_counts(newer)
    assert (counts.seen + counts.pending, counts.settled) == (counts.to_decide, 3)


def test_what_nobody_judged_is_compared_without_a_mark(office, newer, leader):
    signed = row_like(newer, "新签约项目")
    target = Target.objects.get(metric="新签约项目")
    change = propose_value(
        target, Decimal(170), reason="增加", version=target.version, by=office, at=AT
    )
    before = review_counts(newer).pending

    approve_changes([change], by=leader, at=AT)

    now = row_like(newer, "新签约项目")
    assert (signed.change, now.change, now.moved) == ("same", "changed", False)
    assert review_counts(newer).pending == before + 1


def test_adoption_waits_until_the_moved_is_looked_at(office, newer, leader):
    judge_all(newer, office)
    move_money(150, office, leader)

    with pytest.raises(Refused) as no:
        adopt_plan(newer, by=office, at=AT)
    money = a_candidate(newer, "到位资金", office)
    confirmed = confirm_candidate(money, version=money.version, by=office, at=AT)
    adopt_plan(newer, by=office, at=AT)

    assert no.value.code == "plan.moved"
    assert (confirmed.state, confirmed.moved) == ("accepted", False)
    assert confirmed.stood == "到位资金 ≥150 亿元（2020-12-31）"
    assert {finding.code for finding in audit_findings()} <= {"anchor-missing"}


def test_a_rejected_change_is_looked_at_again_too(office, newer, leader):
    money = a_candidate(newer, "到位资金", office)
    reject_candidate(money, "没有依据", version=1, by=office, at=AT)

    move_money(150, office, leader)

    assert again(money).moved
    confirmed = confirm_candidate(again(money), version=3, by=office, at=AT)
    assert (confirmed.state, confirmed.moved, confirmed.why_rejected) == (
        "rejected",
        False,
        "没有依据",
    )


def test_what_did_not_move_is_not_confirmed(office, newer):
    money = a_candidate(newer, "到位资金", office)
    accept_candidate(money, version=1, by=office, at=AT)

    with pytest.raises(Refused) as no:
        confirm_candidate(money, version=2, by=office, at=AT)

    assert no.value.code == "candidate.not-moved"


def test_an_ended_node_leaves_its_finding_as_new(office, newer):
    milestone = row_like(newer, "推行拿地即开工")
    task = Task.objects.get(title__startswith="推行拿地即开工")
    for node in (*task.milestones.all(), task):
        end_node(node, "不再办理", version=node.version, by=office, at=AT)

    now = [row for row in candidate_rows(newer) if row.uid == milestone.uid]

    assert [(row.change, row.twin) for row in now] == [("new", None)]


def test_a_node_that_is_reworded_or_moved_in_time_is_noticed(office, newer, leader):
    accept_candidate(a_candidate(newer, "到位资金", office), version=1, by=office, at=AT)
    money = Target.objects.get(metric="到位资金")

    edit_node(money, {"metric": "实际到位资金"}, version=money.version, by=office, at=AT)
    renamed = a_candidate(newer, "到位资金", office).moved
    money.refresh_from_db()
    edit_node(money, {"metric": "到位资金"}, version=money.version, by=office, at=AT)
    back = a_candidate(newer, "到位资金", office).moved
    money.refresh_from_db()
    change = propose_date(
        money, date(2020, 10, 31), "month", reason="提前", version=money.version, by=office, at=AT
    )
    approve_changes([change], by=leader, at=AT)

    assert (renamed, back) == (True, False)
    assert a_candidate(newer, "到位资金", office).moved


@pytest.mark.parametrize("way", ["typed", "pasted"])
def test_what_was_new_and_is_in_the_plan_meanwhile_is_not_added_twice(office, newer, way):
    judge_all(newer, office)
    plant = plant_of(newer)
    home = newer.campaign.actions.get(seq=2)
    if way == "typed":
        fields = plant.fields
        words = NodeWords(
            "target", fields["metric"], date(2020, 12, 31), qualifier=fields["qualifier"], unit="座"
        )
        add_node(home, words, by=office, at=AT)
    else:
        text = f"目标名称\t目标值\n{plant.fields['metric']}\t3座\n"
        plant_pasted(newer.campaign, text, home=home, by=office, at=AT)

    moved = next(row for row in candidate_rows(newer) if row.uid == plant.uid)
    look = confirm_candidate if way == "typed" else tie_candidate  # pasted it has no qualifier
    look(candidate_by_uid(moved.uid, reader=office), version=moved.version, by=office, at=AT)
    adopt_plan(newer, by=office, at=AT)

    assert (moved.moved, moved.change) == (True, "changed" if way == "typed" else "new")
    assert Target.objects.filter(metric=plant.fields["metric"]).count() == 1


def test_something_like_it_that_came_into_the_plan_is_asked_about(office, newer):
    judge_all(newer, office)
    plant = plant_of(newer)
    words = NodeWords("target", plant.fields["metric"] + "建设", date(2020, 12, 31), unit="座")
    made = add_node(newer.campaign.actions.get(seq=2), words, by=office, at=AT)
    asked = plant_of(newer)

    end_node(made, "重复", version=made.version, by=office, at=AT)

    assert (plant.moved, plant.resembles) == (False, None)
    assert (asked.moved, asked.change, asked.resembles) == (True, "new", made.uid)
    assert (plant_of(newer).moved, plant_of(newer).resembles) == (False, None)


def test_another_version_adopted_meanwhile_is_noticed(office, adopted, newer):
    other = a_new_version(office, adopted, NEXT + "新建产业园区5个以上。\n", "plan-3.txt")
    judge_all(newer, office)
    judge_all(other, office)

    adopt_plan(newer, by=office, at=AT)

    plant = plant_of(other)
    assert (plant.change, plant.moved) == ("same", True)
    with pytest.raises(Refused, match="审核以后计划变了"):
        adopt_plan(other, by=office, at=AT)


def test_an_action_of_that_name_made_by_hand_is_its_home(office, adopted):
    text = PLAN.replace("（二）生态文明建设。", "（二）乡村振兴。")
    newer = a_new_version(office, adopted, text)
    before = row_like(newer, "乡村振兴").change

    add_action(newer.campaign, ActionWords("乡村振兴"), by=office, at=AT)

    assert (before, row_like(newer, "乡村振兴").change) == ("new", "same")


def test_a_form_from_before_the_move_is_stale_and_says_why(office, newer, leader):
    money = a_candidate(newer, "到位资金", office)
    move_money(150, office, leader)

    with pytest.raises(Conflict) as no:
        accept_candidate(money, version=1, by=office, at=AT)

    assert "计划动了" in no.value.sentence
    assert all(no.value.mine[name] != no.value.theirs[name] for name in no.value.theirs)


def test_a_step_taken_back_is_compared_with_the_plan_of_now(office, newer, leader):
    money = a_candidate(newer, "到位资金", office)
    accept_candidate(money, version=1, by=office, at=AT)
    move_money(160, office, leader)

    undo_step(newer, by=office, at=AT)

    now = again(money)
    assert (now.state, now.change, now.moved) == ("pending", "same", False)
    assert {finding.code for finding in audit_findings()} <= {"anchor-missing"}


def test_what_moved_is_counted_listed_first_and_shown_in_the_list_of_plans(office, newer, leader):
    judge_all(newer, office)
    move_money(150, office, leader)

    first = screenful(newer, Wanted()).rows[0]
    only = screenful(newer, Wanted(change="moved")).rows
    waiting = screenful(newer, Wanted(state="pending")).rows

    assert first.headline.startswith("到位资金")
    assert [row.seq for row in only] == [row.seq for row in waiting] == [first.seq]
    assert next(row.pending for row in document_rows(office) if row.uid == newer.uid) == 1


def test_a_plan_that_moves_asks_as_often_for_many_findings(
    office, adopted, leader, django_assert_max_num_queries
):
    a_new_version(office, adopted)
    more = NEXT + "".join(f"新建产业园区{n}个以上。\n" for n in range(30))
    a_new_version(office, adopted, more, "plan-4.txt")
    money = Target.objects.get(metric="到位资金")
    change = propose_value(
        money, 150 * HUNDRED_MILLION, reason="增加", version=money.version, by=office, at=AT
    )

    with django_assert_max_num_queries(75):
        approve_changes([change], by=leader, at=AT)


REWORDED = PLAN.replace(
    "推行拿地即开工，6月底前印发办法（", "全面实行“拿地即开工”审批模式，当年出台实施意见（"
)


@pytest.fixture
def reworded(office, adopted):
    return a_new_version(office, adopted, REWORDED)


def test_a_reworded_sentence_is_asked_about_and_never_taken_in_bulk(office, reworded):
    (asked,) = [row for row in candidate_rows(reworded) if row.resembles]

    assert asked.resembles == Task.objects.get(title__startswith="推行拿地即开工").uid
    assert (asked.kind, asked.change) == ("task", "new")
    assert asked.uid not in {row.uid for row in bulk_rows(reworded)}
    Candidate.objects.filter(uid=asked.uid).update(confidence=1)
    listed = accept_listed_candidates(reworded, {asked.uid: asked.version}, by=office, at=AT)
    assert (listed.taken, listed.left_out) == (0, (asked.seq,))


def test_a_reworded_sentence_changes_its_node_and_adds_none(office, reworded):
    (asked,) = [row for row in candidate_rows(reworded) if row.resembles]
    tasks = Task.objects.count()

    tied = tie_candidate(
        candidate_by_uid(asked.uid, reader=office), version=asked.version, by=office, at=AT
    )
    judge_all(reworded, office)
    adopt_plan(reworded, by=office, at=AT)

    assert (tied.state, tied.change, tied.twin) == ("accepted", "changed", asked.resembles)
    assert (Task.objects.count(), tied.resembles) == (tasks, None)


def test_what_is_another_matter_is_added(office, reworded):
    (asked,) = [row for row in candidate_rows(reworded) if row.resembles]
    tasks = Task.objects.count()

    judge_all(reworded, office)
    adopt_plan(reworded, by=office, at=AT)

    assert Task.objects.count() == tasks + 1
    assert Candidate.objects.get(uid=asked.uid).change == "new"


def test_two_findings_are_not_one_node_reworded(office, reworded):
    (asked,) = [row for row in candidate_rows(reworded) if row.resembles]
    other = next(row for row in candidate_rows(reworded) if row.kind == "task" and row.twin is None)
    candidate = candidate_by_uid(other.uid, reader=office)
    same = row_like(reworded, "新签约项目")
    Candidate.objects.filter(uid=same.uid).update(twin=asked.resembles)

    with pytest.raises(Refused) as no:
        tie_candidate(candidate, version=candidate.version, by=office, at=AT)

    assert no.value.code == "candidate.tied"


def test_what_resembles_nothing_is_no_rewording(office, newer):
    plant = plant_of(newer)

    with pytest.raises(Refused) as no:
        tie_candidate(
            candidate_by_uid(plant.uid, reader=office), version=plant.version, by=office, at=AT
        )

    assert no.value.code == "candidate.resembles-nothing"


def test_a_first_version_is_compared_with_nothing(document):
    assert {(row.moved, row.stood, row.resembles) for row in candidate_rows(document)} == {
        (False, "", None)
    }


def test_a_new_version_that_copies_the_old_words_would_take_an_approved_change_back(
    office, newer, leader
):
    move_money(150, office, leader)
    assert restated_changes(newer, row_like(newer, "到位资金")) == []
    target = Target.objects.get(metric="新签约项目")
    change = propose_value(
        target, Decimal(170), reason="增加", version=target.version, by=office, at=AT
    )
    approve_changes([change], by=leader, at=AT)

    (restated,) = restated_changes(newer, row_like(newer, "新签约项目"))

    assert (restated.old, restated.new) == ("≥150 个", "≥170 个")


def test_a_new_version_offers_an_action_as_home_once(newer):
    offered = [home.name for home in homes(newer)]

    assert offered == ["突破大项目", "生态文明建设"]
