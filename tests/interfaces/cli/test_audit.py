"""`gongjian audit`: whatever is changed past the use-cases is found, table by table."""

import datetime as dt
import shutil
import uuid
from contextlib import contextmanager
from decimal import Decimal
from itertools import count, zip_longest

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction

from gongjian.foundation.orgs.queries import account
from gongjian.foundation.records.models import Installation, Kept, LogEntry, LogHead, LogRow
from gongjian.foundation.records.queries import (
    ANCHOR,
    Finding,
    audit_findings,
    protected_tables,
)
from gongjian.foundation.records.usecases import move_clock
from gongjian.interfaces.cli import audit
from gongjian.interfaces.cli.demo.command import NOW
from interfaces.cli.commands import run

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_county")]

LOG = (LogEntry, LogRow, LogHead)
MODELS = {
    model._meta.db_table: model
    for model in apps.get_models()
    if model in LOG or issubclass(model, Kept)
}
KEPT = [table for table, model in MODELS.items() if model not in LOG]
# What no half-year of the demo needs: nobody imported or gave out a ledger, kept a view, changed
# many rows at once or merged projects; the smaller county of the tests is not adjusted either.
EMPTY = {
    "gongjian_bulkchange",
    "gongjian_doubtanswer",
    "gongjian_duplicateverdict",
    "gongjian_exportrun",
    "gongjian_fundingsource",
    "gongjian_importmemory",
    "gongjian_importrow",
    "gongjian_importrun",
    "gongjian_listrename",
    "gongjian_monthcell",
    "gongjian_progresstext",
    "gongjian_projectdescent",
    "gongjian_projectlook",
    "gongjian_projectname",
    "gongjian_registerchange",
    "gongjian_savedview",
    "gongjian_senttable",
    "gongjian_sheetmemory",
    "gongjian_superiorsheet",
    "gongjian_trialrow",
}
# The order of rows in their entry says nothing: the entry's hash takes them sorted.
WITHOUT_MEANING = {("gongjian_logrow", "id"), ("gongjian_loghead", "id")}
FRESH = count(900_000)
MANY = 10


@contextmanager
def undone():
    """What is done inside is taken back. The checks of SQLite are off, as a thief would have it."""
    sqlite = connection.vendor == "sqlite"
    if sqlite:
        execute("PRAGMA ignore_check_constraints = ON")
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    if sqlite:
        execute("PRAGMA ignore_check_constraints = OFF")


def past_the_use_cases(write):
    """Write straight into the database; False where it refuses."""
    try:
        with transaction.atomic():
            write()
    except DatabaseError:
        return False
    return True


def filled():
    """The protected tables that have rows."""
    return [table for table in KEPT if MODELS[table]._base_manager.exists()]


def execute(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def protected(model):
    """The columns of a table that `audit tables` names, as fields."""
    named = protected_tables()[model._meta.db_table]
    return [field for field in model._meta.concrete_fields if field.column in named]


def other(field, value):
    """Another value that a column of this kind can hold."""
    kinds = {
        models.BooleanField: lambda: not value,
        models.JSONField: lambda: {"tampered": next(FRESH)},
        models.UUIDField: uuid.uuid4,
        models.DateTimeField: lambda: (value or NOW) + dt.timedelta(seconds=1),
        models.DateField: lambda: (value or NOW.date()) + dt.timedelta(days=1),
        models.DecimalField: lambda: (value or Decimal(0)) + Decimal("0.5"),
        models.FloatField: lambda: (value or 0.0) / 2 + 0.001,
        models.PositiveSmallIntegerField: lambda: (value or 0) + 1,
        models.CharField: lambda: f"z{next(FRESH)}"[: field.max_length],
        models.TextField: lambda: f"z{next(FRESH)}",
    }
    return next((make() for kind, make in kinds.items() if isinstance(field, kind)), None) or (
        False if isinstance(field, models.BooleanField) else next(FRESH)
    )


def rows_of(model):
    """A few rows from both ends of a table."""
    rows = model._base_manager
    return [*rows.order_by("-pk")[:MANY], *rows.order_by("pk")[:MANY]]


def tamper(model, field):
    """Change one column of one row; (old key, new key), or None where the database refuses all."""
    for row in rows_of(model):
        value = other(field, getattr(row, field.attname))
        change = model._base_manager.filter(pk=row.pk).update
        if past_the_use_cases(lambda change=change, value=value: change(**{field.attname: value})):
            return row.pk, value if field.primary_key else row.pk
    return None


def forge(model):
    """Put in a copy of a row under keys of its own; its key, or None where none can be put in."""
    alone = {field.attname for field in model._meta.concrete_fields if field.unique}
    for constraint in model._meta.constraints:
        if isinstance(constraint, models.UniqueConstraint):
            alone.add(model._meta.get_field(constraint.fields[0]).attname)
    for row in rows_of(model):
        values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
        for name in (name for name in alone if values[name] is not None):
            values[name] = other(model._meta.get_field(name), values[name])
        copy = model(**values)
        if past_the_use_cases(lambda copy=copy: copy.save_base(raw=True, force_insert=True)):
            return copy.pk
    return None


def test_tables_names_every_column_but_those_that_say_nothing():
    printed = run(audit, "tables", "--json")

    assert printed.code == 0
    assert printed.json == {
        table: [
            field.column
            for field in model._meta.concrete_fields
            if field.name not in getattr(model, "unprotected", ())
        ]
        for table, model in MODELS.items()
    } | {table: printed.json[table] for table in (model._meta.db_table for model in LOG)}


def test_verify_of_an_untouched_county_finds_nothing():
    found = run(audit, "verify")

    assert found.code == 0
    assert found.lines == ["日志和受保护的表都没有发现问题。"]
    assert run(audit, "verify", "--json").json == []


def test_every_protected_table_of_the_demo_has_rows_to_tamper_with():
    assert {table for table, model in MODELS.items() if not model._base_manager.exists()} <= EMPTY


def test_every_altered_column_is_found_and_nothing_else_is_blamed():
    refused = []

    columns = ([(MODELS[table], f) for f in protected(MODELS[table])] for table in filled())
    for turn in zip_longest(*columns):  # one column of every table at a time
        expected = set()
        with undone():
            for model, field in filter(None, turn):
                keys = tamper(model, field)
                if keys is None:
                    refused.append((model._meta.db_table, field.column))
                    continue
                expected |= blamed(model._meta.db_table, *keys)
            assert set(audit_findings()) == expected

    if connection.vendor == "sqlite":
        assert refused == []


def blamed(table, before, now):
    if before == now:
        return {Finding("row-altered", table, before)}
    return {Finding("row-removed", table, before), Finding("row-inserted", table, now)}


def test_every_altered_column_of_the_log_is_found():
    unseen, refused = [], []

    for model in LOG:
        for field in protected(model):
            with undone():
                if tamper(model, field) is None:
                    refused.append(field.column)
                elif not audit_findings():
                    unseen.append((model._meta.db_table, field.column))

    assert set(unseen) <= WITHOUT_MEANING
    if connection.vendor == "sqlite":
        assert refused == []


def test_a_row_taken_out_of_any_table_is_found():
    expected = set()

    with undone():
        for table in filled():
            key = MODELS[table]._base_manager.order_by("pk").last().pk
            execute(f"DELETE FROM {table} WHERE id = %s", key)
            expected.add(Finding("row-removed", table, key))
        assert set(audit_findings()) == expected


def test_a_row_put_into_any_table_is_found():
    expected, refused = set(), set()

    with undone():
        for table in filled():
            key = forge(MODELS[table])
            if key is None:
                refused.add(table)
            else:
                expected.add(Finding("row-inserted", table, key))
        assert set(audit_findings()) == expected

    assert refused <= {"gongjian_installation"}  # one row, says the database itself


@pytest.mark.parametrize("model", LOG)
def test_a_row_taken_out_of_the_log_is_found(model):
    middle = model._base_manager.count() // 2
    key = model._base_manager.order_by("pk")[middle].pk

    with undone():
        execute(f"DELETE FROM {model._meta.db_table} WHERE {model._meta.pk.column} = %s", key)

        assert audit_findings()


@pytest.mark.parametrize("model", [LogEntry, LogRow])
def test_a_row_put_into_the_log_is_found(model):
    with undone():
        assert forge(model)

        assert audit_findings()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL refuses what is no number")
def test_a_column_that_holds_what_it_cannot_hold_is_a_finding_and_no_crash():
    textual = (models.CharField, models.TextField, models.BooleanField)
    expected = set()

    with undone():
        for table in filled():
            row = MODELS[table]._base_manager.order_by("pk").last()
            field = next(
                field
                for field in reversed(protected(MODELS[table]))
                if not isinstance(field, textual) and getattr(row, field.attname) is not None
            )
            execute(f"UPDATE {table} SET \"{field.column}\" = 'zz' WHERE id = %s", row.pk)
            expected.add(Finding("row-altered", table, row.pk))

        assert set(audit_findings()) == expected


def cut(entries):
    """Take the last entries off the log, and make its end fit again."""
    last = LogHead.objects.get(pk=1).seq - entries
    execute("DELETE FROM gongjian_logrow WHERE entry_id > %s", last)
    execute("DELETE FROM gongjian_logentry WHERE seq > %s", last)
    LogHead.objects.update(seq=last, hash=LogEntry.objects.get(seq=last).hash)
    return last


@pytest.mark.parametrize("entries", [1, 5])
def test_a_log_without_its_tail_is_found_by_the_line_kept_outside(entries):
    with undone():
        last = cut(entries)

        assert Finding("tail-cut", ANCHOR, last + 1) in audit_findings()


def test_a_cut_log_does_not_heal_by_going_on():
    office = account("office", on=NOW.date())

    with undone():
        last = cut(1)
        with transaction.atomic():
            move_clock(NOW + dt.timedelta(hours=1), by=office, at=NOW)

        assert Finding("entries-cut-or-rewritten", ANCHOR, last + 1) in audit_findings()


def test_a_chain_written_anew_from_its_beginning_is_found():
    with undone():
        execute("DELETE FROM gongjian_logrow")
        execute("DELETE FROM gongjian_logentry")
        execute("DELETE FROM gongjian_loghead")

        assert Finding("tail-cut", ANCHOR, 1) in audit_findings()


@pytest.fixture
def anchor(demo_county):
    """The lines outside the database, put back afterwards."""
    path = demo_county / ANCHOR
    kept = path.read_bytes()
    yield path
    path.write_bytes(kept)


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        (lambda lines: [f"7 {'0' * 64}" if line[:2] == "7 " else line for line in lines],
         Finding("entries-cut-or-rewritten", ANCHOR, 7)),
        (lambda lines: [*lines, f"99999 {'0' * 64}"],
         Finding("tail-cut", ANCHOR, 99999)),
        (lambda lines: [*lines, "what is this"], Finding("anchor-line", ANCHOR, 0)),
    ],
)  # fmt: skip
def test_an_altered_line_outside_the_database_is_found(anchor, change, finding):
    anchor.write_text("".join(f"{line}\n" for line in change(anchor.read_text().splitlines())))

    assert audit_findings() == [finding]


def test_a_missing_anchor_is_found(anchor):
    anchor.unlink()

    assert audit_findings() == [Finding("anchor-missing", ANCHOR, 0)]


def test_verify_says_each_finding_in_a_line_of_its_own_and_ends_with_one(demo_county, anchor):
    files = demo_county / "files"
    kept = min(files.glob("??/*"))
    content = kept.read_bytes()
    anchor.write_text(f"1 {'0' * 64}\n")

    with undone():
        kept.write_bytes(b"other")
        execute("UPDATE gongjian_report SET words = 'zz' WHERE id = 1")
        execute("DELETE FROM gongjian_verdict WHERE id = 1")
        execute("UPDATE gongjian_logentry SET actor_name = 'zz' WHERE seq = 1")
        forge(Installation) if connection.vendor == "sqlite" else None
        found = run(audit, "verify")
        as_json = run(audit, "verify", "--json")
    kept.write_bytes(content)

    assert (found.code, as_json.code) == (1, 1)
    assert as_json.json == found.lines
    assert "日志第 1 条被改动" in found.lines
    assert "日志第 1 条和库外的链尾记录对不上：被截断或改写" in found.lines
    assert "gongjian_report 第 1 行和日志对不上：绕过系统改动" in found.lines
    assert "gongjian_verdict 第 1 行不在了：绕过系统删除" in found.lines
    assert any("的内容被改动或不在了（file.altered）" in line for line in found.lines)
    assert any("被截短" in line for line in found.lines)
    assert len(found.lines) == 6 + (connection.vendor == "sqlite")


def test_verify_finds_a_file_whose_content_is_gone(demo_county):
    kept = min((demo_county / "files").glob("??/*"))
    aside = kept.with_suffix(".aside")
    shutil.move(kept, aside)

    found = run(audit, "verify")
    shutil.move(aside, kept)

    assert found.code == 1
    assert len(found.lines) == 1
    assert found.lines[0].endswith("的内容被改动或不在了（file.gone）")
