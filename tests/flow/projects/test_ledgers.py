"""What an import takes from a ledger: ten ugly ones, and the accounts of every row."""

import io
import json

import pytest

from flow.projects.ugly_ledgers import LEDGERS
from gongjian.flow.projects.queries import answers_from, read_ledger


def read(ledger, maps=(), says=(), sheet=None):
    run = read_ledger(
        ledger.name, io.BytesIO(ledger.content), answers_from(maps, says), sheet=sheet
    )
    rows = {row["source_row"]: row for row in run.rows()}
    return run, rows, run.report()


@pytest.mark.parametrize("make", LEDGERS, ids=lambda make: make.__name__)
def test_ugly_ledger_gives_what_a_clerk_would_take(make):
    ledger = make()

    _, rows, report = read(ledger)

    wrong = {
        (row, name): (rows.get(row, {}).get(name), value)
        for row, values in ledger.rows.items()
        for name, value in values.items()
        if rows.get(row, {}).get(name) != value
    }
    assert wrong == {}
    assert set(rows) == set(ledger.rows)
    assert {r["row"] for sheet in report["sheets"] for r in sheet["refused"]} == ledger.refused


@pytest.mark.parametrize("make", LEDGERS, ids=lambda make: make.__name__)
def test_ugly_ledger_asks_only_what_is_doubtful_and_says_the_rest(make):
    ledger = make()

    _, _, report = read(ledger)

    asked = {}
    for sheet in report["sheets"]:
        for question in sheet["asked"]:
            asked.setdefault(question["column"], set()).update(question["rows"])
    assert asked == ledger.asked
    told = json.dumps(report, ensure_ascii=False)
    assert [word for word in ledger.says if word not in told] == []


@pytest.mark.parametrize("make", LEDGERS, ids=lambda make: make.__name__)
def test_ugly_ledger_keeps_account_of_every_row_group_and_sum(make):
    ledger = make()

    _, rows, report = read(ledger)

    for sheet in report["sheets"]:
        accounts = sheet["accounts"]
        others = sum(accounts["not_rows"].values())
        assert accounts["rows_in"] == accounts["taken"] + accounts["refused"] + others
    assert sum(sheet["rows"] for sheet in report["sheets"]) == len(rows)
    keys = ("declared_count", "found_count", "declared_sum", "found_sum")
    groups = {
        g["path"]: tuple(g[k] for k in keys) for s in report["sheets"] for g in s["categories"]
    }
    assert groups == ledger.categories
    for name, value in ledger.sums.items():
        assert report["sheets"][0]["sums"][name] == value
