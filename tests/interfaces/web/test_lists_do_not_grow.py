"""Lists that no test of their room counts: as many queries for many rows as for few."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gongjian.flow.duties.models import DutyList
from gongjian.flow.plan.usecases import SuperiorWords, align, freeze_version, keep_superior_task
from gongjian.foundation.orgs.models import Bypass
from interfaces.web.people import BACKEND
from small_county import JUNE


@pytest.fixture
def demo():
    """The county sets the installation up itself."""


def superiors(county, n):
    words = SuperiorWords(f"上级任务{n}", "潍坊市")
    kept = keep_superior_task(county.campaign, words, by=county.office, at=JUNE)
    align(kept, county.signed.action, by=county.office, at=JUNE)


def versions(county, n):
    freeze_version(county.campaign, f"第{n}版", by=county.office, at=JUNE + timedelta(hours=n))


def drafts(county, n):
    DutyList.objects.create(
        campaign=county.campaign, number=n + 1, state="scrapped", drafted_by=county.office,
        drafted_at=JUNE, scrapped_why="起草有误", scrapped_by=county.office, scrapped_at=JUNE,
    )  # fmt: skip


def passed(county, n):
    Bypass.objects.create(
        account=county.office, right="report.open", unit=county.units["invest"], kind="report",
        subject=uuid4(), title=f"第{n}项", reason="核对", day=JUNE.date(), at=JUNE,
    )  # fmt: skip


LISTS = {
    "plan_superior": superiors,
    "plan_versions": versions,
    "duty_lists": drafts,
    "bypasses": passed,
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_asks_as_often_for_many_rows_as_for_few(client, county, name):
    client.force_login(county.office, backend=BACKEND)
    asked = []

    for many in (2, 12):
        for n in range(many):
            LISTS[name](county, n + many)
        client.get(reverse(name))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse(name)).status_code == 200
        asked.append(len(queries))

    assert asked[0] == asked[1]
