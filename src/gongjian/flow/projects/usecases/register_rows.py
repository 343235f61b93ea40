"""What a project's words change of what was said before: the rows that are kept beside it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from gongjian.flow.projects.models import (
    AmountChange,
    DateChange,
    Project,
    ProjectYear,
    RegisterChange,
)
from gongjian.flow.projects.queries import read_value
from gongjian.foundation.orgs.models import User
from gongjian.lib.days import local_day

DATES = tuple(DateChange.Kind.values)


def date_changes(
    then: Project, stood: Project | None, reason: str, *, by: User, at: datetime
) -> list[DateChange]:
    """The planned dates that are said anew, not kept yet; all of them where nothing stood."""
    changes = []
    for kind in DATES:
        new = (getattr(then, kind), getattr(then, f"{kind}_precision"))
        old = (getattr(stood, kind), getattr(stood, f"{kind}_precision")) if stood else (None, "")
        if new != old:
            changes.append(
                DateChange(
                    project_id=then.pk,
                    kind=kind,
                    old=old[0],
                    old_precision=old[1],
                    new=new[0],
                    new_precision=new[1],
                    day=local_day(at),
                    reason=reason.strip()[:300],
                    by=by,
                    at=at,
                )
            )
    return changes


def amount_changes(
    then: Project, stood: Project, reason: str, *, by: User, at: datetime
) -> list[AmountChange]:
    """The total where it is said anew, not kept yet."""
    if then.total_investment == stood.total_investment:
        return []
    return [
        AmountChange(
            project_id=then.pk,
            old=stood.total_investment,
            new=then.total_investment,
            day=local_day(at),
            reason=reason.strip()[:300],
            by=by,
            at=at,
        )
    ]


def register_changes(
    tidy: dict[str, Any], stood: Project, reason: str, *, by: User, at: datetime
) -> Iterator[RegisterChange]:
    """What else is said anew: all but the dates and the total, which have rows of their own."""
    own = {*DATES, *(f"{name}_precision" for name in DATES), "total_investment"}
    for name, new in tidy.items():
        old = getattr(stood, name)
        if name not in own and old != new:
            yield register_change(Project, stood.pk, name, (old, new), reason, by=by, at=at)


def register_change(
    model: type[Project | ProjectYear],
    key: int,
    name: str,
    pair: tuple[object, object],
    reason: str,
    *,
    by: User,
    at: datetime,
) -> RegisterChange:
    """One column said anew, from the first of a pair to the second, not kept yet."""
    old, new = (read_value(model, name, value) for value in pair)
    return RegisterChange(
        project_id=key,
        field=name,
        old=old,
        new=new,
        day=local_day(at),
        reason=reason.strip()[:300],
        by=by,
        at=at,
    )
