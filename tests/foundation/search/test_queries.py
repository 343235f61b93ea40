"""Looking: two characters anywhere, initials, syllables; the best first, all of it counted."""

import pytest

from foundation.search.things import Room, draft, thing
from gongjian.foundation.search.models import OFFICE_ONLY
from gongjian.foundation.search.queries import best_hits, hit_rows, matches, words_of
from gongjian.foundation.search.usecases import rebuild_search

pytestmark = pytest.mark.django_db

REFORM = thing("发改局", "示例县发展和改革局", "示例县发展和改革局", "县发改委")


def keep(*things, key="a"):
    rebuild_search([Room(*things, key=key).source])


def found(typed, *, sources=("a", "b"), audiences=("",), **more):
    looked = matches(typed, sources=sources, audiences=audiences)
    return [hit.title for hit in hit_rows(looked, **more)]


def best(typed, *sources):
    return best_hits(matches(typed, sources=sources, audiences=[""]))


@pytest.mark.parametrize(
    "typed",
    ["发改", "改革", "改局", "发展和改革局", "fgj", "FGJ", "gj", "fzhggj", "ggj", "fagai", "fagaij",
     "gaiju", "县 改局", "ｆｇｊ", "发改、局"],
)  # fmt: skip
def test_a_unit_is_found_by_any_of_its_names(typed):
    keep(REFORM, thing("水利局"))

    assert found(typed) == ["发改局"]


@pytest.mark.parametrize(
    "typed", ["税务", "fjg", "gaifa", "改发", "发改 水利", "%%", "__", "||", "' OR 1"]
)
def test_nothing_else_is_found(typed):
    keep(REFORM, thing("水利局"))

    assert found(typed) == []


@pytest.mark.parametrize("typed", ["", " ", "发", "f", "“”", "％", "_"])
def test_too_little_is_not_asked(typed, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert best(typed, "a").total == 0
    assert words_of(typed) == []


def test_two_words_of_one_character_are_enough():
    keep(thing("东岭水厂"))

    assert found("东 水") == ["东岭水厂"]


def test_digits_and_letters_are_found_among_characters():
    keep(thing("5G基站100座", "3-12 · 新基建"))

    assert found("100座") == found("5gjz") == found("3-12") == ["5G基站100座"]


def test_the_whole_name_comes_before_its_beginning_and_that_before_the_rest():
    keep(
        thing("支持商务局工作", order=1),
        thing("商务局大楼", order=2),
        thing("办公楼", "归商务局用", order=3),
        thing("商务局", order=4),
        thing("商务局新大楼", order=5),
    )

    assert found("商务局") == ["商务局", "商务局大楼", "商务局新大楼", "支持商务局工作", "办公楼"]


def test_a_draft_is_found_by_the_office_alone():
    keep(draft("攻坚方案"))

    assert found("攻坚") == []
    assert best("攻坚", "a").counts == {}
    assert found("攻坚", audiences=("", OFFICE_ONLY)) == ["攻坚方案"]


def test_what_a_reader_may_not_open_is_neither_found_nor_counted():
    keep(thing("商务局"), key="b")

    assert found("商务", sources=["a"]) == []
    assert best("商务", "a").counts == {}


def test_twenty_are_shown_and_all_are_counted_the_best_group_first():
    keep(*[thing(f"推进商务局第{n}项工作", order=n) for n in range(30)])
    keep(thing("商务局"), thing("县商务局"), key="b")

    hits = best("商务局", "a", "b")

    assert len(hits.rows) == 20
    assert hits.counts == {"plan": 30, "units": 2}
    assert [hit.title for hit in hits.rows[:3]] == ["商务局", "县商务局", "推进商务局第0项工作"]


def test_looking_asks_as_often_in_many_things_as_in_few(django_assert_num_queries):
    for many in (1, 60):
        keep(*[thing(f"商务{n}") for n in range(many)])
        with django_assert_num_queries(2):
            best("商务", "a")
        with django_assert_num_queries(2):
            found("商务", offset=0, limit=40)


def test_a_page_goes_on_where_the_last_one_ended():
    keep(*[thing(f"商务{n:02}") for n in range(5)])

    assert found("商务", offset=2, limit=2) == ["商务02", "商务03"]
