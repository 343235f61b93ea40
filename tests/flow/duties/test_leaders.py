"""Leaders by their posts, loads for their own eyes, handovers, and the five gate."""

from datetime import date, timedelta

import pytest

from gongjian.flow.duties.models import Handover
from gongjian.flow.duties.queries import actions_led_by, coverage_rows, gaps, leader_lines
from gongjian.flow.duties.rules import check_can_see_load, check_can_see_loads
from gongjian.flow.duties.usecases import hand_over_post, name_leader, sign_handover
from gongjian.flow.plan.models import Definition
from gongjian.flow.plan.usecases import end_node
from gongjian.flow.progress.queries import missing_for, targets_held_back
from gongjian.foundation.orgs.models import Person, Post
from gongjian.lib.days import local_day
from gongjian.lib.refusals import Refused
from small_county import JUNE, small_county

pytestmark = pytest.mark.django_db
DAY = local_day(JUNE)


@pytest.fixture
def county():
    return small_county(june=False)


@pytest.fixture
def post(county):
    return Post.objects.get(unit=county.units["leaders"])


def code_of(act, *args, **kwargs):
    with pytest.raises(Refused) as no:
        act(*args, **kwargs)
    return no.value.code


def test_the_action_follows_the_post_to_its_next_holder(county, post):
    action = county.signed.action
    other = Person.objects.create(name="接手某", account=county.principal)

    hand_over_post(post, to=other, from_day=DAY, basis="任免1号", by=county.office, at=JUNE)

    holder = leader_lines(county.campaign, on=DAY)[("action", action.pk)]
    assert (holder.name, holder.words) == ("接手某", "接手某")
    assert actions_led_by(county.leader, on=DAY) == set()
    assert actions_led_by(county.leader, on=DAY - timedelta(days=1)) == {action.pk}


def test_a_handover_is_signed_by_both_and_by_nobody_else(county, post):
    other = Person.objects.create(name="接手某")
    hand_over_post(post, to=other, from_day=DAY, by=county.office, at=JUNE)
    made = Handover.objects.get()

    assert [(one["group"], one["words"], one["deadline"], one["year"]) for one in made.items] == [
        ("lead_leader", "双招双引", "", 2020),
        ("led_work", "1-1 新签约项目", "2020-12-31", 2020),
        ("led_work", "1-2 新开工项目", "2020-12-31", 2020),
        ("led_work", "1-3 建立签约项目台账", county.task.deadline.isoformat(), 2020),
    ]
    assert made.due_date == date(2020, 7, 13)
    assert code_of(sign_handover, made, "given", by=county.reporter, at=JUNE) == (
        "handover.not-yours"
    )
    sign_handover(made, "given", by=county.leader, at=JUNE)
    assert code_of(sign_handover, made, "given", by=county.leader, at=JUNE) == "handover.signed"
    assert code_of(sign_handover, made, "received", by=county.office, at=JUNE) == (
        "handover.no-paper"
    )
    sign_handover(made, "received", paper="交接单1号", by=county.office, at=JUNE)
    assert (made.received_paper, made.given_by) == ("交接单1号", county.leader)


def test_a_handover_lists_no_work_that_another_leads_and_none_that_is_withdrawn(county, post):
    other = Post.objects.create(
        unit=county.units["leaders"], name="常务", kind=Post.Kind.LEADER, valid_from=DAY
    )
    name_leader(county.started, other, by=county.office, at=JUNE)
    for node in (county.milestone, county.task):
        end_node(node, "不再单列", version=node.version, by=county.office, at=JUNE)

    hand_over_post(
        post, to=Person.objects.create(name="接手某"), from_day=DAY, by=county.office, at=JUNE
    )

    listed = [one["words"] for one in Handover.objects.get().items if one["group"] == "led_work"]
    assert listed == ["1-1 新签约项目"]


def test_only_leaders_posts_lead(county):
    post = Post.objects.create(
        unit=county.units["invest"], name="科员", kind=Post.Kind.STAFF, valid_from=DAY
    )

    assert code_of(name_leader, county.signed, post, by=county.office, at=JUNE) == (
        "leader.post-kind"
    )


def test_a_load_is_for_the_leader_and_the_office_alone(county):
    person = Person.objects.get(account=county.leader)

    check_can_see_load(person, by=county.leader)
    check_can_see_load(person, by=county.office)
    for other in (county.principal, county.approver, county.sysadmin):
        assert code_of(check_can_see_load, person, by=other) == "load.own-or-office"
        assert code_of(check_can_see_loads, other) == "office.only"


def test_what_lacks_one_of_five_is_held_back_until_it_was_reported(county):
    Definition.objects.filter(target=county.signed).delete()
    county.task.measures = ""
    county.task.save()

    keys = [("target", county.signed.pk), ("task", county.task.pk)]
    assert gaps(keys, on=DAY) == {keys[0]: ("check",), keys[1]: ("measure",)}
    # The target has a draft of May: it stays open. The task was never reported on.
    assert targets_held_back([county.signed.pk], on=DAY) == {}
    assert missing_for(county.task, on=DAY) == ("measure",)
    assert missing_for(county.milestone, on=DAY) == ("measure",)


@pytest.mark.parametrize("more", [0, 1])
def test_coverage_asks_as_often_whatever_there_is(county, more, django_assert_num_queries):
    for _again in range(more):
        county.campaign.projects.create(name="示例项目")

    with django_assert_num_queries(23):
        rows = coverage_rows(county.campaign, on=DAY)

    lacking = {row.name: row.lacks for row in rows if row.lacks}
    assert lacking == {"双招双引": ("lead",)} | (
        {"示例项目": ("lead", "leader", "force")} if more else {}
    )
