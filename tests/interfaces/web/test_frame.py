"""The frame keeps its own words: what a page names tabs does not empty the bar of a phone."""

import re

import pytest
from django.urls import reverse

from gongjian.foundation.orgs.models import Role
from interfaces.web.people import a_demo, come_in, person

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
