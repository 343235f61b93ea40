"""Outlines and points of places: read from GeoJSON, laid on a picture, or put on tiles."""

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Point = tuple[float, float]
Ring = tuple[Point, ...]
MOST_BYTES = 20_000_000
MOST_POINTS = 200_000
NAMES = ("name", "NAME", "Name", "名称", "XZMC", "fullname")  # not shown
CODES = ("code", "CODE", "adcode", "代码", "XZDM")  # not shown
PLACES = 5  # decimals of a degree: about a metre


class ShapeFault(ValueError):
    """Why a file is no map: too_large, no_json, no_features, geometry, degrees, no_name, mixed."""

    def __init__(self, code: str, place: int = 0) -> None:
        super().__init__(code)
        self.code = code
        self.place = place  # of the feature, from 1


@dataclass(frozen=True, slots=True)
class Shape:
    """One place of a file: its outlines (outer rings and holes alike), or one point."""

    name: str
    code: str
    rings: tuple[Ring, ...] = ()
    point: Point | None = None


def read_shapes(content: bytes) -> list[Shape]:
    """The places of a GeoJSON file.

    Shapes   bytes in; Polygon and MultiPolygon features, or Points, never both in one file.
    Units    degrees (WGS 84 or CGCS2000).
    Missing  a feature without a geometry is left out.
    Errors   ShapeFault with its code and the number of the feature.
    Source   RFC 7946.
    """
    if len(content) > MOST_BYTES:
        raise ShapeFault("too_large")
    try:
        told = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as no:
        raise ShapeFault("no_json") from no
    features = told.get("features") if isinstance(told, dict) else None
    if not isinstance(features, list) or not features:
        raise ShapeFault("no_features")
    found = [
        _shape(one, place)
        for place, one in enumerate(features, start=1)
        if not isinstance(one, dict) or one.get("geometry") is not None
    ]
    if len({shape.point is None for shape in found}) > 1:
        raise ShapeFault("mixed")
    if sum(len(ring) for shape in found for ring in shape.rings) > MOST_POINTS:
        raise ShapeFault("too_large")
    return found


def laid_out(rings: Iterable[Ring], width: float) -> tuple[list[Ring], float]:
    """Outlines in degrees on a picture of a width, north above; with the height that it takes."""
    every = list(rings)
    points = [point for ring in every for point in ring]
    west, east = min(x for x, _y in points), max(x for x, _y in points)
    south, north = min(y for _x, y in points), max(y for _x, y in points)
    squeeze = math.cos(math.radians((south + north) / 2))
    scale = width / max((east - west) * squeeze, 1e-9)
    scale = min(scale, width / max(north - south, 1e-9))
    drawn = [
        tuple((round((x - west) * squeeze * scale, 1), round((north - y) * scale, 1)) for x, y in r)
        for r in every
    ]
    return drawn, round((north - south) * scale, 1)


def tiles_of(points: Mapping[str, Point]) -> dict[str, tuple[int, int]]:
    """{place: (column, row)}: each on a tile of its own, about where its point lies, north above.

    Those nearest to the middle of a cell choose first; the others take the nearest free one.
    """
    if not points:
        return {}
    side = math.ceil(math.sqrt(len(points))) + 1
    west, east = min(x for x, _y in points.values()), max(x for x, _y in points.values())
    south, north = min(y for _x, y in points.values()), max(y for _x, y in points.values())
    at = {
        key: (
            (x - west) / ((east - west) or 1) * (side - 1),
            (north - y) / ((north - south) or 1) * (side - 1),
        )
        for key, (x, y) in points.items()
    }
    cells = [(column, row) for row in range(side) for column in range(side)]
    wishes = sorted((math.dist(at[key], cell), key, cell) for key in points for cell in cells)
    taken: dict[str, tuple[int, int]] = {}
    used: set[tuple[int, int]] = set()
    for _far, key, cell in wishes:
        if key not in taken and cell not in used:
            taken[key] = cell
            used.add(cell)
    return taken


def _shape(feature: Any, place: int) -> Shape:
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    if not isinstance(geometry, dict):
        raise ShapeFault("geometry", place)
    said = feature.get("properties") or {}
    name, code = _first(said, NAMES), _first(said, CODES)
    if not name and not code:
        raise ShapeFault("no_name", place)
    kind, held = geometry.get("type"), geometry.get("coordinates")
    try:
        if kind == "Point":
            return Shape(name, code, point=_point(held, place))
        known: dict[Any, Any] = {"Polygon": [held], "MultiPolygon": held}
        polygons = known[kind]
        rings = tuple(
            tuple(_point(one, place) for one in ring) for polygon in polygons for ring in polygon
        )
    except (LookupError, TypeError) as no:
        raise ShapeFault("geometry", place) from no
    if not rings or any(len(ring) < 4 for ring in rings):
        raise ShapeFault("geometry", place)
    return Shape(name, code, rings)


def _point(held: Any, place: int) -> Point:
    x, y = held[0], held[1]
    if isinstance(x, bool) or not isinstance(x, int | float) or not isinstance(y, int | float):
        raise TypeError
    if not (math.isfinite(x) and math.isfinite(y)) or abs(x) > 180 or abs(y) > 90:
        raise ShapeFault("degrees", place)
    return round(float(x), PLACES), round(float(y), PLACES)


def _first(said: Any, names: Iterable[str]) -> str:
    if not isinstance(said, dict):
        return ""
    found = (said[name] for name in names if said.get(name) not in (None, ""))
    return str(next(found, "")).strip()
