"""What every page goes through: a phone's bar stays full, a NUL in an address finds nothing."""

import gzip
import re

import pytest
from django.urls import reverse

from gongjian.foundation.orgs.models import Role
from interfaces.web.people import BACKEND, a_demo, come_in, person
from small_county import small_county

BAR = re.compile(r'<nav class="g-tab".*?</nav>', re.DOTALL)
EMPTY = re.compile(r'<a href=""')


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["desk", "plan", "duties", "coverage", "forces", "duty_lists"])
def test_the_bar_of_a_phone_leads_somewhere_on_every_page(client, name):
    a_demo()
    come_in(client, person("office", Role.CAMPAIGN_OFFICE))

    bar = BAR.search(client.get(reverse(name)).content.decode())[0]

    assert bar.count("<a href=") >= 3
    assert not EMPTY.search(bar)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["plan", "duties", "projects", "units", "people", "search"])
def test_a_nul_in_an_address_is_no_trouble_on_either_database(client, name):
    a_demo()
    come_in(client, person("office", Role.CAMPAIGN_OFFICE))

    assert client.get(f"{reverse(name)}?q=%00&unit=%00&action=%00").status_code == 200


@pytest.mark.django_db
def test_a_page_is_packed_for_who_takes_it_and_a_file_is_not(client):
    county = small_county(june=False)
    client.force_login(county.office, backend=BACKEND)
    packs = {"Accept-Encoding": "gzip"}

    page = client.get(reverse("plan"), headers=packs)
    paper = client.get(reverse("breakdown_file", args=["xlsx"]), headers=packs)

    assert page.headers["Content-Encoding"] == "gzip"
    assert "计划总表" in gzip.decompress(page.content).decode()
    assert "Content-Encoding" not in paper.headers
    assert "Content-Encoding" not in client.get(reverse("plan")).headers
