"""The worker: takes what is due, keeps its lease, gives up in the end, and harms nothing twice."""

import logging
from datetime import timedelta

import pytest

from flow.bulletins.county import local
from gongjian.flow.judgement.models import Verdict
from gongjian.flow.plan.usecases.documents import READ
from gongjian.flow.progress.models import Period, Report, Snapshot
from gongjian.flow.progress.usecases import FREEZE, OPEN
from gongjian.flow.projects.queries import EXPORT
from gongjian.flow.projects.usecases import NIGHTLY
from gongjian.foundation.records.models import Job, LogEntry
from gongjian.foundation.records.queries import dead_jobs, waiting_jobs
from gongjian.foundation.records.usecases import (
    beat_job,
    fail_job,
    finish_job,
    leave_job,
    take_job,
)
from gongjian.foundation.records.usecases.jobs import LEASE, PAUSE
from gongjian.interfaces.jobs.handlers import HANDLERS
from gongjian.interfaces.jobs.worker import do_due, do_next
from gongjian.interfaces.request import real_now

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_county")]

NOW = local(2020, 6, 29, 10)
REAL = local(2026, 1, 5, 9)
JULY_2 = local(2020, 7, 2, 9)
FREEZING = {"kind": FREEZE, "key": "2020-06"}


def take(worker="one", *, at=JULY_2, real=REAL):
    return take_job(worker, at=at, real=real)


def row(job):
    return Job.objects.get(pk=job.pk)


def test_every_kind_of_work_that_is_left_has_its_handler():
    kinds = set(Job.objects.values_list("kind", flat=True))

    ledgers = ("projects", "units", "people", "targets", "money")
    imports = {f"import.{step}.{of}" for step in ("read", "write", "undo") for of in ledgers}
    assert set(HANDLERS) == {READ, OPEN, FREEZE, NIGHTLY, EXPORT} | imports
    assert kinds == {READ, OPEN, FREEZE}


def test_worker_takes_nothing_before_its_hour():
    assert take(at=NOW) is None
    assert do_due(lambda: NOW) == 0
    assert waiting_jobs(FREEZE) == 1


def test_worker_takes_what_is_due_under_a_lease_and_nobody_else_does():
    job = take("one")

    assert (job.kind, job.key) == (FREEZE, "2020-06")
    kept = row(job)
    assert (kept.state, kept.worker, kept.fence, kept.attempts) == ("running", "one", 1, 1)
    assert kept.lease_until == REAL + LEASE
    assert take("two") is None
    assert waiting_jobs(FREEZE) == 1


def test_worker_keeps_its_lease_by_beating():
    job = take("one")
    later = REAL + timedelta(seconds=50)

    assert beat_job(job, real=later)

    assert row(job).lease_until == later + LEASE
    assert take("two", real=REAL + LEASE + timedelta(seconds=1)) is None


def test_a_silent_workers_job_is_taken_over_and_its_own_end_counts_no_more():
    first = take("one")
    second = take("two", real=REAL + LEASE + timedelta(seconds=1))

    assert (second.pk, second.fence, second.attempts) == (first.pk, 2, 2)
    assert beat_job(first, real=REAL) is False
    assert finish_job(first) is False
    fail_job(first, "too late", real=REAL)
    assert (row(first).state, row(first).worker, row(first).reason) == ("running", "two", "")
    assert finish_job(second) is True
    assert (row(first).state, row(first).lease_until) == ("done", None)


def test_failed_work_is_tried_again_and_then_waits_for_a_person():
    Job.objects.filter(**FREEZING).update(max_attempts=2)

    first = take()
    fail_job(first, "disk full", real=REAL)
    between = row(first)
    at_once = take()
    rested = REAL + PAUSE + timedelta(seconds=1)
    second = take(real=rested)
    fail_job(second, "x" * 400, real=rested)

    assert (between.state, between.reason) == ("waiting", "disk full")
    assert (at_once, between.lease_until) == (None, REAL + PAUSE)
    assert row(second).state == "dead"
    assert dead_jobs() == [(FREEZE, "2020-06", "x" * 300)]
    assert take() is None


def test_work_that_killed_its_workers_waits_for_a_person():
    Job.objects.filter(**FREEZING).update(max_attempts=2)
    lost = LEASE + timedelta(seconds=1)

    taken = [take(real=REAL), take(real=REAL + lost), take(real=REAL + 2 * lost)]

    assert [job and job.attempts for job in taken] == [1, 2, None]
    assert dead_jobs() == [(FREEZE, "2020-06", "worker lost")]


def test_left_work_is_one_job_a_kind_and_key_and_may_be_opened_again():
    job = take()
    fail_job(job, "x", real=REAL)

    leave_job(FREEZE, "2020-06", run_at=NOW)

    kept = row(job)
    assert Job.objects.filter(**FREEZING).count() == 1
    assert (kept.state, kept.attempts, kept.reason, kept.run_at) == ("waiting", 0, "", NOW)


def frozen():
    """All that a freeze leaves behind, to compare."""
    return (
        Snapshot.objects.get(period__key="2020-06").taken_at,
        Verdict.objects.count(),
        Report.objects.count(),
        Period.objects.count(),
        LogEntry.objects.count(),
    )


def test_worker_freezes_a_period_at_its_hour_and_plans_the_next_one():
    done = do_due(lambda: JULY_2)

    assert done == 1
    june = Period.objects.get(key="2020-06")
    assert (june.frozen_at, june.snapshot.taken_at) == (june.freezes_at, june.freezes_at)
    assert june.snapshot.number == "S-2020-06"
    assert set(Job.objects.filter(state="waiting").values_list("kind", "key")) == {
        (OPEN, "2020-07"),
        (FREEZE, "2020-07"),
    }


def test_work_done_twice_is_done_once():
    do_due(lambda: JULY_2)
    before = frozen()

    leave_job(FREEZE, "2020-06", run_at=JULY_2)
    leave_job(OPEN, "2020-06", run_at=NOW)
    for job in Job.objects.filter(kind=READ):
        leave_job(READ, job.key, run_at=NOW)
    do_due(lambda: JULY_2)

    assert frozen() == before
    assert dead_jobs() == []


def test_work_that_is_done_already_ends_as_done():
    do_due(lambda: JULY_2)
    leave_job(FREEZE, "2020-06", run_at=JULY_2)
    leave_job(OPEN, "2020-06", run_at=NOW)

    do_due(lambda: JULY_2)

    again = Job.objects.filter(key="2020-06")
    assert dict(again.values_list("kind", "state")) == {OPEN: "done", FREEZE: "done"}


def test_worker_keeps_why_a_work_failed_and_goes_on(caplog):
    caplog.set_level(logging.CRITICAL)
    leave_job(FREEZE, "1999-01", run_at=NOW)

    do_due(lambda: JULY_2)

    failed = Job.objects.get(kind=FREEZE, key="1999-01")
    assert (failed.state, failed.attempts) == ("waiting", 1)
    assert failed.reason.startswith("DoesNotExist: ")
    assert Period.objects.get(key="2020-06").frozen_at is not None


def test_worker_of_an_unknown_kind_of_work_says_so(caplog):
    caplog.set_level(logging.CRITICAL)
    leave_job("unknown", "x", run_at=NOW)

    do_due(lambda: NOW)

    assert Job.objects.get(kind="unknown").reason == "KeyError: 'unknown'"


def test_worker_runs_its_leases_by_the_real_clock():
    do_next("one", at=lambda: JULY_2)

    assert take("two", real=real_now()) is None
