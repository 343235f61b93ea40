"""Outlines and points of places, read from GeoJSON and laid on a picture or on tiles."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjian.lib.shapes import Shape, ShapeFault, laid_out, read_shapes, tiles_of

SQUARE = [[119.0, 36.0], [119.2, 36.0], [119.2, 36.2], [119.0, 36.2], [119.0, 36.0]]


def geojson(*features):
    return json.dumps({"type": "FeatureCollection", "features": list(features)}).encode()


def feature(kind, coordinates, **said):
    return {"properties": said, "geometry": {"type": kind, "coordinates": coordinates}}


def test_outlines_and_points_are_read():
    outline = read_shapes(geojson(feature("MultiPolygon", [[SQUARE]], name="北镇", code="1")))
    point = read_shapes(b"\xef\xbb\xbf" + geojson(feature("Point", [1, 2.5], 名称="北镇")))

    assert outline == [Shape("北镇", "1", (tuple((x, y) for x, y in SQUARE),))]
    assert point == [Shape("北镇", "", point=(1.0, 2.5))]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "no_json"),
        (b"\xff\xfe", "no_json"),
        (b"[" * 100_000, "no_json"),
        (b"[]", "no_features"),
        (b'{"features": []}', "no_features"),
        (b'{"features": [1]}', "geometry"),
        (geojson(feature("LineString", SQUARE, name="北镇")), "geometry"),
        (geojson(feature("Polygon", [SQUARE[:2]], name="北镇")), "geometry"),
        (geojson(feature("Polygon", None, name="北镇")), "geometry"),
        (geojson(feature("Polygon", [[["a", "b"]] * 4], name="北镇")), "geometry"),
        (geojson(feature("Polygon", [[[]] * 4], name="北镇")), "geometry"),
        (geojson(feature("Polygon", [[[500_000, 4_000_000]] * 4], name="北镇")), "degrees"),
        (geojson(feature("Polygon", [SQUARE])), "no_name"),
        (geojson(feature("Polygon", [SQUARE], name="a"), feature("Point", [1, 2], name="b")),
         "mixed"),
    ],
)  # fmt: skip
def test_what_is_no_map_says_why(content, code):
    with pytest.raises(ShapeFault) as no:
        read_shapes(content)

    assert no.value.code == code


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_bytes_are_a_map_or_a_fault(content):
    with suppress(ShapeFault):
        read_shapes(content)


def test_outlines_are_laid_with_north_above():
    rings, height = laid_out([tuple((x, y) for x, y in SQUARE)], 100)

    assert height == 100
    assert rings[0][0] == (0.0, 100.0)
    assert max(x for x, _y in rings[0]) < 100  # a degree of longitude is shorter up here


@given(
    st.dictionaries(
        st.text(min_size=1, max_size=3), st.tuples(st.floats(-5, 5), st.floats(-5, 5)), max_size=30
    )
)
def test_every_place_has_a_tile_of_its_own(points):
    tiles = tiles_of(points)

    assert tiles.keys() == points.keys()
    assert len(set(tiles.values())) == len(points)


def test_tiles_lie_about_where_the_points_do():
    tiles = tiles_of({"north": (1, 2), "south": (1, 0), "west": (0, 1), "east": (2, 1)})

    assert tiles["north"][1] < tiles["south"][1]
    assert tiles["west"][0] < tiles["east"][0]
