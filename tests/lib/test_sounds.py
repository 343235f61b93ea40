"""Names as they are typed: folded, by initials, by syllables; and what of a title was meant."""

import doctest

import pytest

from gongjian.lib import folding, sounds
from gongjian.lib.folding import folded, marked, syllables
from gongjian.lib.sounds import initials, spelt


@pytest.mark.parametrize("module", [folding, sounds])
def test_examples_hold(module):
    assert doctest.testmod(module).failed == 0


def test_width_case_and_punctuation_do_not_count():
    assert folded("“四新四化”　行动 ＡＰＰ_|%") == "四新四化行动app"


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("发展和改革局", "fzhggj"),
        ("重庆", "cq"),
        ("重庆", "zq"),
        ("银行", "yh"),
        ("5G基站", "5gjz"),
        ("长乐", "cl"),
        ("长乐", "zl"),
    ],
)
def test_a_name_is_met_by_its_initials_in_every_likely_reading(name, typed):
    assert typed in initials(name)[0]


def test_a_long_name_keeps_every_doubtful_place_apart():
    whole, pieces = initials("重庆银行长乐区行政审批局")

    assert whole == ["cqyhclqxzspj"]
    assert any("yhzlq" in piece for piece in pieces)
    assert all(len(piece) <= 15 for piece in pieces)


def test_a_name_has_a_sound_for_every_character():
    name = "二〇二六年“5G”示范"

    assert len(spelt(name)) == len(folded(name))


@pytest.mark.parametrize(
    ("typed", "way"),
    [
        ("fagaiju", ("fa", "gai", "ju")),
        ("xian", ("xi", "an")),
        ("fazhang", ("fa", "zhan", "g")),
        ("shangw", ("shang", "w")),
    ],
)
def test_letters_are_read_as_syllables_of_which_the_last_may_have_just_begun(typed, way):
    assert way in syllables(typed)


@pytest.mark.parametrize("typed", ["fgj", "sw", "5g", "xyzxyz"])
def test_initials_are_no_syllables(typed):
    assert syllables(typed) == []


@pytest.mark.parametrize(
    ("typed", "meant"), [("商务", "商务"), ("sw", "商务"), ("swj", "商务局"), ("税务", None)]
)
def test_what_was_meant_is_marked_in_the_title(typed, meant):
    title = "（市）商务局"
    place = marked(title, spelt(title), typed)

    assert (title[slice(*place)] if place else None) == meant
