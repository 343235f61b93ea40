"""Ledgers broken at random: a sentence, or rows with their accounts; never a crash."""

import io
import random
import zipfile

import pytest

from flow.projects.ugly_ledgers import LEDGERS
from gongjian.flow.projects.queries import answers_from, read_ledger
from gongjian.lib.refusals import Refused

SPLINTERS = (b"\n", b'"', b",", b"\x00", b"9" * 20, b"\xff", b"<", b"1e308", b"A1:XFD1048576")
LAIRS = ("sheet1", "shared", "styles", "document.xml", "workbook.xml")


def broken(content, pick):
    """The bytes with a few of them changed, taken out, doubled or stuck in."""
    held = bytearray(content)
    for _ in range(pick.randint(1, 10)):
        at = pick.randrange(len(held))
        act = pick.randrange(4)
        if act == 0:
            held[at] = pick.randrange(256)
        elif act == 1:
            del held[at : at + pick.randint(1, 30)]
        elif act == 2:
            held[at:at] = held[at : at + pick.randint(1, 60)]
        else:
            held[at:at] = pick.choice(SPLINTERS)
    return bytes(held)


def broken_file(content, pick):
    """A package is broken inside one of its parts, so that it still opens."""
    if not content.startswith(b"PK"):
        return broken(content, pick)
    old = zipfile.ZipFile(io.BytesIO(content))
    lairs = [name for name in old.namelist() if any(lair in name.lower() for lair in LAIRS)]
    target, out = pick.choice(lairs), io.BytesIO()
    with zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, broken(part, pick) if name == target else part)
    return out.getvalue()


@pytest.mark.parametrize("make", LEDGERS, ids=lambda make: make.__name__)
def test_broken_ledger_is_refused_or_accounted_for(make):
    ledger, pick = make(), random.Random(make.__name__)
    outcomes = set()

    for _ in range(12):
        content = broken_file(ledger.content, pick)
        try:
            run = read_ledger(ledger.name, io.BytesIO(content), answers_from([], []))
            taken = sum(1 for _ in run.rows())
        except Refused as no:
            outcomes.add(no.code)
            continue
        outcomes.add("read")
        sheets = run.report()["sheets"]
        assert taken == sum(sheet["rows"] for sheet in sheets)
        for accounts in (sheet["accounts"] for sheet in sheets):
            told = accounts["taken"] + accounts["refused"] + sum(accounts["not_rows"].values())
            assert accounts["rows_in"] == told

    assert outcomes <= {"read", "import.unreadable"}
