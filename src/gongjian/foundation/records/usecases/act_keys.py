"""The same act sent twice is done once: a double click leads where the first one led."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from gongjian.foundation.records.models import ActKey
from gongjian.foundation.records.usecases.log import Actor


@dataclass(slots=True)
class Once:
    """Whether the act was done before, and where it led; the caller sets `outcome`."""

    done_before: bool
    outcome: str = ""


@contextmanager
def once(key: UUID, *, by: Actor, act: str, at: datetime) -> Iterator[Once]:
    """Hold the key of an act while it is done, in one transaction with it.

    A second call with the same key waits for the first and then finds its outcome. A refusal
    inside undoes the key too, so that the corrected form may use it again.
    """
    with transaction.atomic():
        row, fresh = ActKey.objects.get_or_create(
            actor_id=by.pk, key=key, defaults={"act": act, "at": at}
        )
        claim = Once(done_before=not fresh, outcome=row.outcome)
        yield claim
        if fresh:
            ActKey.objects.filter(pk=row.pk).update(outcome=claim.outcome)
