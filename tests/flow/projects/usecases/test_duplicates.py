"""Two that are one: found, merged without losing a row, or kept apart for good."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongjian.flow.projects.models import StageEvent
from gongjian.flow.projects.queries import (
    duplicate_pairs,
    members_on,
    months_of,
    statement,
    ways_of,
)
from gongjian.flow.projects.usecases import (
    YearWords,
    keep_apart,
    merge_duplicates,
    register_project,
    register_projects,
)
from gongjian.lib.refusals import Refused
from small_county import BEGIN, JUNE
from small_register import wrong_rows


@pytest.fixture
def twin(register):
    """The mill again, as a second office wrote it."""
    said = register.words("示例纺织 智能工厂", code="2020-370700-17-03-000009")
    return register_project(register.campaign, said, by=register.office, at=BEGIN)


def test_a_twin_is_found_with_what_it_is_by(register, twin):
    found = duplicate_pairs(register.campaign)

    assert [(pair.one, pair.other) for pair in found] == [(register.mill.pk, twin.pk)]
    assert found[0].by == ("名称相近", "信用代码相同", "建设单位相同", "投资方相同", "属地相同")


def test_merging_loses_no_history(register, twin):
    register.reached(twin, "signed", date(2020, 1, 20))
    register.reached(register.mill, "signed", date(2020, 2, 1))
    register.reached(twin, "established", date(2020, 2, 10))
    register.reached(twin, "started", date(2020, 3, 1))
    register.paid(twin, "2020-04", done=100)
    register.paid(twin, "2020-05", done=200)

    merge_duplicates(register.mill, twin, "同一备案证明", by=register.office, at=JUNE)

    way = ways_of([register.mill.pk], known_at=JUNE)[register.mill.pk]
    assert {stage: row.day.month for stage, row in way.items()} == {
        "signed": 1, "established": 2, "started": 3,
    }  # fmt: skip
    register.paid(register.mill, "2020-05", done=250)
    months = months_of([register.mill.pk], known_at=JUNE)[register.mill.pk]
    assert {key: money.done for key, money in months.items()} == {
        "2020-04": Decimal(100), "2020-05": Decimal(250),
    }  # fmt: skip
    assert StageEvent.objects.filter(project=twin).count() == 3
    assert duplicate_pairs(register.campaign) == []
    assert wrong_rows() == []


def test_who_stays_takes_the_place_on_the_lists(register, twin):
    merge_duplicates(twin, register.mill, "同一备案证明", by=register.office, at=JUNE)

    day = date(2020, 6, 29)
    assert set(members_on(register.listed, day)) == {register.dairy, twin}
    assert statement(register.listed, since=date(2020, 2, 1), until=day).adds_up


def test_kept_apart_is_not_asked_again(register, twin):
    verdict = keep_apart(twin, register.mill, "两条生产线", by=register.office, at=JUNE)

    assert duplicate_pairs(register.campaign) == []
    assert keep_apart(register.mill, twin, "再说一遍", by=register.office, at=JUNE) == verdict


@pytest.mark.parametrize(
    ("who", "reason", "code"),
    [("office", " ", "duplicate.no-reason"), ("clerk", "像", "office.only")],
)
def test_a_merge_takes_the_office_and_a_reason(register, twin, who, reason, code):
    with pytest.raises(Refused) as no:
        merge_duplicates(register.mill, twin, reason, by=register.people[who], at=JUNE)

    assert no.value.code == code


def test_a_project_is_not_merged_into_itself(register):
    with pytest.raises(Refused) as no:
        merge_duplicates(register.mill, register.mill, "同一", by=register.office, at=JUNE)

    assert no.value.code == "duplicate.same"


def test_looking_takes_three_queries_however_many(register):
    rows = [(register.words(f"示例{n}号线", uscc=""), YearWords()) for n in range(12)]
    register_projects(register.campaign, rows, by=register.office, at=BEGIN)

    with CaptureQueriesContext(connection) as seen:
        duplicate_pairs(register.campaign)

    assert len(seen) == 3
