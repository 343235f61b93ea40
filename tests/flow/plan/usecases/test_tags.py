from datetime import date
from decimal import Decimal

import pytest

from gongjian.flow.plan.queries import tag_rows
from gongjian.flow.plan.usecases import (
    TagTargetWords,
    add_tag_target,
    create_tag,
    end_tag,
    place_tag,
    tag_node,
    untag_node,
)
from gongjian.lib.refusals import Refused
from small_county import JUNE

DAY = date(2020, 6, 29)


def refused(code, act, *args, **kwargs):
    with pytest.raises(Refused) as no:
        act(*args, **kwargs)
    assert no.value.code == code


@pytest.fixture
def clusters(county):
    return create_tag(county.campaign, "六大优势产业集群", by=county.office, at=JUNE)


@pytest.fixture
def cars(county, clusters):
    return create_tag(county.campaign, "汽车产业", parent=clusters, by=county.office, at=JUNE)


def test_a_tag_rolls_up_what_the_tags_below_hold_each_once(county, clusters, cars):
    tag_node(cars, county.signed.action, by=county.office, at=JUNE)
    tag_node(clusters, county.signed, by=county.office, at=JUNE)

    rows = tag_rows(county.campaign, on=DAY)

    assert [(r.tag.name, r.depth, len(r.members), len(r.targets), r.tasks) for r in rows] == [
        ("六大优势产业集群", 0, 1, 2, 1), ("汽车产业", 1, 1, 2, 1),
    ]  # fmt: skip


def test_tags_make_no_circle(county, clusters, cars):
    refused("plan.cycle", place_tag, clusters, cars, version=1, by=county.office, at=JUNE)
    refused("plan.cycle", place_tag, cars, cars, version=1, by=county.office, at=JUNE)

    place_tag(cars, None, version=1, by=county.office, at=JUNE)

    assert [row.depth for row in tag_rows(county.campaign, on=DAY)] == [0, 0]


def test_a_tag_is_borne_once_and_taken_off_once(county, cars):
    member = tag_node(cars, county.signed, by=county.office, at=JUNE)

    refused("tag.borne", tag_node, cars, county.signed, by=county.office, at=JUNE)
    untag_node(member, by=county.office, at=JUNE)
    refused("tag.taken-off", untag_node, member, by=county.office, at=JUNE)
    tag_node(cars, county.signed, by=county.office, at=JUNE)


def test_a_tag_has_numbers_of_its_own(county, cars):
    words = TagTargetWords("主营业务收入", date(2020, 12, 31), value=Decimal(600), unit="亿元")

    target = add_tag_target(cars, words, by=county.office, at=JUNE)

    assert (target.value, target.factor) == (Decimal(60_000_000_000), Decimal(100_000_000))
    refused("plan.value", add_tag_target, cars,
            TagTargetWords("负数", date(2020, 12, 31), value=Decimal(-1)),
            by=county.office, at=JUNE)  # fmt: skip


def test_tags_are_the_offices(county, cars):
    refused("office.only", create_tag, county.campaign, "我的", by=county.reporter, at=JUNE)
    refused("tag.known", create_tag, county.campaign, "汽车产业", by=county.office, at=JUNE)
    end_tag(cars, "不再使用", version=1, by=county.office, at=JUNE)
    refused("plan.ended", tag_node, cars, county.signed, by=county.office, at=JUNE)


@pytest.mark.parametrize("more", [0, 5])
def test_tags_ask_the_same_however_many(county, cars, more, django_assert_num_queries):
    for n in range(more):
        tag = create_tag(county.campaign, f"集群{n}", parent=cars, by=county.office, at=JUNE)
        tag_node(tag, county.signed, by=county.office, at=JUNE)

    with django_assert_num_queries(11):
        rows = tag_rows(county.campaign, on=DAY)

    assert len(rows) == more + 2
