"""Write the demo's register: 288 invented projects beside the twelve of its duties, 300 in all.

Everything is invented and says so (示例); only the townships are real. The same seed gives the
same file. Signed, filed and started projects and the money that arrived add up, month by month,
to the figures that units report in months.toml; the 300 cost 143,100,000,000.00 元 together.
"""

import csv
import random
import sys
import tomllib
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).parents[1]
DEMO = ROOT / "src/gongjian/interfaces/cli/demo"
OUT = DEMO / "projects.csv"
sys.path.insert(0, str(ROOT / "src"))

from gongjian.lib.unit_codes import uscc_of  # noqa: E402

WHOLE = 14_310_000  # 万元
MONTHS = range(1, 13)
CURVE = (4, 3, 8, 9, 10, 11, 9, 9, 10, 9, 10, 8)  # of a year, in hundredths
PER_MONTH = {  # new in each month, as months.toml reports them: January to June
    "signed": (11, 10, 10, 10, 10, 7),
    "established": (7, 7, 8, 7, 8, 9),
    "started": (5, 4, 4, 4, 1, 4),
}
ARRIVED = (76_000, 48_000, 74_000, 67_000, 59_000)  # 万元 from January to May
TOWNSHIPS = {  # how many of the 288 lie in each: the zone and the town have most, as they do
    "mizhou": 40, "longdu": 28, "shunwang": 34, "zhigou": 17, "jiayue": 14, "shiqiaozi": 6,
    "xiangzhou": 15, "changcheng": 20, "baichihe": 12, "xinxing": 24, "linjiacun": 11,
    "huanghua": 7, "taolin": 8, "dev-zone": 52,
}  # fmt: skip
WORKS = {  # category → (industry, what)
    "industry": [
        ("C1353", "肉制品精深加工"), ("C1491", "营养食品"), ("C1761", "针织服装"),
        ("C2110", "定制家具"), ("C2239", "纸包装"), ("C2653", "合成树脂"),
        ("C2710", "原料药"), ("C2911", "子午线轮胎"), ("C3130", "精密钢管"),
        ("C3360", "热处理中心"), ("C3421", "数控机床"), ("C3463", "冷链装备"),
        ("C3532", "食品机械"), ("C3670", "汽车零部件"), ("C3812", "永磁电机"),
        ("C3841", "动力电池"), ("C3982", "电子元件"), ("C4012", "智能仪表"),
        ("G5990", "智慧物流"), ("F5141", "跨境电商"), ("I6513", "工业互联网"),
    ],
    "infrastructure": [
        ("E4812", "县乡道路"), ("E4821", "河道治理"), ("D4430", "集中供热"),
        ("D4610", "供水管网"),
    ],
    "livelihood": [
        ("P8336", "职业学校"), ("Q8411", "医院病房楼"), ("Q8514", "养老服务"),
        ("R8830", "文体中心"),
    ],
    "ecology": [("N7721", "污水处理"), ("N7820", "垃圾焚烧"), ("N7711", "湿地修复")],
}  # fmt: skip
FORMS = {
    "industry": ("智能工厂", "生产基地", "产业园", "扩产", "技术改造", "二期", "研发中心"),
    "infrastructure": ("工程", "改造", "提升工程"),
    "livelihood": ("建设", "迁建", "扩建"),
    "ecology": ("工程", "提标改造", "修复工程"),
}
BRANDS = (
    "海棠", "青禾", "云帆", "朝晖", "星汉", "远山", "禾丰", "明川", "万和", "启元", "金穗",
    "长风", "东篱", "清泉", "瑞霖", "安澜",
)  # fmt: skip
COLUMNS = (
    "name", "code", "township", "track", "category", "nature", "industry", "promoted", "owner",
    "uscc", "investor", "scope", "total", "contract", "plan_class", "year_plan", "done_before",
    "planned_start", "planned_finish", "level", "signed", "established", "started", "completed",
    "plan", "done", "arrived", "early", "moved_to", "moved_why", "land", "stat",
)  # fmt: skip
WHY = ("用地批复在上级部门", "设备交付推迟", "施工图审查返工", "管线迁改未完成", "融资放款推迟")


def main() -> None:
    chance = random.Random(2020)
    rows = [*_signed_this_year(chance), *_to_start(chance), *_going_on(chance), *_planned(chance)]
    _name(rows, chance)
    _cost(rows, chance)
    _pay(rows, chance)
    _move(rows, chance)
    _secure(rows, chance)
    _stumble(rows)
    with OUT.open("w", encoding="utf-8", newline="") as out:
        sheet = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\n")
        sheet.writeheader()
        sheet.writerows({name: row.get(name, "") for name in COLUMNS} for row in rows)


def _signed_this_year(chance: random.Random) -> list[dict]:
    """58 signed in 2020, of which 46 filed: those of a month are signed by then."""
    rows = [
        _row("industry", promoted=True, plan_class="new", signed=_day(chance, 2020, month))
        for month, count in enumerate(PER_MONTH["signed"], start=1)
        for _ in range(count)
    ]
    waiting: list[dict] = []
    for month, count in enumerate(PER_MONTH["established"], start=1):
        waiting += [row for row in rows if row["signed"].month == month]
        for row in waiting[:count]:
            row["established"] = _after(chance, row["signed"], 2020, month)
        waiting = waiting[count:]
    return rows


def _to_start(chance: random.Random) -> list[dict]:
    """30 signed and filed in 2019 that are to begin this year; 22 have."""
    rows = []
    for n in range(30):
        signed = _day(chance, 2019, 1 + n % 6)
        rows.append(
            _row(
                "industry",
                promoted=True,
                plan_class="new",
                signed=signed,
                established=signed + timedelta(days=chance.randrange(60, 150)),
            )
        )
    begun = iter(rows)
    for month, count in enumerate(PER_MONTH["started"], start=1):
        for _ in range(count):
            row = next(begun)
            row["started"] = _day(chance, 2020, month)
    return rows


def _going_on(chance: random.Random) -> list[dict]:
    """170 that began before 2020: 120 go on, 50 are to be finished, 15 of which are."""
    rows = []
    kinds = (*["industry"] * 3, "infrastructure", "livelihood", "ecology")
    for n in range(170):
        started = _day(chance, 2018 + n % 2, 3 + n % 9)
        row = _row(
            kinds[n % 6],
            plan_class="continued" if n < 120 else "completing",
            established=started - timedelta(days=chance.randrange(90, 300)),
            started=started,
        )
        if n >= 155:
            row["completed"] = _day(chance, 2020, 1 + n % 6)
        rows.append(row)
    return rows


def _planned(chance: random.Random) -> list[dict]:
    """30 that are being prepared."""
    kinds = ("infrastructure", "livelihood", "ecology", "industry")
    return [_row(kinds[chance.randrange(4)], plan_class="preparing") for _ in range(30)]


def _row(category: str, **more: object) -> dict:
    track = "enterprise" if category == "industry" else "government"
    return {"category": category, "track": track, "promoted": False} | more


def _day(chance: random.Random, year: int, month: int) -> date:
    """A working day of a month; in June 2020 one before the demo's clock."""
    last = 24 if (year, month) == (2020, 6) else 28
    first = 3 if (year, month) == (2020, 1) else 1
    while True:
        day = date(year, month, chance.randrange(first, last))
        if day.weekday() < 5:
            return day


def _after(chance: random.Random, signed: date, year: int, month: int) -> date:
    while True:
        day = _day(chance, year, month)
        if day >= signed or (signed.month == month and signed.day > 20):
            return max(day, signed)


def _name(rows: list[dict], chance: random.Random) -> None:
    taken = set()
    places = _places(len(rows))
    for n, row in enumerate(rows):
        works = WORKS[row["category"]]
        while True:
            industry, what = works[chance.randrange(len(works))]
            brand = BRANDS[chance.randrange(len(BRANDS))]
            form = FORMS[row["category"]][chance.randrange(len(FORMS[row["category"]]))]
            name = f"示例{brand}{what}{form}项目"
            if name not in taken:
                break
        taken.add(name)
        government = row["track"] == "government"
        kind = "01" if government else "03"
        serial = f"{100_000 + 731 * n % 900_000:06}"
        maker = "建设投资" if government else what.removesuffix("中心")
        filed = "established" in row or row["plan_class"] in ("continued", "completing")
        year = row["established"].year if "established" in row else 2020
        row |= {
            "name": name,
            "township": places[n],
            "nature": "technical" if form == "技术改造" else "extension" if "扩" in form else "new",
            "industry": industry,
            "owner": f"示例{brand}{maker}有限公司",
            "uscc": uscc_of(n + 1, region="370782"),
            "investor": f"示例{brand}控股有限公司" if row["promoted"] else "",
            "scope": f"示例：建设{what}{form}及配套设施",
            "code": f"{max(year, 2016)}-370782-{industry[1:3]}-{kind}-{serial}" if filed else "",
            "level": "province" if n % 17 == 3 else "prefecture" if n % 7 == 2 else "",
        }


def _places(many: int) -> list[str]:
    """A township a project, each as often as it should be, and never many in a row."""
    given = dict.fromkeys(TOWNSHIPS, 0)
    places = []
    for n in range(1, many + 1):
        behind = {one: share * n / many - given[one] for one, share in TOWNSHIPS.items()}
        place = max(behind, key=lambda one: behind[one])
        given[place] += 1
        places.append(place)
    return places


def _cost(rows: list[dict], chance: random.Random) -> None:
    """Totals in 万元 that make 1,431 亿元 with the twelve of the duties."""
    twelve = tomllib.loads((DEMO / "duties.toml").read_text(encoding="utf-8"))["project"]
    left = WHOLE - sum(int(row["total"]) for row in twelve)
    weights = [chance.lognormvariate(0, 0.8) for _ in rows]
    for row, weight in zip(rows, weights, strict=True):
        row["total"] = max(round(left * weight / sum(weights) / 100) * 100, 3000)
    rows[-1]["total"] += left - sum(row["total"] for row in rows)
    if rows[-1]["total"] < 3000:
        raise ValueError("the last project costs too little: choose another seed")
    for row in rows:
        total = row["total"]
        begun = row.get("started")
        before = 0
        if begun is not None and begun.year < 2020:
            share = (0.75 if row["plan_class"] == "completing" else 0.35) + 0.1 * chance.random()
            before = round(total * share / 10) * 10
        year_plan = {
            "new": round(total * 0.3 / 10) * 10,
            "continued": round((total - before) * 0.5 / 10) * 10,
            "completing": total - before,
            "preparing": 0,
        }[row["plan_class"]]
        finish = 2020 if row["plan_class"] == "completing" else 2021 + chance.randrange(2)
        start = begun or date(2020, 7 + chance.randrange(5), 28)
        row |= {
            "contract": round(total * 0.7 / 10) * 10 if row["promoted"] else "",
            "year_plan": year_plan,
            "done_before": before,
            "planned_start": _month(start),
            "planned_finish": f"{finish}-{12 if finish == 2020 else 6 + chance.randrange(7):02}",
            "plan": _months(year_plan),
        }


def _months(year_plan: int) -> str:
    parts = [round(year_plan * share / 100) for share in CURVE]
    parts[-1] += year_plan - sum(parts)
    return " ".join(str(part) for part in parts)


def _pay(rows: list[dict], chance: random.Random) -> None:
    """What was done by month from the start on; early costs before; money from outside."""
    for row in rows:
        begun, planned = row.get("started"), [int(part) for part in row["plan"].split()]
        done, early = [], []
        for month in range(1, 6):
            works = begun is not None and _month(begun) <= f"2020-{month:02}"
            over = "completed" in row and row["completed"].month < month
            amount = round(planned[month - 1] * (0.8 + 0.45 * chance.random())) if works else ""
            done.append("" if over else amount)
            waits = row.get("established") and not works and not over
            early.append(5 + month + chance.randrange(60) if waits else "")
        row |= {"done": _said(done), "early": _said(early), "arrived": ["0"] * 5}
    for month, whole in enumerate(ARRIVED, start=1):
        takers = [
            row for row in rows if row["promoted"] and _month(row["signed"]) <= f"2020-{month:02}"
        ]
        weights = [row["total"] * (0.5 + chance.random()) for row in takers]
        parts = [int(whole * weight / sum(weights)) for weight in weights]
        parts[0] += whole - sum(parts)
        for row, part in zip(takers, parts, strict=True):
            row["arrived"][month - 1] = str(part)
    for row in rows:
        row["arrived"] = " ".join(row["arrived"]) if row["promoted"] else ""


def _said(amounts: list) -> str:
    return " ".join("-" if amount == "" else str(amount) for amount in amounts)


def _move(rows: list[dict], chance: random.Random) -> None:
    """Every seventh that has not begun was put off once."""
    waiting = [row for row in rows if "started" not in row and row["plan_class"] == "new"]
    for row in waiting[::7]:
        year, month = (int(part) for part in row["planned_start"].split("-"))
        row["moved_to"] = f"{year}-{min(month + 2, 12):02}"
        row["moved_why"] = WHY[chance.randrange(len(WHY))]


def _secure(rows: list[dict], chance: random.Random) -> None:
    """Land is there before works begin; most that began are in the statistics a month later."""
    for n, row in enumerate(rows):
        filed, begun = row.get("established"), row.get("started")
        if begun is not None:
            row["land"] = begun - timedelta(days=chance.randrange(10, 60))
        elif filed is not None and n % 3 == 0 and filed < date(2020, 5, 1):
            row["land"] = filed + timedelta(days=chance.randrange(20, 50))
        if begun is not None and n % 9 and begun < date(2020, 5, 1):
            row["stat"] = begun + timedelta(days=chance.randrange(15, 45))


def _stumble(rows: list[dict]) -> None:
    """A few figures a careful reader would ask back: a spike, a copied one, 元 for 万元."""
    going = [row for row in rows if row["plan_class"] == "continued"]
    for row, odd in zip(going[::30], ("spike", "stuck", "scale", "spike"), strict=True):
        done = row["done"].split()
        average = max(int(row["year_plan"]) // 12, 1)
        match odd:
            case "spike":
                done[4] = str(average * 4)
            case "stuck":
                done[2:5] = [done[2]] * 3
            case "scale":
                done[3] = f"{int(done[3]) / 10_000:.4f}"
        row["done"] = " ".join(done)


def _month(day: date) -> str:
    return f"{day:%Y-%m}"


if __name__ == "__main__":
    main()
