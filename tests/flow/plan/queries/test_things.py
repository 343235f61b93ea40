"""What of a plan is found by name."""

import pytest

from gongjian.flow.plan.queries import plan_sources
from gongjian.flow.plan.usecases import ActionWords, add_action, end_node
from small_county import JUNE, small_county

pytestmark = pytest.mark.django_db


def found(kind):
    source = next(one for one in plan_sources() if one.key == kind)
    return {thing.title: thing.subtitle for thing in source.things()}


def test_a_node_is_found_with_its_year_until_it_is_withdrawn():
    county = small_county(june=False)
    node = county.task.milestones.get()

    assert found("target")["新开工项目"].endswith("2020年")
    assert found("task")[county.task.title].endswith("2020年")
    assert node.text in found("milestone")

    for one in (node, county.task, county.started):
        end_node(one, "不再单列", version=one.version, by=county.office, at=JUNE)

    assert "新开工项目" not in found("target")
    assert county.task.title not in found("task")
    assert node.text not in found("milestone")


def test_an_action_is_found_until_it_is_withdrawn():
    county = small_county(june=False)
    action = add_action(county.campaign, ActionWords("不再推进的行动"), by=county.office, at=JUNE)

    assert "不再推进的行动" in found("action")

    end_node(action, "并入别的行动", version=action.version, by=county.office, at=JUNE)

    assert "不再推进的行动" not in found("action")
