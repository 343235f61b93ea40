"""What an act on a list would come to: done, looked at, and taken back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from gongjian.flow.projects.models import ProjectList
from gongjian.flow.projects.queries import RegisterFilter, count_members, whole_of_members


@dataclass(frozen=True, slots=True)
class ListTotal:
    """How many projects a list holds on a day, and what they cost together in 元."""

    count: int
    amount: Decimal


def rehearse_on_list(
    listed: ProjectList, act: Callable[[], object], *, on: date, at: datetime
) -> tuple[ListTotal, ListTotal]:
    """A list before an act and after it, on the day of its paper; nothing of it is kept.

    Refused: whatever the act is refused for, so that nobody confirms what cannot be done.
    """
    before = _total(listed, on, at)
    with transaction.atomic():
        act()
        after = _total(listed, on, at)
        transaction.set_rollback(True)
    return before, after


def _total(listed: ProjectList, on: date, at: datetime) -> ListTotal:
    every = RegisterFilter()
    return ListTotal(
        count=count_members(listed, every, on=on, known_at=at),
        amount=whole_of_members(listed, every, on=on, known_at=at),
    )
