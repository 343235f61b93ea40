"""Projects that may be one: found by name, code, entity and place, never by one common word."""

from hypothesis import given
from hypothesis import strategies as st

from gongjian.engine.similarity import Written, likeness, pairs_alike


def found(*rows):
    return [(pair.one, pair.other) for pair in pairs_alike(rows)]


def test_the_same_works_written_twice_are_found():
    one = Written(name="示例轮胎有限公司智能化改造项目", uscc="A", place="北镇")
    other = Written(name="示例轮胎 智能化改造", uscc="A", place="北镇")

    assert found(one, other) == [(0, 1)]
    assert pairs_alike([one, other])[0].by == ("name", "uscc", "place")


def test_the_same_code_is_certain_whatever_the_names():
    rows = [Written(name="甲厂房", code="c1"), Written(name="乙冷库", code="c1")]

    assert [(pair.score, pair.by) for pair in pairs_alike(rows)] == [(1.0, ("code",))]


def test_another_phase_of_the_same_works_is_another_project():
    rows = [
        Written(name="示例轮胎智能工厂一期", uscc="A"),
        Written(name="示例轮胎智能工厂二期", uscc="A"),
    ]

    assert found(*rows) == []


def test_two_codes_part_what_is_not_written_the_same():
    built = Written(name="示例文体中心扩建项目", code="c1", owner="甲公司")
    moved = Written(name="示例文体中心迁建项目", code="c2", owner="甲公司")
    again = Written(name="示例文体中心扩建项目", code="c3", owner="甲公司")

    assert found(built, moved) == []
    assert found(built, again) == [(0, 1)]
    assert found(built, Written(name="示例文体中心迁建项目", owner="甲公司")) == [(0, 1)]


def test_the_same_entity_alone_is_not_the_same_project():
    rows = [
        Written(name="屠宰线", uscc="A", place="北镇"),
        Written(name="熟食冷库", uscc="A", place="北镇"),
    ]

    assert found(*rows) == []


def test_what_is_empty_joins_nobody():
    assert found(Written(name=""), Written(name=""), Written(name="甲", uscc="")) == []


NAMES = st.text(alphabet="示例轮胎冷链乳品纺织智能工厂基地物流", min_size=2, max_size=12)


@given(NAMES, NAMES)
def test_likeness_is_the_same_from_both_sides_and_between_0_and_1(one, other):
    assert likeness(one, other) == likeness(other, one)
    assert 0 <= likeness(one, other) <= 1
    assert likeness(one, one) in (0.0, 1.0)


@given(st.lists(NAMES, min_size=2, max_size=8))
def test_blocks_lose_no_pair_that_all_with_all_would_find(names):
    """The slow twin: every pair against every other."""
    rows = [Written(name=name, uscc="A") for name in names]

    slow = [
        (one, other)
        for one in range(len(rows))
        for other in range(one + 1, len(rows))
        if round(0.7 * likeness(names[one], names[other]) + 0.2, 6) >= 0.75
    ]

    assert sorted(found(*rows)) == slow
