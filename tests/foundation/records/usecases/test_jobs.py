from datetime import timedelta

import pytest

from gongjian.foundation.records.models import Job
from gongjian.foundation.records.queries import dead_jobs
from gongjian.foundation.records.usecases import (
    beat_job,
    fail_job,
    finish_job,
    leave_job,
    take_job,
)
from gongjian.foundation.records.usecases.jobs import LEASE
from interfaces.web.people import AT

pytestmark = pytest.mark.django_db
LATER = AT + LEASE + timedelta(seconds=1)


def leave(key="a", run_at=AT):
    leave_job("plan.read", key, run_at=run_at)


def take(worker="one", real=AT, at=AT):
    return take_job(worker, at=at, real=real)


def states():
    return list(Job.objects.order_by("pk").values_list("key", "state", "attempts"))


def test_a_job_is_taken_once():
    leave()

    first, second = take("one"), take("two")

    assert (first.key, second) == ("a", None)
    assert states() == [("a", "running", 1)]


def test_a_job_waits_for_its_hour():
    leave(run_at=AT + timedelta(minutes=1))

    assert take() is None
    assert take(at=AT + timedelta(minutes=1)).key == "a"


def test_jobs_are_taken_in_the_order_they_were_left():
    leave("a")
    leave("b")

    assert [take().key, take().key, take()] == ["a", "b", None]


def test_a_silent_worker_loses_its_job_and_cannot_finish_it():
    leave()
    lost = take("one")

    again = take("two", real=LATER)

    assert (again.key, again.fence) == ("a", lost.fence + 1)
    assert (finish_job(lost), beat_job(lost, real=LATER)) == (False, False)
    fail_job(lost, "late", real=AT)
    assert states() == [("a", "running", 2)]
    assert finish_job(again)
    assert states() == [("a", "done", 2)]


def test_a_beating_worker_keeps_its_job():
    leave()
    job = take("one")
    beat_job(job, real=AT + LEASE / 2)

    assert take("two", real=AT + LEASE + timedelta(seconds=1)) is None


def test_a_failed_job_is_tried_again_and_at_last_goes_to_a_person():
    leave()

    for number in range(3):
        real = AT + number * LEASE
        fail_job(take(real=real), f"broken {number}", real=real)

    assert take(real=AT + 9 * LEASE) is None
    assert dead_jobs() == [("plan.read", "a", "broken 2")]


def test_a_job_whose_workers_all_died_goes_to_a_person():
    leave()
    for number in range(3):
        take(real=AT + number * 2 * LEASE)

    assert take(real=AT + 6 * LEASE) is None
    assert dead_jobs() == [("plan.read", "a", "worker lost")]


def test_leaving_the_same_work_again_reopens_it():
    leave()
    finish_job(take())

    leave()

    assert states() == [("a", "waiting", 0)]
