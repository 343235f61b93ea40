"""What waits to be done, and what needs a person."""

from gongjian.foundation.records.models import Job


def waiting_jobs(kind: str = "") -> int:
    """How many jobs wait or run, of one kind or of all."""
    jobs = Job.objects.filter(state__in=[Job.State.WAITING, Job.State.RUNNING])
    return jobs.filter(kind=kind).count() if kind else jobs.count()


def dead_jobs() -> list[tuple[str, str, str]]:
    """(kind, key, reason) of jobs that gave up."""
    return list(
        Job.objects.filter(state=Job.State.DEAD).order_by("pk").values_list("kind", "key", "reason")
    )


def dead_keys(kind: str) -> set[str]:
    """The keys of the jobs of a kind that gave up. One query."""
    return set(Job.objects.filter(kind=kind, state=Job.State.DEAD).values_list("key", flat=True))
