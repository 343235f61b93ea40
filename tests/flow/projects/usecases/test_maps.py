"""The operator's map: checked, kept, and drawn by the newest."""

import json

import pytest

from gongjian.flow.projects.models import TownshipMap
from gongjian.flow.projects.queries import placed, township_map
from gongjian.flow.projects.usecases import bring_map
from gongjian.lib.refusals import Refused
from small_county import JUNE
from small_register import wrong_rows

RING = [[119.0, 36.0], [119.2, 36.0], [119.2, 36.2], [119.0, 36.0]]
NUMBER = "鲁SG（2020）012号"


def a_map(kind, *names):
    held = [RING] if kind == "Polygon" else [119, 36]
    return json.dumps(
        {
            "features": [
                {"properties": {"name": name}, "geometry": {"type": kind, "coordinates": held}}
                for name in names
            ]
        }
    ).encode()


def test_outlines_are_kept_with_their_number(register):
    told = bring_map(
        a_map("Polygon", "示例北镇", "南镇"), review_number=NUMBER, by=register.office, at=JUNE
    )

    assert (told.unknown, told.without) == (("南镇",), ())
    assert placed(["north"]).review_number == NUMBER
    assert placed(["north", "gone"]).rings.keys() == {"north"}
    assert wrong_rows() == []


def test_points_place_tiles_and_need_no_number(register):
    bring_map(a_map("Point", "北镇"), by=register.office, at=JUNE)

    shown = placed(["north"])

    assert (shown.outlines, shown.placed, shown.cells) == (False, True, {"north": (0, 0)})


def test_without_a_map_the_tiles_follow_the_units(register):  # noqa: ARG001
    shown = placed(["a", "b", "c"])

    assert (shown.placed, shown.cells) == (False, {"a": (0, 0), "b": (1, 0), "c": (0, 1)})


@pytest.mark.parametrize(
    ("content", "more", "code"),
    [
        (b"x", {}, "map.no-json"),
        (a_map("Polygon", "北镇"), {}, "map.no-number"),
        (a_map("Polygon", "北镇"), {"review_number": "号" * 61}, "map.too-long"),
        (a_map("Point", "南镇"), {}, "map.none-known"),
    ],
)
def test_what_is_no_map_of_ours_is_refused(register, content, more, code):
    with pytest.raises(Refused) as no:
        bring_map(content, by=register.office, at=JUNE, **more)

    assert no.value.code == code
    assert not TownshipMap.objects.exists()


def test_only_the_office_brings_a_map(register):
    with pytest.raises(Refused) as no:
        bring_map(a_map("Point", "北镇"), by=register.people["clerk"], at=JUNE)

    assert no.value.code == "office.only"


def test_the_newest_map_is_shown(register):
    for source in ("旧图", "新图"):
        bring_map(a_map("Point", "北镇"), source=source, by=register.office, at=JUNE)

    assert township_map().source == "新图"
