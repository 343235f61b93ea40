"""The list of handovers is of the year that is looked at."""

from datetime import date

import pytest

from gongjian.flow.duties.models import Handover
from gongjian.flow.duties.queries import count_handovers, handover_rows
from gongjian.foundation.orgs.models import Post
from small_county import BEGIN, small_county

pytestmark = pytest.mark.django_db


def test_a_handover_stands_in_the_year_of_its_day():
    county = small_county(june=False)
    day = date(2020, 6, 1)
    Handover.objects.create(
        post=Post.objects.first(), day=day, due_date=day, sha256="0" * 64, made_at=BEGIN
    )

    listed = [len(handover_rows(county.office, on=day, year=year)) for year in (2020, 2021, None)]

    assert listed == [1, 0, 1]
    assert count_handovers(county.office, year=2021) == 0
