"""The consultation page: a row a line, the answers of its units one click away."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gongjian.flow.duties.models import Duty, ListLine, Opinion
from gongjian.flow.duties.queries import Allotment, Reply, line_replies
from gongjian.flow.duties.usecases import (
    assign_target,
    claim_lines,
    draft_list,
    object_line,
    send_list,
)
from gongjian.flow.plan.models import Task
from gongjian.lib.days import LOCAL
from small_county import BACKEND, BEGIN, small_county

pytestmark = pytest.mark.django_db
SENT = datetime(2020, 6, 29, 9, tzinfo=LOCAL)


@pytest.fixture
def county():
    return small_county(june=False)


@pytest.fixture
def sent(county):
    """新签约: 投促 leads, 发改 and 攻坚办 support; the rest is 投促's, 发改 fills one."""
    units = county.units
    allotment = Allotment(
        lead=units["invest"],
        fills=units["invest"],
        supporting=(units["reform"], units["office"]),
    )
    assign_target(county.signed, allotment, by=county.office, at=BEGIN)
    draft = draft_list(county.campaign, by=county.office, at=SENT)
    return send_list(draft, version=draft.version, by=county.office, at=SENT)


@pytest.fixture
def office(client, county):
    client.force_login(county.office, backend=BACKEND)
    return client


def page(answer):
    assert answer.status_code in (200, 409)
    return answer.content.decode()


def shown(office, sent, **given):
    return page(office.get(reverse("duty_list", args=[sent.uid]), given))


def opinions(county, unit, target):
    return Opinion.objects.filter(unit=county.units[unit], line__target=target)


def test_a_line_is_one_row_that_counts_who_took_it_on_and_names_who_is_silent(county, sent):
    claim_lines(list(opinions(county, "invest", county.signed)), by=county.approver, at=SENT)
    late = sent.due_at + timedelta(minutes=1)

    found = line_replies(sent, at=late)[("target", county.signed.pk)]

    assert sorted(found.replies, key=lambda one: one.unit) == [
        Reply("发改", "silent", False),
        Reply("投促", "claimed", False),
        Reply("攻坚办", "silent", False),
    ]
    assert found.names("silent") == ["攻坚办", "发改"]
    assert found.views == {"silent"}


def test_the_page_has_a_row_a_line_and_no_answer_until_it_is_opened(office, county, sent):
    claim_lines(list(opinions(county, "invest", county.signed)), by=county.approver, at=SENT)
    line = ListLine.objects.get(list=sent, target=county.signed)

    listed = shown(office, sent)
    opened = shown(office, sent, line=line.uid)

    assert listed.count("<tbody id=") == 3
    assert "2 个还没答复" in listed
    assert "攻坚办、发改" in listed
    assert 'class="du-a"' not in listed
    assert opened.count('class="du-a"') == 3
    assert "代录来文" in opened
    assert '<select class="form-select form-select-sm" name="unit"' not in opened


@pytest.mark.parametrize(
    ("view", "titles"),
    [
        ("objected", {"新开工项目"}),
        ("claimed", {"建立签约项目台账"}),
        ("open", {"新签约项目", "新开工项目"}),
        ("decided", set()),
    ],
)
def test_lines_are_found_by_how_they_were_answered(office, county, sent, view, titles):
    claim_lines(
        list(Opinion.objects.filter(unit=county.units["invest"], line__task=county.task)),
        by=county.approver,
        at=SENT,
    )
    objection = opinions(county, "invest", county.started).get()
    object_line(objection, county.units["office"], "不是投促的职责", by=county.approver, at=SENT)

    words = shown(office, sent, view=view)

    table = words.split('<table class="g-t du du-list du-ask">')[1].split("</table>")[0]
    every = ("新签约项目", "新开工项目", "建立签约项目台账")
    assert {title for title in every if title in table} == titles
    assert "不是投促的职责" in shown(office, sent, q="不是投促的职责")


def test_an_objection_stands_open_with_its_form_and_a_unit_is_found_without_a_script(
    office, county, sent
):
    objection = opinions(county, "invest", county.started).get()
    object_line(objection, county.units["office"], "不是投促的职责", by=county.approver, at=SENT)
    address = reverse("opinion_decide", args=[objection.uid])
    assert address in shown(office, sent)

    typed = {
        "outcome": "other", "unit_q": "发", "find": "unit", "sentence": "按职能定", "version": 2,
    }  # fmt: skip
    found = office.post(address, typed)
    refused = office.post(
        address, {**typed, "find": "", "unit": "", "unit_q": "", "sentence": "按职能定"}
    )

    assert found.status_code == 200
    assert f'value="{county.units["reform"].uid}"' in page(found)
    assert 'value="按职能定"' in page(found)
    assert refused.status_code == 409
    assert 'value="按职能定"' in page(refused)
    objection.refresh_from_db()
    assert objection.outcome == ""


def test_the_page_of_a_line_further_on_is_the_one_that_is_shown(office, county, sent):
    more_lines(county, sent, 45)
    last = ListLine.objects.filter(list=sent).order_by("-pk").first()

    assert f'id="l-{last.uid}"' in shown(office, sent, line=last.uid)
    assert f'id="l-{last.uid}"' not in shown(office, sent)


def test_the_consultation_asks_as_often_for_many_lines_as_for_few(office, county, sent):
    asked = []
    line = ListLine.objects.get(list=sent, target=county.signed)
    for many in (2, 30):
        more_lines(county, sent, many)
        shown(office, sent, line=line.uid)
        with CaptureQueriesContext(connection) as queries:
            shown(office, sent, line=line.uid)
        asked.append(len(queries))

    assert asked[0] == asked[1]


def more_lines(county, sent, many):
    there = Task.objects.count()
    for n in range(there, there + many):
        task = Task.objects.create(
            action=county.task.action, seq=n + 10, title=f"任务{n}", deadline=county.task.deadline
        )
        Duty.objects.create(
            task=task, unit=county.units["invest"], role="lead", order=1,
            valid_from=BEGIN.date(), confirmed_by=county.office, confirmed_at=BEGIN,
        )  # fmt: skip
        line = ListLine.objects.create(list=sent, task=task, order=n + 10)
        Opinion.objects.create(
            line=line, unit=county.units["invest"], role="lead", asked_at=SENT, due_at=sent.due_at
        )
