"""The proof on a few rows of its own; interfaces/cli/test_audit.py tries every column there is."""

import pytest
from django.db import connection

from gongjian.foundation.orgs.models import Unit
from gongjian.foundation.records.models import LogEntry, LogHead, LogRow
from gongjian.foundation.records.queries import (
    ANCHOR,
    Finding,
    audit,
    audit_findings,
    phrase_finding,
)
from gongjian.foundation.records.usecases import note
from interfaces.web.people import AT

pytestmark = pytest.mark.django_db
UNIT, ENTRY, ROW, HEAD = (f"gongjian_{name}" for name in ("unit", "logentry", "logrow", "loghead"))


@pytest.fixture
def home(settings, tmp_path, django_capture_on_commit_callbacks):
    """Three units, each noted by an act of its own."""
    settings.HOME = tmp_path
    for code in "ABC":
        with django_capture_on_commit_callbacks(execute=True):
            unit = Unit.objects.create(code=code, name=code, short_name=code, kind="office")
            note("units.registered", unit, by=None, at=AT)
    return tmp_path


def unit(code):
    return Unit.objects.get(code=code)


@pytest.mark.usefixtures("home")
def test_nothing_is_found_where_nothing_was_changed():
    assert audit_findings() == []


@pytest.mark.usefixtures("home")
def test_a_row_altered_past_the_use_cases_is_found():
    Unit.objects.filter(code="B").update(name="另一个")

    assert audit_findings() == [Finding("row-altered", UNIT, unit("B").pk)]


@pytest.mark.usefixtures("home")
def test_a_row_inserted_past_the_use_cases_is_found():
    added = Unit.objects.create(code="D", name="D", short_name="D", kind="office")

    assert audit_findings() == [Finding("row-inserted", UNIT, added.pk)]


@pytest.mark.usefixtures("home")
def test_a_row_removed_past_the_use_cases_is_found():
    key = unit("B").pk
    Unit.objects.filter(pk=key).delete()

    assert audit_findings() == [Finding("row-removed", UNIT, key)]


@pytest.mark.usefixtures("home")
def test_a_row_removed_by_an_act_is_no_finding(django_capture_on_commit_callbacks):
    gone = unit("B")
    with django_capture_on_commit_callbacks(execute=True):
        note("units.registered", by=None, at=AT, removed=[gone])
        Unit.objects.filter(pk=gone.pk).delete()

    assert audit_findings() == []


@pytest.mark.usefixtures("home")
def test_an_altered_entry_is_found():
    LogEntry.objects.filter(seq=2).update(actor_name="别人")

    assert audit_findings() == [Finding("entry-altered", ENTRY, 2, 2)]


@pytest.mark.usefixtures("home")
def test_an_altered_row_of_the_log_is_found():
    LogRow.objects.filter(entry_id=2).update(digest="0" * 64)

    assert audit_findings() == [
        Finding("entry-altered", ENTRY, 2, 2),
        Finding("row-altered", UNIT, unit("B").pk),
    ]


@pytest.mark.usefixtures("home")
def test_a_cut_tail_is_found_by_what_is_kept_outside():
    """A thief who can compute: row, entry and head all fit together again."""
    Unit.objects.filter(code="C").delete()
    LogRow.objects.filter(entry_id=3).delete()
    LogEntry.objects.filter(seq=3).delete()
    LogHead.objects.update(seq=2, hash=LogEntry.objects.get(seq=2).hash)

    assert audit_findings() == [Finding("tail-cut", ANCHOR, 3)]


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("change", [{"seq": 2}, {"seq": 9}, {"hash": "f" * 64}])
def test_an_altered_head_is_found(change):
    LogHead.objects.update(**change)

    assert audit_findings() == [Finding("head-altered", HEAD, 1, 3)]


@pytest.mark.parametrize("kept", [0, 1, 2])
def test_an_anchor_without_its_last_line_is_found(home, kept, monkeypatch):
    monkeypatch.setattr(audit, "ANCHOR_LAG", 0)
    anchor = home / ANCHOR
    anchor.write_text("".join(anchor.read_text().splitlines(keepends=True)[:kept]))

    assert audit_findings() == [Finding("anchor-short", ANCHOR, 3)]


def execute(sqlite, postgresql):
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # none may wait while tables change
        cursor.execute(sqlite if connection.vendor == "sqlite" else postgresql)


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("table", ["gongjian_verdict", "gongjian_logrow"])
def test_a_table_dropped_is_found(table):
    execute(f"DROP TABLE {table}", f"DROP TABLE {table} CASCADE")

    assert Finding("table-missing", table, 0) in audit_findings()


@pytest.mark.usefixtures("home")
def test_a_column_dropped_alters_every_row():
    keys = list(Unit.objects.order_by("pk").values_list("pk", flat=True))

    execute(*["ALTER TABLE gongjian_unit DROP COLUMN kind"] * 2)

    assert audit_findings() == [Finding("row-altered", UNIT, key) for key in keys]


def test_a_second_hash_of_an_entry_is_found(home):
    """A cut log that went on wrote the number again."""
    lines = (home / ANCHOR).read_text().splitlines(keepends=True)
    (home / ANCHOR).write_text("".join([*lines[:2], "3 f\n", lines[2]]))

    assert audit_findings() == [Finding("entries-cut-or-rewritten", ANCHOR, 3)]


def test_a_tail_cut_is_one_finding_however_long_it_was(home):
    with (home / ANCHOR).open("a") as anchor:
        anchor.write("4 d\n5 e\n6 f\n")

    assert audit_findings() == [Finding("tail-cut", ANCHOR, 4)]


def test_a_lost_or_altered_anchor_is_found(home):
    anchor = home / ANCHOR
    lines = anchor.read_text().splitlines(keepends=True)

    anchor.write_text("".join([lines[0], lines[1].replace("2 ", "2 f", 1), lines[2]]))
    altered = audit_findings()
    anchor.unlink()
    lost = audit_findings()

    assert altered == [Finding("entries-cut-or-rewritten", ANCHOR, 2)]
    assert lost == [Finding("anchor-missing", ANCHOR, 0)]


@pytest.mark.parametrize(
    ("finding", "sentence"),
    [
        (Finding("row-altered", UNIT, 7), "gongjian_unit 第 7 行和日志对不上：绕过系统改动"),
        (Finding("entries-removed", ENTRY, 5, 9), "日志第 5 条起有缺失"),
        (Finding("anchor-missing", ANCHOR, 0), "库外的链尾记录不在了"),
    ],
)
def test_a_finding_is_one_sentence(finding, sentence):
    assert phrase_finding(finding) == sentence
