"""One job worker: takes what is due, does it, and says on the row how it ended."""

import logging
import socket
from collections.abc import Callable
from datetime import date, datetime
from threading import Event, Thread
from uuid import uuid4

from gongjian.flow.projects.usecases import follow_register, keep_rates_nightly
from gongjian.foundation.records.models import Job
from gongjian.foundation.records.usecases import (
    beat_job,
    fail_job,
    finish_job,
    release_connections,
    take_job,
)
from gongjian.foundation.search.usecases import follow_log
from gongjian.interfaces.jobs.handlers import DONE_BEFORE, HANDLERS
from gongjian.interfaces.jobs.search import SOURCES
from gongjian.interfaces.request import now, real_now, today
from gongjian.lib.refusals import Refused

log = logging.getLogger("gongjian.jobs")
PAUSE = 1.0  # seconds between looks at an empty table
BEAT = 20.0  # seconds between renewals of a lease


def work(stop: Event) -> None:
    """Do what falls due until told to stop; a database that is away for a while ends nothing."""
    name = f"{socket.gethostname()[:40]}-{uuid4().hex[:8]}"
    planned: date | None = None
    while not stop.is_set():
        release_connections()
        try:
            if planned != today():
                keep_rates_nightly(at=now())
                planned = today()
            idle = not do_next(name)
            follow_log(SOURCES)
            follow_register(at=now())
        except Exception:
            log.exception("the database cannot be asked; trying again")
            idle = True
        if idle:
            stop.wait(PAUSE)


def do_due(at: Callable[[], datetime] = now) -> int:
    """Do everything that is due now, in this process; how many."""
    done = 0
    while do_next("inline", at=at):
        done += 1
    return done


def do_next(worker: str, *, at: Callable[[], datetime] = now) -> bool:
    """Take one job and do it. False where nothing was due.

    Every use-case here may be run twice: it finds its work done and changes nothing, or says so.
    A worker that lost its lease writes nothing late.
    """
    job = take_job(worker, at=at(), real=real_now())
    if job is None:
        return False
    stop = Event()
    beat = Thread(target=_keep_lease, args=(job, stop), daemon=True)
    beat.start()
    try:
        HANDLERS[job.kind](job.key, at())
        finish_job(job)
    except Refused as no:
        if no.code in DONE_BEFORE:
            finish_job(job)
        else:
            fail_job(job, no.sentence, real=real_now())
            log.warning("job %s %s refused: %s", job.kind, job.key, no.code)
    except Exception as error:
        fail_job(job, f"{type(error).__name__}: {error}", real=real_now())
        log.exception("job %s %s failed", job.kind, job.key)
    finally:
        stop.set()
    return True


def _keep_lease(job: Job, stop: Event) -> None:
    while not stop.wait(BEAT):
        beat_job(job, real=real_now())
        release_connections()
