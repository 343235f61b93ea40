"""What a figure would mean, what to look at twice, and what stands on the board."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongjian.flow.judgement.models import Verdict
from gongjian.flow.judgement.queries import (
    board,
    board_changes,
    board_led_by,
    desk_items,
    doubts_of,
    judged_report,
    lights_before,
    preview_verdict,
    target_row_of,
)
from gongjian.flow.progress.queries import desk_rows, periods_upto
from gongjian.flow.progress.usecases import begin_report
from small_county import JUNE

DAY = date(2020, 6, 29)


def preview(county, value):
    report = county.report(county.signed)
    target = target_row_of(report)
    return preview_verdict(target, periods_upto("2020-06"), value, known_at=JUNE)


def test_a_preview_says_rate_change_light_and_rule(county):
    found = preview(county, Decimal(58))

    assert (found.value, found.change, found.rate, found.sum) == (
        "58 个",
        "7 个",
        "38.7%",
        "58÷150",
    )
    assert (found.light, found.rule) == ("yellow", "R2")
    assert found.why.startswith("6 月底应完成 75 个，实际 58 个，落后 11.3 个百分点")
    assert (found.before, found.before_value, found.expected) == ("green", "51 个", "75 个")
    assert found.history == (Decimal(51), Decimal(58))


def test_a_preview_writes_nothing(county):
    count = Verdict.objects.count()

    preview(county, Decimal(58))

    assert Verdict.objects.count() == count
    assert county.report(county.signed).value is None


def test_a_preview_is_the_light_that_acceptance_then_gives(county):
    foretold = [preview(county, Decimal(value)) for value in (0, 44, 45, 58, 60, 61, 150, 200)]
    kept = preview(county, Decimal(58))
    county.accepted(county.signed, 58)

    verdict = Verdict.objects.standing().get(target=county.signed, period__key="2020-06")

    assert (verdict.light, verdict.rule) == (kept.light, kept.rule)
    lights = [found.light for found in foretold]
    assert lights == ["red", "red", "yellow", "yellow", "yellow", "green", "green", "green"]


def test_nothing_typed_is_grey_and_never_zero(county):
    found = preview(county, None)

    assert (found.light, found.value, found.rate, found.change) == ("grey", "未报", "—", "")


def test_a_rate_is_never_clamped(county):
    assert preview(county, Decimal(300)).rate == "200.0%"


@pytest.mark.parametrize(
    ("value", "history", "files", "doubts"),
    [
        (58, (40, 45, 51), 1, ()),
        (50, (40, 45, 51), 1, ("比上期少 1 个",)),
        (51, (40, 45, 51), 1, ("和上期是同一数值",)),
        (51, (51, 51), 1, ("连续 3 期同一数值",)),
        (70, (40, 45, 51), 1, ("本期增加 19 个，超过前几期平均增幅的 3 倍",)),
        (65, (40, 45, 50), 1, ()),
        (66, (40, 45, 50), 1, ("本期增加 16 个，超过前几期平均增幅的 3 倍",)),
        (58, (None, 51), 0, ("没有附件，只有文号",)),
        (580, (51,), 1, ()),
        (None, (40, 45), 1, ()),
        (58, (), 1, ()),
    ],
)
def test_doubts_are_what_a_reviewer_should_look_at_twice(county, value, history, files, doubts):
    target = target_row_of(county.report(county.signed))
    known = [None if one is None else Decimal(one) for one in history]
    typed = None if value is None else Decimal(value)

    assert doubts_of(target, typed, known, files=files) == doubts


def test_a_report_in_words_is_not_judged(county):
    period = county.report(county.signed).period

    report = begin_report(county.task, period, by=county.reporter, at=JUNE)

    assert judged_report(report, known_at=JUNE) is None


def test_doubtful_reports_stand_first_on_the_reviewers_desk(county):
    county.confirmed(county.signed, 58)
    county.confirmed(county.started, 12)

    items = desk_items(desk_rows(county.reviewer, at=JUNE), known_at=JUNE)

    assert [(item.target.metric, item.doubts, item.turns) for item in items] == [
        ("新开工项目", ("比上期少 1 个",), False),
        ("新签约项目", (), True),
    ]


def test_a_reporters_own_desk_shows_no_doubts(county):
    items = desk_items(desk_rows(county.reporter, at=JUNE), known_at=JUNE)

    assert [(item.preview.before_value, item.doubts) for item in items] == [("51 个", ())]


def test_the_desk_asks_the_same_number_of_queries_for_more_rows(county):
    def asked():
        with CaptureQueriesContext(connection) as seen:
            desk_items(desk_rows(county.reviewer, at=JUNE), known_at=JUNE)
        return len(seen)

    county.confirmed(county.signed, 58)
    one = asked()
    county.confirmed(county.started, 19)

    assert asked() == one


def test_the_board_prints_the_arithmetic_of_each_light(county):
    county.accepted(county.signed, 58)

    line = board(county.campaign, "2020-06", on=DAY).targets[0]

    assert (line.light, line.actual, line.expected, line.goal) == (
        "yellow",
        "58 个",
        "75 个",
        "≥150 个",
    )
    assert (line.rate, line.change) == ("38.7%", "+7")
    assert "落后 11.3 个百分点" in line.sentence
    assert line.trend[-2:] == (pytest.approx(0.34), pytest.approx(0.386666667))


def test_what_was_not_reported_stands_on_the_board_without_a_number(county):
    line = board(county.campaign, "2020-06", on=DAY).targets[1]

    assert (line.actual, line.rate, line.unreported, line.light) == (None, "—", True, "grey")
    assert line.sentence == "6 月期还没有采信的数"


def test_changes_name_what_turned_worse(county):
    county.accepted(county.signed, 58)
    county.accepted(county.started, 30)
    now, before = (board(county.campaign, key, on=DAY) for key in ("2020-06", "2020-05"))

    changes = board_changes(now, before)

    assert [line.target.metric for line in changes.worse] == ["新签约项目"]
    assert [line.target.metric for line in changes.better] == ["新开工项目"]
    assert board_changes(now, None).targets == {}


def test_grey_has_not_turned(county):
    now, before = (board(county.campaign, key, on=DAY) for key in ("2020-06", "2020-05"))

    changes = board_changes(now, before)

    assert (changes.targets, changes.actions) == ({}, {})


def test_a_leader_sees_the_actions_in_care(county):
    def led(person):
        found = board_led_by(person, "2020-06", on=DAY)
        return found and [line.action.name for line in found.actions]

    assert led(county.leader) == led(county.principal) == ["双招双引"]
    assert led(county.reviewer) is None


def test_the_light_before_is_that_of_the_newest_earlier_period(county):
    assert lights_before("2020-06") == {county.signed.pk: "green", county.started.pk: "red"}
    assert lights_before("2020-05") == {}
