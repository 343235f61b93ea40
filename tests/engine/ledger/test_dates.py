import pytest

from gongjian.engine.ledger.dates import read_date


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026.3-12", "2026-03", "2026-12"),
        ("2026.03-06", "2026-03", "2026-06"),
        ("2026/3-5", "2026-03", "2026-05"),
        ("2026年3-5", "2026-03", "2026-05"),
        ("2026年3-5月", "2026-03", "2026-05"),
    ],
)
def test_months_between_two_signs_are_a_span_and_no_day(text, first, last):
    found = read_date(text)

    assert (found.code, found.value, found.other) == ("span", first, last)


@pytest.mark.parametrize("text", ["2026.12-3", "2026-03.15", "2026/3.15", "2026年3.15"])
def test_two_signs_that_are_no_span_are_no_day(text):
    assert read_date(text).code in ("text", "fiscal")


@pytest.mark.parametrize(
    "text", ["2026-3-12", "2026.3.12", "2026/3/12", "2026年3月12日", "2026-3月12日"]
)
def test_one_sign_is_a_day(text):
    assert read_date(text).value == "2026-03-12"


@pytest.mark.parametrize(
    "text",
    [
        "2026年4月左右",
        "2026年6月以后",
        "2026年6月前",
        "预计2026年4月",
        "大概2026年4月",
        "2026年6月前开工",
    ],
)
def test_day_that_is_only_about_is_hedged(text):
    assert read_date(text).hedged


@pytest.mark.parametrize("text", ["2026年4月", "2026年4月起", "2026年4月开工", "于2026年4月开始"])
def test_day_that_is_said_is_not_hedged(text):
    assert not read_date(text).hedged


@pytest.mark.parametrize(
    ("text", "value", "loose"),
    [
        ("2026年6月左右", "2026-06", "about"),
        ("约2026年6月", "2026-06", "about"),
        ("预计大约2026年6月", "2026-06", "about"),
        ("2026年6月以后", "2026-06", "after"),
        ("2026年6月后开工", "2026-06", "after"),
        ("2026年6月前", "2026-06", "before"),
        ("2026年二季度前", "2026-Q2", "before"),
        ("2026年6月底前", "2026-06", ""),
        ("2026年6月15日前", "2026-06-15", ""),
        ("2026.6.15前", "2026-06-15", ""),
        ("2026年底前", "2026", ""),
        ("预计2026年6月", "2026-06", ""),
        ("2026年内", "2026", ""),
    ],
)
def test_what_is_only_near_a_day_says_on_which_side(text, value, loose):
    found = read_date(text)

    assert (found.value, found.loose) == (value, loose)
