"""A period counts the campaign of its own year, whatever else has been begun."""

import pytest

from gongjian.flow.judgement.models import Verdict
from gongjian.flow.judgement.usecases import freeze_period
from gongjian.flow.plan.queries import campaign_in_force, campaign_of_year
from gongjian.flow.plan.usecases import create_campaign
from gongjian.flow.progress.models import Report
from gongjian.flow.progress.usecases import open_period, plan_period
from gongjian.lib.days import LOCAL, local_day
from small_county import JUNE, JUNE_FROZEN, small_county

pytestmark = pytest.mark.django_db


def test_next_years_campaign_leaves_this_years_freeze_alone():
    county = small_county(may={"signed": 51, "started": 13})
    create_campaign("重点工作攻坚年", year=2021, by=county.office, at=JUNE)

    snapshot = freeze_period("2020-06", at=JUNE_FROZEN)

    assert snapshot.values.count() == 2
    assert Verdict.objects.standing().filter(period__key="2020-06", frozen=True).count() == 2
    assert campaign_in_force(local_day(JUNE)) == county.campaign


def test_a_second_campaign_of_the_year_does_not_hide_the_first():
    county = small_county(may={"signed": 51, "started": 13})
    create_campaign("夏季攻坚", year=2020, by=county.office, at=JUNE)

    assert campaign_of_year(2020) == county.campaign


def test_a_year_without_a_campaign_asks_nothing():
    county = small_county(may={"signed": 51, "started": 13})
    opens = JUNE.replace(year=2021, month=1, day=25, tzinfo=LOCAL)
    plan_period("2021-01", by=county.office, at=JUNE)

    open_period("2021-01", at=opens)

    assert Report.objects.filter(period__key="2021-01").count() == 0
