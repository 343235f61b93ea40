"""Suspended, resumed, ended, moved away, carried over into the next year."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from gongjian.flow.plan.models import Campaign
from gongjian.flow.projects import rules
from gongjian.flow.projects.models import PlanClass, Project, ProjectYear, Standing, StandingChange
from gongjian.flow.projects.queries import done_until
from gongjian.foundation.orgs.models import User
from gongjian.foundation.records.usecases import Deed, note, note_each
from gongjian.lib.days import local_day


@dataclass(frozen=True, slots=True)
class Because:
    """The day, the reason and the paper of a change of standing."""

    day: date
    reason: str
    basis: str = ""


@transaction.atomic
def suspend_project(
    project: Project,
    why: Because,
    *,
    by: User,
    at: datetime,
    expected_resume: date | None = None,
) -> Project:
    """Let a project rest, with the day it is expected to go on.

    Refused: office.only, project.standing, .no-reason, .ahead.
    """
    return _stand(project, Standing.SUSPENDED, why, by=by, at=at, resume=expected_resume)


@transaction.atomic
def resume_project(project: Project, why: Because, *, by: User, at: datetime) -> Project:
    """Let a suspended project go on. Refused as suspend_project."""
    return _stand(project, Standing.ACTIVE, why, by=by, at=at)


@transaction.atomic
def terminate_project(project: Project, why: Because, *, by: User, at: datetime) -> Project:
    """End a project before its end; what it reached stays counted. Refused as suspend_project."""
    return _stand(project, Standing.TERMINATED, why, by=by, at=at)


@transaction.atomic
def move_project_away(project: Project, why: Because, *, by: User, at: datetime) -> Project:
    """A project that left the county. Refused as suspend_project."""
    return _stand(project, Standing.RELOCATED, why, by=by, at=at)


@dataclass(frozen=True, slots=True)
class Carried:
    """What the next year's plan says of a project that goes on."""

    project: Project
    plan_class: str = PlanClass.CONTINUED
    plan_investment: Decimal | None = None


@transaction.atomic
def carry_over(
    carried: Sequence[Carried], into: Campaign, *, by: User, at: datetime
) -> list[ProjectYear]:
    """年度结转: projects go on into a later year, with what was done up to its beginning.

    Done before is what stood before plus what was accepted of the year it comes from.
    Refused: office.only, project.carried.
    """
    keys = [one.project.pk for one in carried]
    before = {
        row.project_id: row
        for row in ProjectYear.objects.filter(project__in=keys, campaign__year__lt=into.year)
        .select_related("campaign")
        .order_by("campaign__year")
    }
    there = set(
        ProjectYear.objects.filter(project__in=keys, campaign=into).values_list(
            "project", flat=True
        )
    )
    done = done_until(before.values(), into, known_at=at)
    years = []
    for one in carried:
        last = before.get(one.project.pk)
        rules.check_can_carry_over(
            by=by,
            year=last.campaign.year if last else into.year,
            into=into.year,
            there=one.project.pk in there,
        )
        rules.check_is_going(one.project)
        years.append(
            ProjectYear(
                project=one.project,
                campaign=into,
                plan_class=one.plan_class,
                plan_investment=one.plan_investment,
                done_before=done.get(one.project.pk),
                carried_from=last,
            )
        )
    ProjectYear.objects.bulk_create(years)
    note_each([Deed("project.carried-over", (year,)) for year in years], by=by, at=at)
    return years


def _stand(
    project: Project,
    standing: Standing,
    why: Because,
    *,
    by: User,
    at: datetime,
    resume: date | None = None,
) -> Project:
    held = Project.objects.select_for_update().get(pk=project.pk)
    rules.check_can_change_standing(
        held, standing, by=by, day=why.day, reason=why.reason, today=local_day(at)
    )
    change = StandingChange.objects.create(
        project=held,
        standing=standing,
        day=why.day,
        reason=why.reason.strip()[:300],
        basis=why.basis.strip()[:120],
        expected_resume=resume,
        by=by,
        at=at,
    )
    held.standing = standing
    held.version += 1
    held.save(update_fields=["standing", "version"])
    project.refresh_from_db()
    note(f"project.{_acts()[standing]}", held, change, by=by, at=at)
    return project


def _acts() -> dict[str, str]:
    return {
        Standing.SUSPENDED: "suspended",
        Standing.ACTIVE: "resumed",
        Standing.TERMINATED: "terminated",
        Standing.RELOCATED: "moved-away",
    }
