"""What is not sent is the office's own; and what the pages say of a consultation adds up."""

from datetime import datetime

import pytest
from django.urls import reverse

from gongjian.flow.duties.models import Opinion
from gongjian.flow.duties.queries import consultation, opinion_by_uid
from gongjian.flow.duties.usecases import draft_list, object_line, send_list
from gongjian.lib.days import LOCAL
from small_county import BACKEND, JUNE, small_county

pytestmark = pytest.mark.django_db


@pytest.fixture
def county():
    return small_county(june=False)


@pytest.fixture
def draft(county):
    return draft_list(county.campaign, by=county.office, at=JUNE)


def sees(client, county, who, *addresses):
    client.force_login(county.people[who], backend=BACKEND)
    return [client.get(address).status_code for address in addresses]


@pytest.mark.parametrize("who", ["office", "reviewer", "principal"])
def test_a_draft_is_seen_by_the_office_and_who_signs(client, county, draft, who):
    page, paper = reverse("duty_list", args=[draft.uid]), reverse("duties_file", args=["docx"])

    assert sees(client, county, who, page, f"{paper}?draft=1", paper) == [200, 200, 200]
    assert "草稿" in client.get(reverse("duty_lists")).content.decode()


@pytest.mark.parametrize("who", ["approver", "other_reporter", "leader"])
def test_a_draft_is_not_there_for_others_until_it_is_sent(client, county, draft, who):
    page, paper = reverse("duty_list", args=[draft.uid]), reverse("duties_file", args=["docx"])
    before = sees(client, county, who, page, f"{paper}?draft=1", paper)
    listed = client.get(reverse("duty_lists")).context["rows"]
    named = client.get(reverse("duties")).content.decode()

    send_list(draft, version=draft.version, by=county.office, at=JUNE)

    assert (before, list(listed)) == ([404, 404, 404], [])
    assert "draft=1" not in named
    assert "V1 草稿" not in named
    assert sees(client, county, who, page, f"{paper}?draft=1") == [200, 200]


def test_each_unit_and_each_ask_counts_once(client, county, draft):
    sent = send_list(draft, version=draft.version, by=county.office, at=JUNE)
    mine = Opinion.objects.filter(unit=county.units["invest"]).first()
    by, better = county.approver, county.units["reform"]
    object_line(opinion_by_uid(mine.uid), better, "理由", by=by, at=JUNE)
    client.force_login(county.office, backend=BACKEND)

    told = consultation(sent, at=datetime(2020, 6, 29, 11, tzinfo=LOCAL))
    views = client.get(reverse("duty_list", args=[sent.uid])).context["views"]

    counts = {label: count for label, _url, count, _current in views}
    assert told.claimed_by + told.objected_by + told.unanswered_by == len(told.units)
    assert (told.objected_by, counts["异议待定"]) == (1, 1)
    lines = Opinion.objects.filter(line__list=sent).values("line").distinct().count()
    assert counts["全部"] == lines
    assert counts["异议待定"] + counts["答复期内"] >= lines


def test_a_reason_too_long_is_refused_whole(client, county, draft):
    send_list(draft, version=draft.version, by=county.office, at=JUNE)
    mine = Opinion.objects.filter(unit=county.units["invest"]).first()
    client.force_login(county.approver, backend=BACKEND)
    asks = client.get(reverse("asks")).content.decode()
    reason = "长" * 301

    answer = client.post(
        reverse("opinion_object", args=[mine.uid]),
        {"better": county.units["reform"].uid, "reason": reason},
    )

    assert answer.status_code == 409
    assert reason in answer.content.decode()
    assert "现在有 301 个" in answer.content.decode()
    assert 'name="reason" rows="2" maxlength' not in asks
