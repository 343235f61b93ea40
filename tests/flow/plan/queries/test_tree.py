"""The tree, as it holds on a day."""

from datetime import date

import pytest

from gongjian.flow.plan.models import TargetValue
from gongjian.flow.plan.queries import finding_of, plan_actions, target_by_uid, targets_in_order
from gongjian.flow.plan.usecases import adopt_plan
from gongjian.lib.refusals import Missing
from small_plan import AT, a_person, a_read_plan, accept_all, row_like

pytestmark = pytest.mark.django_db
DAY = date(2020, 6, 29)


@pytest.fixture
def document(office):
    read = a_read_plan(office)
    accept_all(read, office)
    return adopt_plan(read, by=office, at=AT)


def test_a_target_shows_the_value_of_the_day(document):
    value = TargetValue.objects.get(target__metric="到位资金")
    TargetValue.objects.filter(pk=value.pk).update(valid_to=date(2020, 7, 1))
    TargetValue.objects.create(
        target=value.target, value=15_000_000_000, valid_from=date(2020, 7, 1)
    )

    before, after = (
        [t.value for t in targets_in_order(document.campaign, on=day) if t.metric == "到位资金"]
        for day in (DAY, date(2020, 7, 1))
    )

    assert (before, after) == ([14_000_000_000], [15_000_000_000])


def test_a_plan_for_next_year_shows_its_values_before_it_begins(document):
    early = targets_in_order(document.campaign, on=date(2019, 11, 24))

    assert [target.value for target in early] == [150, 14_000_000_000, 62]


def test_a_node_leads_back_to_its_finding(office, document):
    row = plan_actions(document.campaign, on=DAY)[0].targets[1]
    target = target_by_uid(row.uid, reader=office)

    assert finding_of(target).seq == row_like(document, "到位资金").seq


def test_a_target_is_missing_for_administrators(document):
    row = targets_in_order(document.campaign, on=DAY)[0]

    with pytest.raises(Missing):
        target_by_uid(row.uid, reader=a_person("admin", "audit_admin"))


def test_the_tree_asks_eight_times_however_large(document, django_assert_num_queries):
    with django_assert_num_queries(8):
        plan_actions(document.campaign, on=DAY)
