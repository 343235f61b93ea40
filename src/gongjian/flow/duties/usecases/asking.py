"""Asking units about the lines of a list, at its sending and whenever a line changes."""

from datetime import datetime

from django.db import transaction

from gongjian.flow.duties.models import Duty, DutyList, ListLine, Opinion
from gongjian.flow.duties.queries import (
    Subject,
    due_after,
    duties_over,
    kind_of,
    lines_to_ask,
    subject_by_key,
)
from gongjian.foundation.orgs.models import User
from gongjian.foundation.records.models import Kept
from gongjian.foundation.records.usecases import note
from gongjian.lib.days import local_day


def ask_units(lines: list[tuple[ListLine, list[Duty]]], *, at: datetime) -> list[Opinion]:
    """One question a line, unit and role; the caller notes them."""
    due = due_after(at)
    asked = [
        Opinion(line=line, unit=duty.unit, role=duty.role, asked_at=at, due_at=due)
        for line, duties in lines
        for duty in duties
    ]
    Opinion.objects.bulk_create(asked)
    return list(
        Opinion.objects.filter(uid__in=[opinion.uid for opinion in asked]).select_related("unit")
    )


@transaction.atomic
def ask_anew(making: DutyList, subject: Subject, *, by: User, at: datetime) -> None:
    """After a line changed: whoever left is not meant any more, whoever came is asked.

    A unit that keeps its role keeps its answer. The list waits for the newest questions.
    """
    line, _new = ListLine.objects.get_or_create(
        list=making,
        **{kind_of(subject): subject},
        defaults={"order": making.lines.count() + 1},
    )
    duties = {(duty.unit_id, duty.role): duty for duty in duties_over(subject)}
    asked = {
        (opinion.unit_id, opinion.role): opinion
        for opinion in line.opinions.filter(withdrawn_at__isnull=True)
        if opinion.because_of_id is None or (opinion.unit_id, opinion.role) in duties
    }
    gone = [opinion for key, opinion in asked.items() if key not in duties]
    followed = Opinion.objects.filter(because_of__in=gone, withdrawn_at__isnull=True)
    withdrawn = [*gone, *(one for one in followed if one.pk not in {g.pk for g in gone})]
    for opinion in withdrawn:
        opinion.withdrawn_at = at
        opinion.version += 1
        opinion.save(update_fields=["withdrawn_at", "version"])
    fresh = ask_units([(line, [d for key, d in duties.items() if key not in asked])], at=at)
    rows: list[Kept] = [line, *withdrawn, *fresh]
    if fresh:
        making.due_at = max(opinion.due_at for opinion in fresh)
        making.version += 1
        making.save(update_fields=["due_at", "version"])
        rows.append(making)
    note("list.asked-anew", *rows, by=by, at=at, facts={"asked": len(fresh)})


def ask_what_differs(making: DutyList, *, by: User, at: datetime) -> None:
    """Lines that came to differ from the issue while a version is out are put to their units."""
    there = {line.subject_key for line in making.lines.all()}
    for line in lines_to_ask(making.campaign, on=local_day(at)):
        if line.key not in there:
            ask_anew(making, subject_by_key(*line.key), by=by, at=at)
