"""What the tags and filters write."""

from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum

import pytest
from django.template import Context, Template

from gongjian.interfaces.web import tags


class Colour(StrEnum):
    RED = "red"


def rendered(text, **context):
    return Template("{% load gongjian %}" + text).render(Context(context))


@pytest.mark.parametrize(
    ("kind", "note", "count", "html"),
    [
        ("green", "", None, '<span class="g-light g-light-green">绿</span>'),
        (
            "YELLOW",
            "补齐",
            None,
            '<span class="g-light g-light-yellow">黄 <small>补齐</small></span>',
        ),
        (Colour.RED, "", 12, '<span class="g-light g-light-red">红 12</span>'),
        ("", "", None, "—"),
        (None, "", None, "—"),
    ],
)
def test_light_is_a_word_before_it_is_a_colour(kind, note, count, html):
    assert tags.light(kind, note, count) == html


def test_slip_names_its_colour():
    assert tags.slip("orange") == '<span class="g-slip g-slip-orange">橙单</span>'


@pytest.mark.parametrize(
    ("value", "href", "html"),
    [
        ("38.60", "/r/1/", '<a class="g-fig" href="/r/1/">38.60</a>'),
        ("0", "", '<span class="g-fig">0</span>'),
        (0, "", '<span class="g-fig">0</span>'),
        (None, "/r/1/", '<span class="g-none">未报</span>'),
        ("", "/r/1/", '<span class="g-none">未报</span>'),
    ],
)
def test_fig_leads_to_its_records_and_never_shows_a_missing_one_as_zero(value, href, html):
    assert tags.fig(value, href) == html


def test_fig_escapes_what_it_is_given():
    assert rendered("{% fig v u %}", v="<b>", u='"><i>') == (
        '<a class="g-fig" href="&quot;&gt;&lt;i&gt;">&lt;b&gt;</a>'
    )


def test_light_escapes_its_note():
    assert "&lt;b&gt;" in rendered("{% light 'red' n %}", n="<b>")


def test_rate_writes_the_number_it_does_not_clamp():
    assert ">112.0%<" in tags.rate(Decimal("1.12"), Decimal("0.5"))
    assert ">—<" in tags.rate(None, Decimal("0.5"))


def test_five_says_what_is_missing():
    assert 'aria-label="五定齐全"' in tags.five()
    assert tags.five().count('class="no"') == 0
    some = tags.five(("measure", "check"))
    assert 'aria-label="缺：定措施、定考核"' in some
    assert some.count('class="no"') == 2


def test_icon_is_silent_and_unknown_ones_are_empty():
    assert tags.icon("no-such-icon") == (
        '<svg class="g-ico" viewBox="0 0 24 24" aria-hidden="true" focusable="false"></svg>'
    )


@pytest.mark.parametrize(
    ("fraction", "text"),
    [
        (Decimal("0.3167"), "31.7%"),
        (Decimal("0.31650"), "31.7%"),
        (Decimal("-0.0005"), "-0.1%"),
        (0, "0.0%"),
        (None, "—"),
    ],
)
def test_percent_rounds_half_away_from_zero(fraction, text):
    assert tags.percent(fraction) == text


def test_points_is_a_difference_without_its_sign():
    assert (tags.points(Decimal("-0.1833")), tags.points(None)) == ("18.3", "—")


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (Decimal("38.6"), 2, "38.60"),
        (Decimal("38.605"), 2, "38.61"),
        (Decimal("150.000000"), None, "150"),
        (Decimal("1E+3"), None, "1000"),
        (Decimal("2.50"), None, "2.5"),
        (0, 0, "0"),
        (None, 2, ""),
    ],
)
def test_number_keeps_the_decimals_of_its_target(value, decimals, text):
    assert tags.number(value, decimals) == text


@pytest.mark.parametrize(
    ("value", "text"), [(6, "+6"), (Decimal("-2.10"), "−2.10"), (0, "0"), (None, "—")]
)
def test_signed_shows_which_way_it_went(value, text):
    decimals = 2 if isinstance(value, Decimal) else None
    assert tags.signed(value, decimals) == text


def test_days_and_moments_are_local():
    late = datetime(2020, 6, 30, 16, 30, tzinfo=UTC)

    assert tags.day(date(2020, 6, 30)) == "6月30日"
    assert tags.day(late) == "7月1日"
    assert tags.moment(late) == "7月1日 00:30"
    assert tags.weekday(late) == "周三"
    assert (tags.day(None), tags.moment(None), tags.weekday(None)) == ("", "", "")
