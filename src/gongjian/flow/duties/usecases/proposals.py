"""Duties as the words of the plan have them, for a person to confirm."""

from datetime import date, datetime

from django.db import transaction

from gongjian.flow.duties import rules
from gongjian.flow.duties.models import Duty
from gongjian.flow.duties.queries import PlanWords, plan_words
from gongjian.flow.plan.models import Action, Campaign, Target, Task
from gongjian.foundation.orgs.models import Unit, User
from gongjian.foundation.orgs.queries import units, units_named
from gongjian.foundation.records.usecases import note
from gongjian.lib.days import local_day

Subject = Action | Target | Task


@transaction.atomic
def propose_duties(campaign: Campaign, *, by: User, at: datetime) -> list[Duty]:
    """Lay out who answers, from the units the plan names for each sentence or row.

    What already has a duty is left as it is, so it may be run again after more was adopted. A
    unit the county does not know is left out: `unread_names` tells of it. Refused: office.only.
    """
    rules.check_can_assign(by)
    day = local_day(at)
    known = units(on=day)
    words = plan_words(campaign)
    duties: list[Duty] = []
    for action in campaign.actions.prefetch_related("targets__duties", "tasks__duties", "duties"):
        lead = None
        for subject in (*action.tasks.all(), *action.targets.all()):
            named = _named(subject, words, known)
            lead = lead or next((u for u, role, _w in named if role == Duty.Role.LEAD), None)
            if not subject.duties.all():
                duties += _duties(subject, named, day)
        if lead is not None and not action.duties.all():
            duties += _duties(action, [(lead, Duty.Role.LEAD, lead.short_name)], day)
    if duties:
        note("duties.proposed", *duties, by=by, at=at, facts={"count": len(duties)})
    return duties


def _named(
    subject: Target | Task, words: dict[int, PlanWords], known: list[Unit]
) -> list[tuple[Unit, str, str]]:
    """The units the plan names for a target or task, each once, with its role and its words.

    各镇街 is every one of them; where it leads they answer, for only one unit leads.
    """
    if subject.document_id is None or subject.start is None:
        return []
    named: list[tuple[Unit, str, str]] = []
    for role, name in words[subject.document_id].units_for(subject.start):
        meant = units_named(name, among=known)
        part = Duty.Role.RESPONSIBLE if role == Duty.Role.LEAD and len(meant) > 1 else role
        there = {unit.pk for unit, _role, _words in named}
        named += [(unit, part, name) for unit in meant if unit.pk not in there]
    return named


def _duties(subject: Subject, named: list[tuple[Unit, str, str]], day: date) -> list[Duty]:
    kind = {Action: "action", Target: "target", Task: "task"}[type(subject)]
    return [
        Duty.objects.create(
            **{kind: subject},
            unit=unit,
            role=role,
            order=order,
            fills=kind == "target" and role == Duty.Role.LEAD,
            from_words=words[:120],
            valid_from=day,
        )
        for order, (unit, role, words) in enumerate(named, start=1)
    ]
