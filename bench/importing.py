"""How fast a ledger is read for an import: rows a second, its price beside a bare read, memory."""

import csv
import importlib.util
import io
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter

from bench.measuring import Measured, checksum, figure, measured
from gongjian.documents.grids import read_book

TIERS = {
    "csv-10k": ("csv", 10_000), "xlsx-10k": ("xlsx", 10_000),
    "xlsx-100k": ("xlsx", 100_000), "csv-1m": ("csv", 1_000_000),
}  # fmt: skip
RUNS = {"csv-10k": 3, "xlsx-10k": 3, "xlsx-100k": 1, "csv-1m": 1}
ROOT = Path(__file__).resolve().parents[1]
HEAD = (
    "序号", "项目名称", "建设单位", "建设性质", "建设规模及主要内容", "总投资",
    "年度计划投资", "计划开工时间",
    "计划竣工时间", "责任单位", "包靠领导", "形象进度", "备注",
)  # fmt: skip
PLACES = [
    "龙泉",
    "凤凰",
    "白云",
    "青山",
    "长乐",
    "平湖",
    "安丰",
    "太和",
    "永昌",
    "东岭",
    "西河",
    "南桥",
    "北塘",
    "清源",
    "石门",
]
GOODS = [
    "汽车零部件",
    "智能农机",
    "生物医药",
    "冷链物流",
    "污水处理",
    "老旧小区改造",
    "高标准农田",
    "数据中心",
    "职业学校",
]
NATURES = ("新建", "续建", "改扩建")
READ = """
import gc, json, sys, time
from pathlib import Path
import django
from gongjian.config import env
env.use_settings("gongjian.config.settings")
django.setup()
from gongjian.flow.projects.queries import answers_from, read_ledger
gc.disable()  # as the command does
start = time.process_time()
taken = 0
with Path(sys.argv[1]).open("rb") as file, open(sys.argv[2], "w", encoding="utf-8") as out:
    run = read_ledger(Path(sys.argv[1]).name, file, answers_from([], []))
    encode = json.JSONEncoder(ensure_ascii=False).encode
    for row in run.rows():
        out.write(encode(row) + "\\n")
        taken += 1
sums = run.report()["sheets"][0]["sums"]
print(json.dumps({"seconds": time.process_time() - start, "rows": taken, "sums": sums}))
"""


@dataclass(frozen=True, slots=True)
class Said:
    """What a reading said of itself."""

    seconds: float
    rows: int
    sums: dict[str, str]


def rows_of(count: int, seed: int = 20260101) -> Iterator[tuple[object, ...]]:
    """Rows of a ledger that a county could have; the header stands below a title and a unit."""
    pick = random.Random(seed)
    for number in range(1, count + 1):
        place, goods = pick.choice(PLACES), pick.choice(GOODS)
        total = round(pick.uniform(800, 200_000), 2)
        year, month = pick.randint(2022, 2024), pick.randint(1, 12)
        yield (
            number, f"{place}{goods}项目{number}期", f"{place}建设投资有限公司",
            pick.choice(NATURES),
            f"建设{goods}生产线{pick.randint(1, 9)}条，配套建设道路、管网等设施", total,
            round(total * pick.uniform(0.1, 0.9), 2), f"{year}年{month}月",
            f"{year + 2}.{month}", f"{place}镇、发改局", pick.choice("赵钱孙李周吴郑王") + "建国",
            pick.choice(("主体施工", "基础施工", "设备安装", "前期手续办理")),
            pick.choice(("", "", "—")),
        )  # fmt: skip


def write(kind: str, count: int, path: Path) -> None:
    if kind == "csv":
        with path.open("w", encoding="utf-8-sig", newline="") as out:
            writer = csv.writer(out)
            writer.writerows([("2024年重点项目台账",), ("单位：万元",), HEAD])
            writer.writerows(rows_of(count))
        return
    book = xlsxwriter.Workbook(str(path), {"constant_memory": True})
    page = book.add_worksheet("台账")
    for at, row in enumerate([("2024年重点项目台账",), ("单位：万元",), HEAD, *rows_of(count)]):
        page.write_row(at, 0, row)
    book.close()


def run(only: str | None) -> Iterator[Measured]:
    """Validated rows a second of one core, the ratio to a bare read, and the most memory."""
    with tempfile.TemporaryDirectory() as folder:
        for tier in [only] if only else list(TIERS):
            kind, count = TIERS[tier]
            path = Path(folder, f"ledger.{kind}")
            write(kind, count, path)
            yield from _measure(tier, kind, count, path)


def _measure(tier: str, kind: str, count: int, path: Path) -> Iterator[Measured]:
    taken: list[float] = []
    peak, said = 0.0, Said(0.0, 0, {})
    for _ in range(RUNS[tier]):
        said, memory = _read(path)
        taken.append(said.seconds)
        peak = max(peak, memory)
    if said.rows != count:
        raise RuntimeError(f"{said.rows} rows of {count} were taken")
    same = {"bench": "import", "tier": tier, "checksum": checksum(json.dumps(said.sums))}
    yield measured("speed", [count / one for one in taken], unit="rows/s", **same)
    yield figure("peak-memory", peak, unit="MB", **same)
    for name, bare in _bare(kind, path):
        yield measured(f"to-{name}", [one / max(bare, 1e-6) for one in taken], unit="x", **same)


def _read(path: Path) -> tuple[Said, float]:
    """One reading in a process of its own: its seconds, and the most memory it held, in MB."""
    with tempfile.NamedTemporaryFile(suffix=".jsonl") as out:
        child = subprocess.Popen(
            [sys.executable, "-c", READ, str(path), out.name],
            stdout=subprocess.PIPE, cwd=ROOT / "src", text=True,
        )  # fmt: skip
        told, _ = child.communicate()
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    if child.returncode:
        raise RuntimeError(f"the reading ended with {child.returncode}")
    return Said(**json.loads(told)), memory


def _bare(kind: str, path: Path) -> Iterator[tuple[str, float]]:
    """Seconds of reading the cells and nothing else: calamine where somebody has installed it."""
    if kind == "csv":
        yield "bare-csv", _seconds(lambda: _all_csv(path))
        return
    if importlib.util.find_spec("python_calamine"):
        calamine = importlib.import_module("python_calamine")
        yield (
            "bare-calamine",
            _seconds(lambda: calamine.load_workbook(str(path)).get_sheet_by_index(0).to_python()),
        )
    yield "bare-cells", _seconds(lambda: _all_cells(path))


def _all_csv(path: Path) -> int:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return sum(len(row) for row in csv.reader(file))


def _all_cells(path: Path) -> int:
    """Our own reader of cells, without anything that looks at them."""
    book = read_book(path.name, io.BytesIO(path.read_bytes()))
    return sum(len(cells) for grid in book.grids for _, cells in grid.rows)


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start
