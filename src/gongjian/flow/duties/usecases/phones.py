"""Showing a number to whoever has a duty or a task force in common with its owner."""

from datetime import datetime

from gongjian.flow.duties.queries import share_work
from gongjian.foundation.orgs import usecases as orgs
from gongjian.foundation.orgs.models import Person, User
from gongjian.lib.days import local_day


def show_phone(person: Person, *, by: User, at: datetime) -> str:
    """Somebody's whole number, on request, noted. Refused: phone.not-yours."""
    shares = share_work(person, by, on=local_day(at))
    return orgs.show_phone(person, shares=shares, by=by, at=at)
