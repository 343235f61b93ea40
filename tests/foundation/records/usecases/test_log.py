from threading import Barrier, Event, Thread

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from gongjian.foundation.orgs.models import Unit
from gongjian.foundation.records.models import LogEntry, LogRow
from gongjian.foundation.records.queries import ANCHOR, audit_findings
from gongjian.foundation.records.usecases import Deed, note, note_each
from interfaces.web.people import AT

WRITERS, ACTS = 4, 6


def write(name, start, trouble):
    start.wait()
    try:
        for number in range(ACTS):
            with transaction.atomic():
                code = f"{name}{number}"
                unit = Unit.objects.create(code=code, name=code, short_name=code, kind="office")
                note("units.registered", unit, by=None, at=AT)
    except Exception as error:
        trouble.append(error)
    finally:
        connection.close()


def verify_until(stop, found):
    while not stop.is_set():
        found += audit_findings()
    connection.close()


@pytest.mark.django_db(transaction=True)
def test_acts_at_the_same_time_make_one_chain(settings, tmp_path):
    settings.HOME = tmp_path
    start, trouble = Barrier(WRITERS), []
    writers = [Thread(target=write, args=(name, start, trouble)) for name in "ABCD"]

    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    total = WRITERS * ACTS
    assert trouble == []
    assert list(LogEntry.objects.order_by("seq").values_list("seq", flat=True)) == list(
        range(1, total + 1)
    )
    assert audit_findings() == []
    assert len((tmp_path / ANCHOR).read_text().splitlines()) == total


@pytest.mark.django_db(transaction=True)
def test_acts_while_the_proof_reads_are_no_findings(settings, tmp_path):
    settings.HOME = tmp_path
    note("units.registered", by=None, at=AT)
    stop, found, trouble = Event(), [], []
    proof = Thread(target=verify_until, args=(stop, found))
    writer = Thread(target=write, args=("A", Barrier(1), trouble))

    proof.start()
    writer.start()
    writer.join()
    stop.set()
    proof.join()

    assert (found, trouble) == ([], [])


@pytest.mark.django_db
def test_an_act_that_is_undone_leaves_no_entry():
    with transaction.atomic():
        note("units.registered", by=None, at=AT)
        transaction.set_rollback(True)

    assert not LogEntry.objects.exists()


@pytest.mark.django_db
def test_a_row_that_was_not_kept_cannot_be_noted():
    with pytest.raises(LookupError):
        note("units.registered", Unit(pk=7, code="A"), by=None, at=AT)


def some_units(*codes):
    return [
        Unit.objects.create(code=code, name=code, short_name=code, kind="office") for code in codes
    ]


@pytest.mark.django_db(transaction=True)
def test_many_acts_at_once_are_a_chain_that_verifies(settings, tmp_path):
    settings.HOME = tmp_path
    with transaction.atomic():
        note("units.registered", *some_units("first"), by=None, at=AT)
        deeds = [Deed(f"act.{unit.code}", (unit,), facts={"n": 1}) for unit in some_units(*"ABC")]
        entries = note_each(deeds, by=None, at=AT)

    assert [entry.act for entry in entries] == ["act.A", "act.B", "act.C"]
    assert [entry.previous for entry in entries[1:]] == [entry.hash for entry in entries[:-1]]
    assert LogRow.objects.count() == 4
    assert len((tmp_path / ANCHOR).read_text().splitlines()) == 4
    assert audit_findings() == []


@pytest.mark.django_db
def test_many_acts_take_the_queries_of_one():
    few, many = some_units("A"), some_units(*(f"B{n}" for n in range(30)))
    note("units.registered", *few, by=None, at=AT)
    with CaptureQueriesContext(connection) as of_one:
        note_each([Deed("act", (unit,)) for unit in few], by=None, at=AT)

    with CaptureQueriesContext(connection) as of_thirty:
        note_each([Deed("act", (unit,)) for unit in many], by=None, at=AT)

    assert len(of_one) == len(of_thirty)


@pytest.mark.django_db
def test_a_row_that_is_not_kept_stops_all_of_them():
    before = LogEntry.objects.count()
    kept, gone = some_units("A", "B")
    Unit.objects.filter(pk=gone.pk).delete()

    with pytest.raises(LookupError, match="not kept"):
        note_each([Deed("act", (kept,)), Deed("act", (gone,))], by=None, at=AT)

    assert LogEntry.objects.count() == before
