"""Roll-ups: sums up a tree beside their slow twin, and the light of a unit."""

import math
import tomllib
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjian.engine.lights import Light
from gongjian.engine.rollup import (
    ROOT,
    count_lights,
    depths,
    ratio_of_sums,
    roll_up,
    total_of,
    unit_light,
)

SPEC = tomllib.loads((Path(__file__).parents[1] / "spec/lights.toml").read_text(encoding="utf-8"))
VALUES = st.integers(0, 1000).map(float) | st.just(math.nan)
LIGHTS = st.lists(st.tuples(st.sampled_from(Light), st.integers(0, 3)), max_size=20)


@st.composite
def trees(draw):
    """A forest whose rows stand in any order."""
    n = draw(st.integers(1, 12))
    row = draw(st.permutations(range(n)))
    parent = [ROOT] * n
    for node in range(1, n):
        above = draw(st.integers(ROOT, node - 1))
        parent[row[node]] = ROOT if above == ROOT else row[above]
    own = draw(st.lists(VALUES, min_size=n, max_size=n))
    return np.array(own), np.array(parent, dtype=np.int64)


def slow_roll_up(own, parent):
    """The same sum, written to be obviously right."""

    def below(node):
        mine = 0.0 if math.isnan(own[node]) else own[node]
        return mine + sum(below(child) for child in range(len(own)) if parent[child] == node)

    return [below(node) for node in range(len(own))]


@given(trees())
def test_roll_up_equals_the_slow_sum(tree):
    own, parent = tree
    before = own.copy()

    assert roll_up(own, parent).tolist() == slow_roll_up(own.tolist(), parent.tolist())
    np.testing.assert_array_equal(own, before)


@given(trees())
def test_roll_up_of_a_table_is_that_of_its_columns(tree):
    own, parent = tree
    counts = np.stack([np.isnan(own), ~np.isnan(own)], axis=1).astype(np.int64)

    total = roll_up(counts, parent)

    assert total.dtype == np.int64
    assert total[:, 1].tolist() == slow_roll_up(counts[:, 1].tolist(), parent.tolist())
    assert total[parent == ROOT].sum() == len(own)


def test_depths_count_the_steps_to_the_root():
    parent = np.array([2, 0, ROOT, 2])

    assert depths(parent).tolist() == [1, 2, 0, 1]


@pytest.mark.parametrize(
    ("parent", "why"),
    [([1, 0], "own ancestor"), ([0], "own ancestor"), ([5], "no row"), ([-2], "no row")],
)
def test_depths_refuse_what_is_no_tree(parent, why):
    with pytest.raises(ValueError, match=why):
        depths(np.array(parent))


def test_roll_up_refuses_columns_of_another_length():
    with pytest.raises(ValueError, match="parents"):
        roll_up(np.zeros(2), np.array([ROOT]))


def counted(rows):
    light = np.array([light for light, _ in rows], dtype=np.int8)
    return count_lights(light, np.array([group for _, group in rows], dtype=np.int64), 4)


@given(LIGHTS)
def test_count_lights_equals_the_slow_count(rows):
    slow = Counter((group, light) for light, group in rows)

    assert counted(rows).tolist() == [[slow[group, light] for light in Light] for group in range(4)]


@given(LIGHTS, LIGHTS)
def test_count_lights_of_shards_add_up(one, other):
    assert (counted(one) + counted(other)).tolist() == counted(one + other).tolist()


@pytest.mark.parametrize(
    ("light", "group", "why"),
    [([1], [0, 0], "groups"), ([4], [0], "unknown code"), ([1], [4], "not there")],
)
def test_count_lights_refuses_what_it_cannot_count(light, group, why):
    with pytest.raises(ValueError, match=why):
        count_lights(np.array(light, dtype=np.int8), np.array(group), 4)


@pytest.mark.parametrize("case", SPEC["unit"], ids=lambda case: case["name"])
def test_unit_light_follows_the_spec(case):
    counts = np.array([[case[light.name.lower()] for light in Light]])
    key_red = np.array([case.get("key_red", False)])

    light = unit_light(counts, key_red, red_share=0.2)

    assert Light(light[0]).name == case["light"]


def slow_unit_light(rows):
    """A unit's light, item by item."""
    coloured = [light for light in rows if light != Light.GREY]
    red = sum(light == Light.RED for light in coloured)
    if not coloured:
        return Light.GREY
    if red * 5 > len(coloured):
        return Light.RED
    return Light.YELLOW if red else Light.GREEN


@given(LIGHTS)
def test_unit_light_equals_the_slow_light(rows):
    light = unit_light(counted(rows), np.zeros(4, dtype=bool), red_share=0.2)

    apart = [[light for light, group in rows if group == unit] for unit in range(4)]
    assert light.tolist() == [slow_unit_light(unit) for unit in apart]


def test_unit_light_refuses_counts_of_other_units():
    with pytest.raises(ValueError, match="counts for"):
        unit_light(np.zeros((2, 4), dtype=np.int64), np.array([False]), red_share=0.2)


def test_a_total_leaves_out_what_was_not_reported_and_names_it():
    total = total_of(np.array([3.0, np.nan, 4.0]))

    assert total.value == 7.0
    assert total.missing.tolist() == [False, True, False]


def test_a_total_of_nothing_is_not_reported_and_never_0():
    assert np.isnan(total_of(np.array([np.nan, np.nan])).value)
    assert np.isnan(total_of(np.array([])).value)


def test_a_rate_of_many_is_the_ratio_of_sums_and_never_the_mean():
    total = ratio_of_sums(np.array([1.0, 90.0, 5.0]), np.array([2.0, 100.0, np.nan]))

    assert total.value == 91 / 102
    assert (total.numerator, total.denominator) == (91.0, 102.0)
    assert total.missing.tolist() == [False, False, True]


def test_a_rate_over_nothing_is_not_reported():
    assert np.isnan(ratio_of_sums(np.array([0.0]), np.array([0.0])).value)
    assert np.isnan(ratio_of_sums(np.array([np.nan]), np.array([1.0])).value)
    with pytest.raises(ValueError, match="over"):
        ratio_of_sums(np.array([1.0]), np.array([1.0, 2.0]))
