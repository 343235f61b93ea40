"""Lights as figures are accepted, periods freeze, figures are corrected and days are asked for."""

from datetime import timedelta
from decimal import Decimal

import pytest

from gongjian.flow.judgement.models import Verdict
from gongjian.flow.judgement.queries import judgements
from gongjian.flow.judgement.usecases import accept_report, judge_period, publish_pack
from gongjian.flow.plan.queries import targets_in_order
from gongjian.flow.progress.queries import periods_upto
from gongjian.flow.progress.usecases import (
    Draft,
    add_evidence,
    check_report,
    correct_report,
    save_draft,
    submit_report,
)
from gongjian.lib.refusals import Missing, Refused
from small_county import JUNE, JUNE_FROZEN, MAY_FROZEN

LATER = JUNE_FROZEN + timedelta(hours=1)


def standing(target, period="2020-06"):
    return Verdict.objects.standing().get(target=target, period__key=period)


def corrected(county, value, *, at=LATER):
    first = county.report(county.signed)
    correction = correct_report(first, "重复计算", by=county.reporter, at=at)
    correction = save_draft(
        correction,
        Draft(value=Decimal(value), words="更正"),
        version=correction.version,
        by=county.reporter,
        at=at,
    )
    add_evidence(correction, doc_no="2号", title="说明", by=county.reporter, at=at)
    submit_report(correction, by=county.reporter, at=at)
    check_report(correction, by=county.approver, at=at)
    return accept_report(correction, by=county.reviewer, at=at)


def test_accepting_a_figure_lights_its_target_in_the_same_act(county):
    before = standing(county.signed).light

    report = county.accepted(county.signed, 58)

    after = standing(county.signed)
    assert (before, after.light, after.rule, after.report) == ("grey", "yellow", "R2", report)


def test_of_75_due_61_is_green(county):
    county.accepted(county.signed, 61)

    assert standing(county.signed).light == "green"


def test_another_target_is_left_as_it_was(county):
    before = standing(county.started).pk

    county.accepted(county.signed, 58)

    assert standing(county.started).pk == before


def test_before_the_freeze_what_is_missing_is_grey_after_it_yellow(county):
    before = standing(county.signed).light

    county.freeze()

    after = standing(county.signed)
    assert (before, after.light, after.rule, after.frozen) == ("grey", "yellow", "R5", True)


def test_a_correction_lights_anew_and_keeps_the_first_light(county):
    county.accepted(county.signed, 58)
    county.freeze()

    corrected(county, 61)

    now = standing(county.signed)
    assert (now.first_light, now.light) == ("yellow", "green")
    assert Verdict.objects.filter(target=county.signed, superseded=True).exists()


def test_judging_twice_writes_nothing_new(county):
    county.accepted(county.signed, 58)
    count = Verdict.objects.count()

    again = judge_period("2020-06", at=JUNE)

    assert (again, Verdict.objects.count()) == ([], count)


def test_what_is_kept_is_what_a_full_recomputation_gives(county):
    county.accepted(county.signed, 58)
    county.accepted(county.started, 19)
    targets = targets_in_order(county.campaign, on=JUNE.date())

    fresh = judgements(targets, periods_upto("2020-06"), known_at=JUNE)

    kept = {(v.target_id, v.period.key): (v.light, v.rule) for v in Verdict.objects.standing()}
    assert kept == {(j.target.pk, j.period): (j.light, j.rule) for j in fresh}


def test_lights_can_be_asked_for_as_they_were_known_on_a_day(county):
    county.accepted(county.signed, 58)
    county.freeze()
    corrected(county, 61)
    targets = targets_in_order(county.campaign, on=JUNE.date())

    def june(known_at):
        found = judgements(targets, periods_upto("2020-06"), known_at=known_at)
        return {j.target.metric: j.light for j in found if j.period == "2020-06"}["新签约项目"]

    days = (MAY_FROZEN, JUNE, LATER)
    assert [june(at) for at in days] == ["grey", "yellow", "green"]


def test_refused_acceptance_lights_nothing(county):
    report = county.send(county.signed, 58)

    with pytest.raises(Refused, match="还不能采信"):
        accept_report(report, by=county.reviewer, at=JUNE)

    assert standing(county.signed).light == "grey"


def test_a_pack_is_published_by_the_office_and_must_exist(county):
    with pytest.raises(Refused) as no:
        publish_pack("zhucheng_default", by=county.reviewer, at=JUNE)
    with pytest.raises(Missing) as unknown:
        publish_pack("nowhere", by=county.office, at=JUNE)

    assert (no.value.code, unknown.value.code) == ("office.only", "judgement.pack-missing")


def test_a_pack_that_is_published_is_not_published_again(county):
    with pytest.raises(Refused) as no:
        publish_pack("zhucheng_default", by=county.office, at=JUNE)

    assert no.value.code == "pack.known"
