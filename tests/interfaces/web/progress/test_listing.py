"""The list of reports: by period, filtered, a page at a time, for what the reader may see."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gongjian.flow.progress.queries import period_by_key
from gongjian.flow.progress.usecases import begin_report
from small_county import BACKEND, JUNE


@pytest.fixture
def listed(client, county):
    def by(name, **query):
        client.force_login(county.people[name], backend=BACKEND)
        return client.get(reverse("progress"), query)

    return by


def names(answer):
    return [row.name for row in answer.context["rows"]]


def test_the_newest_open_period_is_shown_and_another_can_be_chosen(listed):
    assert names(listed("leader", period="2020-05")) == ["新签约项目", "新开工项目"]
    assert names(listed("leader")) == []
    assert [key for key, _label, chosen in listed("leader").context["periods"] if chosen] == [
        "2020-06"
    ]


def test_a_period_that_is_none_is_as_if_it_had_not_been_asked(listed):
    assert listed("reporter", period="2099-99").context["asked"].period == "2020-06"


def test_a_unit_sees_its_own_draft_as_not_reported(listed):
    (row,) = listed("reporter").context["rows"]

    assert (row.name, row.value, row.state, row.level) == ("新签约项目", None, "填报中", "")
    assert "未报" in listed("reporter").content.decode()


def test_words_and_states_filter(county, listed):
    begin_report(county.task, period_by_key("2020-06"), by=county.reporter, at=JUNE)

    assert names(listed("reporter", q="台账")) == ["建立签约项目台账"]
    assert names(listed("reporter", state="accepted")) == []
    assert "没有符合筛选的进度" in listed("reporter", state="accepted").content.decode()


def test_the_number_of_a_milestone_says_what_it_counts(county, listed):
    for subject in (county.task, county.milestone):
        begin_report(subject, period_by_key("2020-06"), by=county.reporter, at=JUNE)

    codes = {row.name: row.code for row in listed("reporter").context["rows"]}

    task, milestone = county.task, county.milestone
    assert codes[task.title] == f"{task.action.seq}-{task.seq}"
    assert codes[milestone.text] == f"{milestone.action.seq}-{milestone.seq} 节点"


def test_a_page_that_is_not_there_is_the_last_one(listed):
    assert names(listed("reporter", page="99")) == ["新签约项目"]
    assert names(listed("reporter", page="minus")) == ["新签约项目"]


def test_the_list_asks_the_same_number_of_queries_for_more_rows(county, listed):
    def asked():
        with CaptureQueriesContext(connection) as seen:
            listed("reporter")
        return len(seen)

    asked()
    one = asked()
    for subject in (county.task, county.milestone):
        begin_report(subject, period_by_key("2020-06"), by=county.reporter, at=JUNE)

    assert (len(names(listed("reporter"))), asked()) == (3, one)
