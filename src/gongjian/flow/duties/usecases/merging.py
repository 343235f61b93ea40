"""Two projects found to be one: who answered for the one that goes, answers for the one kept."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from gongjian.flow.duties.models import Duty, Sponsorship, TaskForce
from gongjian.flow.duties.queries import (
    Allotment,
    allotment_of,
    duties_over_each,
    leaders_over_each,
    places_of,
    subject_key,
)
from gongjian.flow.duties.usecases.assignment import Assigned, assign_many
from gongjian.flow.duties.usecases.forces import ForceWords, end_force, make_force
from gongjian.flow.duties.usecases.leaders import Naming, name_leaders
from gongjian.flow.projects import usecases as projects
from gongjian.flow.projects.models import Project
from gongjian.foundation.orgs.models import Post, Unit, User
from gongjian.foundation.records.usecases import note
from gongjian.lib.days import local_day

LONGEST = 120


@transaction.atomic
def merge_duplicates(
    kept: Project, gone: Project, reason: str, *, by: User, at: datetime
) -> Project:
    """Let one of two stay; the units, the sponsor and the team of the other come over where the
    one kept has none of its own. What stood over the other ends, and stays on record.

    Refused: as by the room of projects, and duty.list-closed where a list is being signed.
    """
    projects.merge_duplicates(kept, gone, reason, by=by, at=at)
    basis = reason.strip()[:LONGEST]
    _units(kept, gone, basis, by=by, at=at)
    _sponsor(kept, gone, basis, by=by, at=at)
    _force(kept, gone, by=by, at=at)
    return kept


def _units(kept: Project, gone: Project, basis: str, *, by: User, at: datetime) -> None:
    standing = duties_over_each([kept, gone])
    leaving = standing[subject_key(gone)]
    before = allotment_of(standing[subject_key(kept)])
    after = _joined(before, allotment_of(leaving))
    if after != before and after.lead is not None:
        assign_many([Assigned(kept, after, basis)], by=by, at=at)
    day = local_day(at)
    for duty in leaving:
        duty.valid_to = max(day, duty.valid_from)
        duty.version += 1
    Duty.objects.bulk_update(leaving, ["valid_to", "version"])
    if leaving:
        note("work.duties-moved", *leaving, by=by, at=at)


def _joined(own: Allotment, other: Allotment) -> Allotment:
    """Who answers for both: the lead of the one kept, and each unit once."""
    lead = own.lead or other.lead
    seen = {lead.pk} if lead is not None else set()
    responsible: list[Unit] = []
    supporting: list[Unit] = []
    coming = () if other.lead is None else (other.lead,)
    for place, units in (
        (responsible, (*own.responsible, *coming, *other.responsible)),
        (supporting, (*own.supporting, *other.supporting)),
    ):
        for unit in units:
            if unit.pk not in seen:
                seen.add(unit.pk)
                place.append(unit)
    return replace(own, lead=lead, responsible=tuple(responsible), supporting=tuple(supporting))


def _sponsor(kept: Project, gone: Project, basis: str, *, by: User, at: datetime) -> None:
    standing = leaders_over_each([kept, gone])
    leaving = standing.get(subject_key(gone))
    if leaving is None:
        return
    if subject_key(kept) not in standing:
        name_leaders([Naming(kept, leaving.post, basis)], by=by, at=at)
    leaving.valid_to = max(local_day(at), leaving.valid_from)
    leaving.version += 1
    Sponsorship.objects.bulk_update([leaving], ["valid_to", "version"])
    note("leader.ended", leaving, by=by, at=at)


def _force(kept: Project, gone: Project, *, by: User, at: datetime) -> None:
    standing = TaskForce.objects.filter(valid_to__isnull=True)
    leaving = standing.filter(project=gone).first()
    if leaving is None:
        return
    if not standing.filter(project=kept).exists():
        make_force(kept, _words(leaving), by=by, at=at)
    end_force(leaving, version=leaving.version, by=by, at=at)


def _words(force: TaskForce) -> ForceWords:
    """A task force as it stands, to be set up over something else."""
    places = places_of(force)

    def posts(role: str) -> list[Post]:
        return [one.post for one in places if one.role == role and one.post is not None]

    return ForceWords(
        force.name,
        basis=force.basis,
        heads=posts("head"),
        deputies=posts("deputy"),
        units=[one.unit for one in places if one.unit is not None],
        liaisons=posts("liaison"),
        officers=posts("officer"),
    )
