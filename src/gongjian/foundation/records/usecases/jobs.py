"""Leaving work and taking it: a lease on the row, renewed while it is done, fenced at its end."""

from datetime import datetime, timedelta

from django.db import close_old_connections, transaction
from django.db.models import F, Q, QuerySet

from gongjian.foundation.records.models import Job

LEASE = timedelta(seconds=60)
PAUSE = timedelta(seconds=10)  # before another try, longer with each


def leave_job(kind: str, key: str, *, run_at: datetime) -> None:
    """Leave work in the transaction of the act that asks for it; the same key again reopens it."""
    Job.objects.update_or_create(
        kind=kind,
        key=key,
        defaults={
            "run_at": run_at,
            "state": Job.State.WAITING,
            "attempts": 0,
            "lease_until": None,
            "reason": "",
        },
    )


def leave_job_once(kind: str, key: str, *, run_at: datetime) -> None:
    """The same, where it was never left before: what is done or waits stays as it is."""
    Job.objects.get_or_create(kind=kind, key=key, defaults={"run_at": run_at})


@transaction.atomic
def take_job(worker: str, *, at: datetime, real: datetime) -> Job | None:
    """Lease the next job that is due, or whose worker fell silent; None where nothing waits.

    `at` is the installation's time, by which work falls due; `real` runs the leases, since a
    demo's clock stands still. A job that was tried too often goes to a person.
    """
    rested = Q(lease_until__isnull=True) | Q(lease_until__lt=real)
    due = Q(state=Job.State.WAITING, run_at__lte=at) & rested
    lost = Q(state=Job.State.RUNNING, lease_until__lt=real)
    Job.objects.filter(lost, attempts__gte=F("max_attempts")).update(
        state=Job.State.DEAD, reason="worker lost"
    )
    job = Job.objects.select_for_update(skip_locked=True).filter(due | lost).order_by("pk").first()
    if job is None:
        return None
    job.state, job.worker = Job.State.RUNNING, worker
    job.lease_until, job.fence, job.attempts = real + LEASE, job.fence + 1, job.attempts + 1
    job.save(update_fields=["state", "worker", "lease_until", "fence", "attempts"])
    return job


def beat_job(job: Job, *, real: datetime) -> bool:
    """Renew the lease; False where another worker has taken the job over."""
    return bool(_mine(job).update(lease_until=real + LEASE))


def finish_job(job: Job) -> bool:
    """Mark the job done; False where the lease was lost, so that the work must be undone."""
    return bool(_mine(job).update(state=Job.State.DONE, lease_until=None, reason=""))


def fail_job(job: Job, reason: str, *, real: datetime) -> None:
    """Keep the reason; rest before another try, or wait for a person after the last."""
    again = job.attempts < job.max_attempts
    _mine(job).update(
        state=Job.State.WAITING if again else Job.State.DEAD,
        lease_until=real + PAUSE * job.attempts,
        reason=reason[:300],
    )


def release_connections() -> None:
    """Give back connections that are stale; a worker's thread has no request that would."""
    close_old_connections()


def _mine(job: Job) -> QuerySet[Job]:
    return Job.objects.filter(pk=job.pk, fence=job.fence, state=Job.State.RUNNING)
