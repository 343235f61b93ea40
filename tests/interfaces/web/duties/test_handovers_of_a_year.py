"""The list of handovers is of the year that is looked at."""

from datetime import date

import pytest
from django.urls import reverse

from gongjian.flow.duties.models import Handover
from gongjian.flow.duties.queries import count_handovers, handover_rows
from gongjian.flow.duties.usecases import hand_over_post, sign_handover
from gongjian.foundation.orgs.models import Person, Post
from gongjian.lib.days import local_day
from small_county import BACKEND, BEGIN, JUNE, small_county

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


def test_a_handover_counts_what_is_of_the_year_and_says_the_year_where_there_are_several(client):
    county = small_county(june=False)
    day = date(2020, 6, 1)
    rows = [
        {"group": "lead_leader", "role": "牵头领导", "words": words, "deadline": "", "year": year,
         "basis": ""}
        for words, year in (("双招双引", 2020), ("乡村振兴", 2021))
    ]  # fmt: skip
    made = Handover.objects.create(
        post=Post.objects.first(), day=day, due_date=day, sha256="0" * 64, made_at=BEGIN, items=rows
    )

    (of_year,) = handover_rows(county.office, on=day, year=2020)
    (of_all,) = handover_rows(county.office, on=day)
    client.force_login(county.office, backend=BACKEND)
    said = client.get(reverse("handover", args=[made.uid])).content.decode()

    assert (of_year.items, of_all.items) == (1, 2)
    assert '<th scope="col">年度</th>' in said
    assert said.index("2020</td>") < said.index("2021</td>")


def test_a_handover_waits_on_the_desks_of_both_until_they_sign(client):
    county = small_county(june=False)
    post = Post.objects.get(unit=county.units["leaders"])
    to = Person.objects.create(name="接手某", account=county.principal)
    hand_over_post(post, to=to, from_day=local_day(JUNE), by=county.office, at=JUNE)

    def desk(person):
        client.force_login(person, backend=BACKEND)
        return client.get(reverse("desk")).content.decode()

    before = ["换岗交接" in desk(one) for one in (county.leader, county.principal, county.reporter)]
    sign_handover(Handover.objects.get(), "given", by=county.leader, at=JUNE)
    after = ["换岗交接" in desk(one) for one in (county.leader, county.principal)]

    assert before == [True, True, False]
    assert after == [False, True]
