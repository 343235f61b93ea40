"""The page of an administrative area, and where areas lie."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gongjian.flow.duties.models import Duty
from gongjian.flow.projects.models import Project
from gongjian.flow.projects.usecases import ProjectWords, register_project
from gongjian.foundation.orgs.models import Region, Unit
from gongjian.foundation.orgs.usecases import register_regions, register_units
from small_county import BACKEND, BEGIN, JUNE, small_county

pytestmark = pytest.mark.django_db
AREAS = {"370000": "山东省", "370700": "潍坊市", "370782": "诸城市", "370782001": "密州街道"}


@pytest.fixture
def county():
    return small_county(june=False)


@pytest.fixture
def areas():
    return register_regions(AREAS, by=None, at=BEGIN)


@pytest.fixture
def town(county, areas):
    """密州街道 with one duty and one project."""
    unit = Unit(
        code="mizhou", name="密州街道办事处", short_name="密州街道", kind=Unit.Kind.TOWNSHIP,
        level=Unit.Level.TOWNSHIP, region=areas["370782001"],
    )  # fmt: skip
    register_units([unit], by=None, at=BEGIN)
    Duty.objects.create(
        task=county.task, unit=unit, role="supporting", order=2, valid_from=BEGIN.date(),
        confirmed_by=county.office, confirmed_at=BEGIN,
    )  # fmt: skip
    words = ProjectWords(name="冷链物流", township=unit, action=county.task.action)
    register_project(county.campaign, words, by=county.office, at=JUNE)
    return unit


def page(client, region, **given):
    answer = client.get(reverse("region", args=[region.uid]), given)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_area_lies_in_the_next_wider_one_that_is_known(areas):
    parents = {code: region.parent and region.parent.code for code, region in areas.items()}

    assert parents == {
        "370000": None, "370700": "370000", "370782": "370700", "370782001": "370782",
    }  # fmt: skip


def test_a_township_s_page_has_its_units_with_their_duties_and_projects(
    client, county, areas, town
):
    client.force_login(county.office, backend=BACKEND)

    shown = page(client, areas["370782001"])

    assert town.name in shown
    for label, many in (("牵头", 0), ("责任", 0), ("配合", 1)):
        assert f'data-l="{label}">{many}</td>' in shown
    assert f"{reverse('projects')}?township=" in shown
    assert Project.objects.count() == 1
    assert reverse("region", args=[areas["370782"].uid]) in shown
    assert "1 个单位" in page(client, areas["370782"])


def test_who_sees_no_business_sees_the_units_alone(client, county, areas, town):
    client.force_login(county.sysadmin, backend=BACKEND)

    shown = page(client, areas["370782001"])

    assert town.name in shown
    assert "属地项目</th>" not in shown


def test_the_page_asks_as_often_for_many_units_as_for_few(client, county, areas):
    client.force_login(county.office, backend=BACKEND)
    asked = []
    for many in (2, 20):
        rows = [
            Unit(
                code=f"u{many}-{n}", name=f"单位{many}-{n}", short_name=f"单位{many}-{n}",
                kind=Unit.Kind.DEPARTMENT, region=Region.objects.get(code="370782"),
            )
            for n in range(many)
        ]  # fmt: skip
        register_units(rows, by=None, at=BEGIN)
        page(client, areas["370782"])
        with CaptureQueriesContext(connection) as queries:
            page(client, areas["370782"])
        asked.append(len(queries))

    assert asked[0] == asked[1]
