from datetime import date
from decimal import Decimal

import pytest

from gongjian.flow.duties.queries import what_is_missing
from gongjian.flow.plan.models import Action, Target, Task
from gongjian.flow.plan.queries import copies_there, copies_with_old_year
from gongjian.flow.plan.usecases import (
    ActionWords,
    NodeWords,
    add_action,
    add_node,
    copy_nodes,
    create_campaign,
    define_node,
    end_node,
)
from gongjian.lib.days import local_day
from gongjian.lib.refusals import Refused
from small_county import JUNE


@pytest.fixture
def coming(county):
    return create_campaign("重点工作攻坚年", year=2021, by=county.office, at=JUNE)


def copied(county, coming, nodes, **more):
    uids = [node.uid for node in nodes]
    return copy_nodes(county.campaign, coming, uids, by=county.office, at=JUNE, **more)


def test_a_target_comes_with_its_base_and_waits_for_its_value(county, coming):
    copied(county, coming, [county.signed], accepted={county.signed.pk: Decimal(158)})

    target = Target.objects.get(action__campaign=coming)
    value = target.values.get()
    assert (value.value, value.base_value, value.valid_from) == (
        None, Decimal(158), date(2021, 1, 1),
    )  # fmt: skip
    assert (target.action.name, target.copied_from) == ("双招双引", county.signed)


def test_without_an_accepted_figure_the_old_target_is_the_base(county, coming):
    copied(county, coming, [county.started])

    assert Target.objects.get(action__campaign=coming).values.get().base_value == Decimal(60)


def test_dates_move_by_a_year_and_keep_the_end_of_their_month(county, coming):
    Task.objects.filter(pk=county.task.pk).update(
        deadline=date(2020, 2, 29), deadline_precision="month"
    )

    copied(county, coming, [county.task])

    task = Task.objects.get(action__campaign=coming)
    assert task.deadline == date(2021, 2, 28)
    assert list(task.milestones.values_list("text", "day")) == [("台账建成", date(2021, 6, 30))]


def test_copying_twice_copies_once(county, coming):
    assert copied(county, coming, [county.signed, county.task]) == 3

    with pytest.raises(Refused) as no:
        copied(county, coming, [county.signed, county.task])

    assert no.value.code == "copy.nothing"
    assert Action.objects.filter(campaign=coming).count() == 1


def test_an_action_alone_may_be_copied_and_the_same_year_may_not(county, coming):
    assert copied(county, coming, [county.signed.action]) == 1

    with pytest.raises(Refused) as no:
        copied(county, county.campaign, [county.signed])

    assert no.value.code == "copy.same"


def test_a_withdrawn_milestone_is_not_copied(county, coming):
    end_node(county.task.milestones.get(), "不再单列", version=1, by=county.office, at=JUNE)

    copied(county, coming, [county.task])

    assert not Task.objects.get(action__campaign=coming).milestones.exists()


def test_what_stands_there_by_the_same_name_is_not_copied_again(county, coming):
    action = add_action(coming, ActionWords("签约和开工"), by=county.office, at=JUNE)
    words = NodeWords(kind="task", name=f"{county.task.title}。", deadline=date(2021, 6, 30))
    add_node(action, words, by=county.office, at=JUNE)

    assert copies_there(county.campaign, coming, on=local_day(JUNE)) == {county.task.uid}
    with pytest.raises(Refused) as no:
        copied(county, coming, [county.task])

    assert no.value.code == "copy.nothing"


def test_a_copied_definition_holds_at_once_and_its_old_year_is_named(county, coming):
    define_node(
        county.signed,
        "自2020年1月1日起累计",
        valid_from=date(2020, 1, 1),
        by=county.office,
        at=JUNE,
    )

    copied(county, coming, [county.signed, county.task])

    target = Target.objects.get(action__campaign=coming)
    assert target.definitions.get().valid_from == local_day(JUNE)
    assert "check" not in what_is_missing(target, on=local_day(JUNE))
    assert copies_with_old_year(county.campaign, coming) == [target]
