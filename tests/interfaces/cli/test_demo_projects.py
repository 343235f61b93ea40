"""The demo's register as a file: 300 in all, 1,431 亿元 to the cent, nobody real."""

import csv
import tomllib
from collections import Counter

from gongjian.lib.national_codes import is_industry, region_doubt
from gongjian.lib.project_codes import doubt_about
from gongjian.lib.unit_codes import uscc_fault
from scripts import demo_projects

ROWS = list(csv.DictReader(demo_projects.OUT.read_text(encoding="utf-8").splitlines()))
TWELVE = tomllib.loads((demo_projects.DEMO / "duties.toml").read_text(encoding="utf-8"))["project"]


def test_three_hundred_cost_what_the_plan_says():
    assert len(ROWS) + len(TWELVE) == 300
    assert sum(int(row["total"]) for row in [*ROWS, *TWELVE]) == 14_310_000


def test_the_file_is_what_its_script_writes(tmp_path, monkeypatch):
    kept = demo_projects.OUT.read_bytes()
    monkeypatch.setattr(demo_projects, "OUT", tmp_path / "projects.csv")

    demo_projects.main()

    assert (tmp_path / "projects.csv").read_bytes() == kept, "run: scripts/demo_projects.py"


def test_everything_says_that_it_is_invented():
    for row in ROWS:
        assert row["name"].startswith("示例")
        assert row["owner"].startswith("示例")
        assert not row["investor"] or row["investor"].startswith("示例")


def test_codes_are_whole_and_nobodys():
    codes = [row["code"] for row in [*ROWS, *TWELVE] if row.get("code")]
    names = [row["name"] for row in [*ROWS, *TWELVE]]

    assert len(set(codes)) == len(codes)
    assert len(set(names)) == len(names)
    assert {doubt_about(code) or region_doubt(code, own="370782") for code in codes} == {""}
    assert all(uscc_fault(row["uscc"]) == "" and is_industry(row["industry"]) for row in ROWS)
    assert {row["uscc"][8:13] for row in ROWS} == {"00000"}


def test_the_fourteen_townships_share_them_unevenly():
    shares = Counter(row["township"] for row in ROWS)

    assert shares == demo_projects.TOWNSHIPS
    assert len(shares) == 14
    assert max(shares.values()) > 5 * min(shares.values())


def test_what_was_signed_filed_and_started_is_what_units_report():
    months = tomllib.loads((demo_projects.DEMO / "months.toml").read_text(encoding="utf-8"))
    told = {line["code"]: line["reports"] for line in months["target"]}
    columns = {"T07": "signed", "T08": "established", "T09": "started"}

    for code, column in columns.items():
        days = [row[column] for row in ROWS if row["promoted"] == "True" and row[column]]
        for report in told[code]:
            by_then = [day for day in days if "2020-01" <= day[:7] <= report["period"]]
            assert len(by_then) == int(report["value"]), (code, report["period"])
