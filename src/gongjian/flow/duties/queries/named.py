"""The units that the words of a plan name for one of its targets or tasks."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import accumulate

from django.db.models import Q

from gongjian.engine.extract.beside import units_beside
from gongjian.flow.duties.models import Duty
from gongjian.flow.plan.models import Campaign, PlanDocument, Target, Task
from gongjian.flow.plan.queries import TiedUnits, pages_of, tied_units
from gongjian.foundation.orgs.queries import in_force, units, units_named
from gongjian.lib.pages import Document

Named = list[tuple[str, str]]


@dataclass(frozen=True)
class PlanWords:
    """An adopted plan, with the units its reader tied to each piece of work, in their order."""

    pages: Document
    tied: list[TiedUnits]

    def units_for(self, start: int) -> Named:
        """(role, name as written) for what stands at a place; no more than one leads.

        They are those of the piece of work that holds the place: the same row of a table, or the
        words up to their bracket. Where there is none, a bracket in the same paragraph or cell.
        """
        work = self._holding(start)
        if work is None:
            return _one_leads(self._beside(start, self.pages.extent(start)[1]))
        lead: Named = [(Duty.Role.LEAD, name) for name in work.lead]
        # The reader counts 责任单位 beside a lead as support; a bracket tells the two apart.
        written = self._beside(work.start, work.end)
        answers = {name for role, name in written if role == Duty.Role.RESPONSIBLE}
        support: Named = [
            (Duty.Role.RESPONSIBLE if name in answers else Duty.Role.SUPPORTING, name)
            for name in work.support
        ]
        return _one_leads(lead + support)

    def _holding(self, start: int) -> TiedUnits | None:
        """Of what holds a place the one that begins last, the shortest of those.

        Looked for backwards from the place, as far as anything before still reaches it.
        """
        found = None
        at = bisect_right(self.tied, start, key=lambda work: work.start) - 1
        while at >= 0 and self._reach[at] > start:
            work = self.tied[at]
            if found is not None and work.start < found.start:
                break
            if work.end > start and (found is None or work.end < found.end):
                found = work
            at -= 1
        return found

    @cached_property
    def _reach(self) -> list[int]:
        """How far each piece of work and all before it reach."""
        return list(accumulate((work.end for work in self.tied), max))

    def _beside(self, start: int, end: int) -> Named:
        return list(units_beside(self.pages.text, start, end))


def plan_words(campaign: Campaign) -> dict[int, PlanWords]:
    """The adopted plans of a campaign by their keys. Two queries."""
    tied = tied_units(campaign)
    adopted = campaign.documents.filter(state=PlanDocument.State.ADOPTED)
    return {plan.pk: PlanWords(pages_of(plan), tied.get(plan.pk, [])) for plan in adopted}


def unread_names(subject: Target | Task, *, on: date) -> list[str]:
    """What the plan writes as units of a target or task and the county does not know, as written.

    A constant number of queries.
    """
    if subject.document_id is None or subject.start is None:
        return []
    words = plan_words(subject.action.campaign).get(subject.document_id)
    known = units(on=on)
    written = words.units_for(subject.start) if words else []
    return [name for _role, name in written if not units_named(name, among=known)]


def unread_lines(campaign: Campaign, *, on: date) -> dict[tuple[str, int], tuple[str, ...]]:
    """{("target", 12): names the plan writes for it that mean no unit the county knows}.

    A piece of work with as many units by now as its words name is settled. Six queries.
    """
    plans, known = plan_words(campaign), units(on=on)
    means: dict[str, frozenset[int]] = {}
    standing: dict[tuple[str, int], set[int]] = defaultdict(set)
    works = Q(target__action__campaign=campaign) | Q(task__action__campaign=campaign)
    for duty in Duty.objects.filter(in_force(on)).filter(works):
        standing[duty.subject_key].add(duty.unit_id)
    found = {}
    for kind, pk, document, start in _placed(campaign):
        plan = plans.get(document)
        written = {name for _role, name in plan.units_for(start)} if plan else set()
        for name in written - means.keys():
            means[name] = frozenset(unit.pk for unit in units_named(name, among=known))
        unread = tuple(sorted(name for name in written if not means[name]))
        meant = frozenset[int]().union(*(means[name] for name in written))
        if unread and len(standing[kind, pk]) < len(meant) + len(unread):
            found[kind, pk] = unread
    return found


def _placed(campaign: Campaign) -> Iterator[tuple[str, int, int, int]]:
    """(kind, key, plan, place) of what was read from a plan. Two queries."""
    mine = {"action__campaign": campaign, "document__isnull": False, "start__isnull": False}
    for target in Target.objects.filter(**mine).only("document", "start"):
        yield "target", target.pk, target.document_id or 0, target.start or 0
    for task in Task.objects.filter(**mine).only("document", "start"):
        yield "task", task.pk, task.document_id or 0, task.start or 0


def _one_leads(named: Named) -> Named:
    """The first of several units that lead leads; the others answer with it."""
    leads = [name for role, name in named if role == Duty.Role.LEAD]
    return [
        (Duty.Role.RESPONSIBLE if role == Duty.Role.LEAD and name != leads[0] else role, name)
        for role, name in named
    ]
