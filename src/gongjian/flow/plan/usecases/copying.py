"""Taking over from another year: dates move by the years between, values wait to be typed."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.engine.ledger import shifted
from gongjian.flow.plan import rules
from gongjian.flow.plan.models import Action, Campaign, Milestone, Precision, Target, Task
from gongjian.flow.plan.queries import (
    copies_there,
    latest_definitions,
    open_sources,
    open_values,
    standing,
)
from gongjian.flow.plan.usecases.comparing import compare_anew
from gongjian.flow.plan.usecases.growing import Growth, NodeWords
from gongjian.foundation.orgs.models import User
from gongjian.foundation.records.models import Kept
from gongjian.foundation.records.usecases import note
from gongjian.lib.days import local_day
from gongjian.lib.refusals import Refused


@transaction.atomic
def copy_nodes(
    source: Campaign,
    into: Campaign,
    uids: Sequence[UUID],
    *,
    accepted: Mapping[int, Decimal] | None = None,
    by: User,
    at: datetime,
) -> int:
    """Copy the chosen actions, targets and tasks of another year; how many were copied.

    A target brings what was accepted of it (`accepted`, in base units), else its old value, as
    base value, and no value of its own. What was copied before, or stands there by the same name,
    is not copied twice. An action comes with a node chosen below it.
    Refused: office.only, copy.same, copy.nothing.
    """
    rules.check_can_keep_plan(by)
    Campaign.objects.select_for_update().get(pk=into.pk)
    years = into.year - source.year
    if years == 0:
        raise Refused("copy.same", _("只能从别的年度复制。"))
    on, wanted = local_day(at), set(uids)
    there = {"action__campaign": source, "uid__in": wanted, "ended_on": None}
    targets = list(Target.objects.filter(**there).select_related("action"))
    tasks = list(Task.objects.filter(**there).select_related("action"))
    named = set(source.actions.filter(uid__in=wanted).values_list("pk", flat=True))
    known = copies_there(source, into, on=on)
    every: list[Target | Task] = [*targets, *tasks]
    nodes = [row for row in every if row.uid not in known]
    homes, made = _homes(source, into, named | {row.action_id for row in nodes}, on=on)
    words = _Words(targets, tasks, years, accepted or {}, on=on)
    pairs = [(homes[row.action_id], words.of(row).checked(year=into.year)) for row in nodes]
    if not pairs and not made:
        raise Refused(
            "copy.nothing",
            _("选中的在 %(year)s 年里都已经有了，没有新的可以复制。") % {"year": into.year},
        )
    growth = Growth.of(pairs, on=on)
    rows: list[Kept] = [*made, *growth.rows]
    note("plan.copied", *rows, by=by, at=at, facts={"from": source.year, "nodes": len(pairs)})
    compare_anew(into, at=at)
    return len(pairs) + len(made)


def _homes(
    source: Campaign, into: Campaign, keys: set[int], *, on: date
) -> tuple[dict[int, Action], list[Action]]:
    """The actions of the new year for those of the old, by copy or by name; and the new ones."""
    actions = list(into.actions.filter(standing(on)).select_related("campaign").order_by("-pk"))
    copies = {action.copied_from_id: action for action in actions}
    names = {action.name: action for action in actions}
    last = max((action.seq for action in into.actions.all()), default=0)
    homes, made = {}, []
    for old in source.actions.filter(pk__in=keys).order_by("seq"):
        home = copies.get(old.pk) or names.get(old.name)
        if home is None:
            last += 1
            home = Action.objects.create(
                campaign=into, seq=last, name=old.name, copied_from=old, basis=""
            )
            made.append(home)
        homes[old.pk] = home
    return homes, made


class _Words:
    """The words of nodes of another year, with their dates moved."""

    def __init__(
        self,
        targets: Sequence[Target],
        tasks: Sequence[Task],
        years: int,
        accepted: Mapping[int, Decimal],
        *,
        on: date,
    ) -> None:
        self.years, self.accepted = years, accepted
        self.values = open_values(targets)
        self.sources = open_sources(targets)
        self.definitions = latest_definitions(targets, tasks)
        self.below: dict[tuple[str, int], list[Milestone]] = {}
        below = Milestone.objects.filter(standing(on)).order_by("seq")
        for node in below.filter(target__in=targets):
            self.below.setdefault(("target", node.target_id or 0), []).append(node)
        for node in below.filter(task__in=tasks):
            self.below.setdefault(("task", node.task_id or 0), []).append(node)

    def of(self, node: Target | Task) -> NodeWords:
        kind = "target" if isinstance(node, Target) else "task"
        below = tuple(self._milestone(row) for row in self.below.get((kind, node.pk), ()))
        definition = self.definitions.get((kind, node.pk), "")
        if isinstance(node, Task):
            return NodeWords(
                kind="task",
                name=node.title,
                deadline=self._moved(node.deadline, node.deadline_precision),
                precision=node.deadline_precision,
                measures=node.measures,
                definition=definition,
                below=below,
                copied_from=node.pk,
            )
        value, source = self.values[node.pk], self.sources[node.pk]
        base = self.accepted.get(node.pk, value.value)
        return NodeWords(
            kind="target",
            name=node.metric,
            qualifier=node.qualifier,
            form=node.kind,
            source=source.source,
            numerator=source.numerator,
            denominator=source.denominator,
            comparator=node.comparator,
            unit=node.unit,
            base_value=None if base is None else base / node.factor,
            deadline=self._moved(node.deadline, node.deadline_precision),
            precision=node.deadline_precision,
            measures=node.measures,
            definition=definition,
            below=below,
            copied_from=node.pk,
        )

    def _milestone(self, node: Milestone) -> NodeWords:
        return NodeWords(
            kind="milestone",
            name=node.text,
            deadline=self._moved(node.day, node.precision),
            precision=node.precision,
            copied_from=node.pk,
        )

    def _moved(self, day: date, precision: str) -> date:
        return shifted(day, self.years, ends=precision != Precision.DAY)
