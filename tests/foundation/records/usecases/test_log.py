from threading import Barrier, Event, Thread

import pytest
from django.db import connection, transaction

from gongjian.foundation.orgs.models import Unit
from gongjian.foundation.records.models import LogEntry
from gongjian.foundation.records.queries import ANCHOR, audit_findings
from gongjian.foundation.records.usecases import note
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
