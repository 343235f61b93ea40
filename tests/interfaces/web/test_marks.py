"""Bars, stacks and lines say with widths what the numbers beside them say."""

import re
from decimal import Decimal

import pytest

from gongjian.interfaces.web.marks import column_chart, light_stack, rate_bar, trend_line


def rects(svg):
    """(class, x, width) of each rectangle, in order."""
    found = re.findall(r'<rect class="(\w+)"(?: x="([\d.]+)")?[^>]*? width="([\d.]+)"', svg)
    return [(kind, float(x or 0), float(width)) for kind, x, width in found]


@pytest.mark.parametrize(
    ("actual", "expected", "parts"),
    [
        (Decimal("0.367"), Decimal("0.5"), [("a", 0, 36.7), ("e", 49.3, 1.4)]),
        (None, Decimal("0.5"), [("e", 49.3, 1.4)]),
        (0, None, [("a", 0, 0)]),
        (2.5, 1.3, [("a", 0, 120), ("e", 118.6, 1.4)]),
        (-0.1, 0, [("a", 0, 0), ("e", 0, 1.4)]),
    ],
)
def test_rate_bar_draws_what_is_done_and_what_is_due(actual, expected, parts):
    assert rects(rate_bar(actual, expected)) == [("t", 0, 100), *parts]


def test_rate_bar_keeps_a_missing_figure_apart_from_zero():
    assert 'class="a"' not in rate_bar(None, None)
    assert 'class="a"' in rate_bar(0, None)


def test_light_stack_gives_each_count_its_share():
    assert rects(light_stack(2, 1, 0, 1)) == [
        ("lg", 0, 49.2),
        ("ly", 50, 24.2),
        ("ln", 75, 24.2),
    ]


def test_light_stack_of_nothing_is_an_empty_track():
    assert rects(light_stack(0, 0, 0, 0)) == [("t", 0, 100)]


def test_trend_line_breaks_where_a_period_is_missing():
    svg = trend_line([0, 10, None, 5, 10], width=46, height=26)

    assert re.findall(r'points="([^"]*)"', svg) == [
        "3.0,23.0 13.0,3.0",
        "33.0,13.0 43.0,3.0",
    ]
    assert re.findall(r'<circle cx="([\d.]+)"', svg) == ["43.0"]


def test_trend_line_ends_in_a_hollow_dot_where_the_last_period_is_missing():
    svg = trend_line([1, 2, None], width=46, height=26)

    assert re.findall(r'<circle(?: class="(\w+)")? cx="([\d.]+)"', svg) == [
        ("", "23.0"),
        ("gap", "43.0"),
    ]


@pytest.mark.parametrize("values", [[], [None, None], [5]])
def test_trend_line_draws_no_line_of_fewer_than_two(values):
    assert "polyline" not in trend_line(values)


def test_column_chart_starts_at_zero_and_leaves_gaps():
    svg = column_chart([("5", 10, "past"), ("6", None, "now"), ("7", 5, "open")])

    assert re.findall(r'<rect class="(\w+)"[^>]*height="([\d.]+)"', svg) == [
        ("past", "90.0"),
        ("open", "45.0"),
    ]
    assert re.findall(r"<text[^>]*>(\d)</text>", svg) == ["5", "6", "7"]


def test_column_chart_writes_labels_as_text():
    assert "&lt;b&gt;" in column_chart([("<b>", 1, "now")])
