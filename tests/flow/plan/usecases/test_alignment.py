from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from gongjian.flow.plan.queries import alignments
from gongjian.flow.plan.usecases import (
    SuperiorWords,
    align,
    end_alignment,
    keep_superior_task,
)
from gongjian.lib.refusals import Refused
from small_county import JUNE

DAY = date(2020, 6, 29)
ASKED = SuperiorWords(
    "双招双引攻坚", "潍坊市", value=Decimal(145), unit="个", deadline=date(2020, 12, 31)
)


def kept(county, words=ASKED):
    return keep_superior_task(county.campaign, words, by=county.office, at=JUNE)


def aligned(county, superior, node, **more):
    return align(superior, node, by=county.office, at=JUNE, **more)


def refused(code, act, *args, **kwargs):
    with pytest.raises(Refused) as no:
        act(*args, **kwargs)
    assert no.value.code == code
    return no.value.sentence


def test_gaps_are_named_on_both_sides(county):
    kept(county)

    found = alignments(county.campaign, on=DAY)

    assert [task.title for task in found.missed] == ["双招双引攻坚"]
    assert [action.name for action in found.own] == ["双招双引"]


def test_an_answer_closes_both_gaps_and_may_end(county):
    row = aligned(county, kept(county), county.signed.action, share=Decimal("0.6"))

    found = alignments(county.campaign, on=DAY)
    assert (found.missed, found.own) == ((), ())
    assert [(a.name, a.share, len(a.targets)) for a in found.rows[0].answers] == [
        ("1 双招双引", Decimal("0.6"), 2)
    ]

    end_alignment(row, by=county.office, at=JUNE)
    assert alignments(county.campaign, on=DAY).missed != ()
    refused("alignment.ended", end_alignment, row, by=county.office, at=JUNE)


def test_up_to_105_percent_is_no_piling_up(county):
    aligned(county, kept(county, replace(ASKED, value=Decimal("142.857143"))), county.signed)


def test_more_than_asked_needs_a_reason(county):
    superior = kept(county, replace(ASKED, value=Decimal(140)))

    sentence = refused("alignment.piled-up", aligned, county, superior, county.signed)

    assert "105%" in sentence
    assert alignments(county.campaign, on=DAY).rows[0].answers == ()
    aligned(county, superior, county.signed, reason="本市自加压力，已报潍坊市同意")


def test_less_or_later_than_asked_is_said(county):
    words = replace(ASKED, value=Decimal(200), deadline=date(2020, 11, 30))
    aligned(county, kept(county, words), county.signed)

    assert len(alignments(county.campaign, on=DAY).rows[0].short) == 2


def test_much_earlier_than_asked_needs_a_reason(county):
    words = replace(ASKED, deadline=date(2021, 12, 31), value=None)

    refused("alignment.piled-up", aligned, county, kept(county, words), county.signed)


@pytest.mark.parametrize("share", ["0", "1.01", "-0.5"])
def test_a_share_is_a_part(county, share):
    refused("alignment.share", aligned, county, kept(county), county.task, share=Decimal(share))


def test_known_twice_and_by_others_is_refused(county):
    superior = kept(county)
    aligned(county, superior, county.task)

    refused("alignment.known", aligned, county, superior, county.task)
    refused("office.only", align, superior, county.signed, by=county.reporter, at=JUNE)
