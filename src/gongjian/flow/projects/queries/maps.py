"""Where the townships are drawn: on the map that was brought, on tiles, or in the units' order."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from gongjian.flow.projects.models import TownshipMap
from gongjian.lib.shapes import Ring, laid_out, tiles_of

WIDTH = 720.0


@dataclass(frozen=True, slots=True)
class Placed:
    """Where each township (by code) is drawn: rings of a picture, or a cell of a grid.

    `outlines` is false for tiles; `placed` is false where the tiles only follow the units' order.
    """

    outlines: bool
    placed: bool
    height: float
    rings: dict[str, list[Ring]]
    cells: dict[str, tuple[int, int]]
    review_number: str = ""
    source: str = ""


def township_map() -> TownshipMap | None:
    """The map that is shown: the newest that was brought. One query."""
    return TownshipMap.objects.order_by("-pk").first()


def placed(codes: Sequence[str]) -> Placed:
    """Where these townships are drawn; one that the map does not show stands in no place. One
    query."""
    held = township_map()
    if held is None:
        return Placed(False, False, 0, {}, _in_order(codes))
    if held.kind == TownshipMap.Kind.TILES:
        points = {code: tuple(held.shapes[code]) for code in codes if code in held.shapes}
        cells = tiles_of(points)
        return Placed(False, True, 0, {}, cells, held.review_number, held.source)
    shown = [code for code in codes if code in held.shapes]
    owners = [code for code in shown for _ring in held.shapes[code]]
    drawn, height = laid_out((ring for code in shown for ring in held.shapes[code]), WIDTH)
    rings: dict[str, list[Ring]] = {}
    for code, ring in zip(owners, drawn, strict=True):
        rings.setdefault(code, []).append(ring)
    return Placed(True, True, height, rings, {}, held.review_number, held.source)


def _in_order(codes: Sequence[str]) -> dict[str, tuple[int, int]]:
    side = math.ceil(math.sqrt(len(codes))) if codes else 1
    return {code: (place % side, place // side) for place, code in enumerate(codes)}
