"""Duties as the words of the plan have them, for a person to confirm."""

from datetime import date, datetime

from django.db import transaction

from gongjian.engine.extract.beside import units_beside
from gongjian.flow.duties import rules
from gongjian.flow.duties.models import Duty
from gongjian.flow.plan.models import Action, Campaign, PlanDocument, Target, Task
from gongjian.foundation.orgs.models import Unit, User
from gongjian.foundation.orgs.queries import unit_named, units
from gongjian.foundation.records.usecases import note
from gongjian.lib.days import local_day

Subject = Action | Target | Task


@transaction.atomic
def propose_duties(campaign: Campaign, *, by: User, at: datetime) -> list[Duty]:
    """Lay out who answers, from the units named beside each sentence of the plan.

    What already has a duty is left as it is, so it may be run again after more was adopted. A
    unit the county does not know is left out: the list then shows the gap. Refused: office.only.
    """
    rules.check_can_assign(by)
    day = local_day(at)
    known = units(on=day)
    duties: list[Duty] = []
    for action in campaign.actions.prefetch_related("targets__duties", "tasks__duties", "duties"):
        lead = None
        for subject in (*action.tasks.all(), *action.targets.all()):
            named = _named_beside(subject, known)
            lead = lead or next((u for u, role, _w in named if role == Duty.Role.LEAD), None)
            if not subject.duties.all():
                duties += _duties(subject, named, day)
        if lead is not None and not action.duties.all():
            duties += _duties(action, [(lead, Duty.Role.LEAD, lead.short_name)], day)
    if duties:
        note("duties.proposed", *duties, by=by, at=at, facts={"count": len(duties)})
    return duties


def _named_beside(subject: Target | Task, known: list[Unit]) -> list[tuple[Unit, str, str]]:
    """The units the plan names beside a sentence, each once, in the order of the words."""
    if subject.document is None or subject.start is None:
        return []
    paragraph = _paragraph(subject.document, subject.start)
    named: list[tuple[Unit, str, str]] = []
    for role, words in units_beside(subject.document.text, subject.start, paragraph[1]):
        unit = unit_named(words, among=known)
        if unit is not None and unit.pk not in {u.pk for u, _role, _words in named}:
            named.append((unit, role, words))
    return named


def _paragraph(document: PlanDocument, place: int) -> tuple[int, int]:
    for start, end, *_rest in document.blocks:
        if start <= place <= end:
            return start, end
    return place, place


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
