"""The units somebody means by what was typed."""

import pytest

from gongjian.flow.duties.queries import AllotmentWords, allotment_named, duties_named
from gongjian.lib.days import local_day
from gongjian.lib.refusals import Missing, Refused
from small_plan import AT, some_units

pytestmark = pytest.mark.django_db
DAY = local_day(AT)


def test_allotment_named_reads_short_and_full_names_in_order():
    units = some_units()
    words = AllotmentWords(
        lead=" 市发改局 ",
        fills="示例市财政局",
        responsible="市水利局、市民政局，市财政局",
        supporting="攻坚办",
    )

    named = allotment_named(words, on=DAY)

    assert (named.lead, named.fills) == (units["市发改局"], units["市财政局"])
    assert named.responsible == (units["市水利局"], units["市民政局"], units["市财政局"])
    assert named.supporting == (units["攻坚办"],)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (AllotmentWords(fills="市财政局"), "duty.no-lead"),
        (AllotmentWords(lead="市财政局"), "duty.filler-not-named"),
        (AllotmentWords(lead="火星局", fills="市财政局"), "duty.unknown-unit"),
        (AllotmentWords("市财政局", "市财政局", "市财政局、火星局"), "duty.unknown-unit"),
    ],
)
def test_allotment_named_says_what_is_missing(words, code):
    some_units()

    with pytest.raises(Refused) as no:
        allotment_named(words, on=DAY)

    assert no.value.code == code


def test_duties_named_misses_what_was_replaced():
    assert duties_named([]) == []
    with pytest.raises(Missing) as no:
        duties_named(["00000000-0000-4000-8000-000000000001"])

    assert no.value.code == "duty.replaced"
