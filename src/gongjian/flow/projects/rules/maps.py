"""What a map must bring before it is shown: a review number, and places the register knows."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from gongjian.foundation.orgs.models import User
from gongjian.foundation.orgs.rules import check_is_office
from gongjian.lib.refusals import Refused
from gongjian.lib.shapes import ShapeFault

LONGEST_NUMBER = 60
LONGEST_SOURCE = 120


def check_can_keep_map(by: User) -> None:
    """The office brings the map."""
    check_is_office(by)


def check_map_paper(*, outlines: bool, review_number: str, source: str) -> None:
    """Outlines carry the number of the review. Refused: map.no-number, map.too-long."""
    if outlines and not review_number.strip():
        raise Refused(
            "map.no-number",
            _("有边界的地图要写审图号，例如“鲁SG（2020）012号”，会印在图下面。"),
        )
    for label, text, limit in (
        (_("审图号"), review_number, LONGEST_NUMBER),
        (_("来源"), source, LONGEST_SOURCE),
    ):
        if len(text.strip()) > limit:
            raise Refused(
                "map.too-long",
                _("%(label)s最多 %(limit)s 个字。请改短。") % {"label": label, "limit": limit},
            )


def check_some_known(known: Collection[str]) -> None:
    """A map shows at least one township of ours. Refused: map.none-known."""
    if not known:
        raise Refused(
            "map.none-known",
            _("文件里没有一个名称或代码和本县的镇街对得上。请核对 name、code 两栏。"),
        )


def refused_map(fault: ShapeFault) -> Refused:
    """Why a file is no map, in a sentence."""
    place = {"n": fault.place}
    return {
        "too_large": Refused("map.too-large", _("文件太大：最多 20 MB、20 万个点。请先简化边界。")),
        "no_json": Refused(
            "map.no-json", _("这不是 GeoJSON 文件。请从 GIS 软件导出 GeoJSON（UTF-8）。")
        ),
        "no_features": Refused(
            "map.no-features", _("文件里没有 features，读不到镇街。请导出 FeatureCollection。")
        ),
        "geometry": Refused(
            "map.geometry",
            _("第 %(n)s 个要素不是面，也不是点。边界用 Polygon 或 MultiPolygon。") % place,
        ),
        "degrees": Refused(
            "map.degrees",
            _("第 %(n)s 个要素的坐标不是经纬度。请转成 CGCS2000 或 WGS 84 经纬度再导出。") % place,
        ),
        "no_name": Refused(
            "map.no-name", _("第 %(n)s 个要素没有名称，也没有代码。请加上 name 或 code。") % place
        ),
        "mixed": Refused("map.mixed", _("文件里既有面又有点，不知道按哪个画。请只留一种。")),
    }[fault.code]
