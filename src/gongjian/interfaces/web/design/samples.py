"""Rows for the design page: names and target values of the public plan, all else made up."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from gongjian.lib.refusals import Conflict, Refused


@dataclass(frozen=True)
class Row:
    """One line of the sample table."""

    code: str
    name: str
    light: str
    note: str
    actual: Decimal | None
    expected: Decimal
    target: Decimal
    unit: str
    decimals: int
    months: tuple[int | None, ...]
    unit_name: str
    missing: tuple[str, ...] = ()

    @property
    def rate(self) -> Decimal | None:
        return None if self.actual is None else self.actual / self.target

    @property
    def due(self) -> Decimal:
        return self.expected / self.target


def _row(text: str, months: tuple[int | None, ...], missing: tuple[str, ...] = ()) -> Row:
    code, name, light, note, actual, expected, target, unit, decimals, who = text.split("|")
    return Row(
        code, name, light, note, Decimal(actual) if actual else None, Decimal(expected),
        Decimal(target), unit, int(decimals), months, who, missing,
    )  # fmt: skip


ROWS = (
    _row("6-1|新签约项目|green||81|75|150|个|0|市投资促进中心", (8, 10, 22, 40, 69, 81)),
    _row("6-2|新立项项目|green||46|50|100|个|0|市投资促进中心", (3, 5, 12, 20, 37, 46)),
    _row("6-3|新开工项目|yellow||19|30|60|个|0|市投资促进中心", (0, 0, 4, 9, 13, 19), ("check",)),
    _row("6-4|到位资金|red|7/12|38.6|70|140|亿元|2|市投资促进中心", (2, 4, 11, 20, 32, 39)),
    _row("2-4|工业总产值|grey|未报||500|1000|亿元|2|市工信局", (70, 160, 250, 340, 430, None)),
    _row("2-2|国家科技型中小企业|green|补齐|112|50|100|家|0|市科技局", (20, 40, 61, 80, 97, 112)),
    _row("7-1|高新技术企业|red||0|50|100|家|0|市科技局", (0, 0, 0, 0, 0, 0), ("duty", "measure")),
)
REFUSAL = Refused("acceptance.own-unit", "不能采信：这条数是你们单位填报的")
CONFLICT = Conflict(
    "stale.row",
    "别人刚改过这一项",
    theirs={"完成时限": "07-31", "牵头单位": "市商务局"},
    mine={"完成时限": "06-30", "牵头单位": "市投资促进中心"},
)
EVENTS = (
    (date(2020, 6, 9), "采信", "新开工项目 19 个", "攻坚办 田某某"),
    (date(2020, 6, 8), "退回", "报 41.30 亿元，附件合计 38.60 亿元", "攻坚办 田某某"),
)
PEOPLE = (
    ("牵头领导", "吴某某", "市政府", "138****0000"),
    ("填报人", "何某某", "市投资促进中心", ""),
)
AT = datetime(2020, 7, 2, 1, 0, tzinfo=UTC)
