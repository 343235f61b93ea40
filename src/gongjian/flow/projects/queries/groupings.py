"""How a chart of projects is put into groups: by place, action, industry or stage, or not at all.

A grouping says which groups there are, and in which order the projects of a few of them stand: so
a chart of ten thousand rows is fetched a window at a time.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from django.db.models import Case, CharField, Count, F, QuerySet, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, Substr
from django.utils.translation import gettext as _

from gongjian.flow.plan.models import Campaign
from gongjian.flow.projects.models import RegisterLine
from gongjian.flow.projects.queries.gates import gates_in_force, industries
from gongjian.flow.projects.queries.hints import stage_label
from gongjian.flow.projects.queries.register import townships

Lines = QuerySet[RegisterLine]
BEGINS = F("project__planned_start").asc(nulls_last=True)


@dataclass(frozen=True, slots=True)
class Group:
    """One group of a chart: its key in the address, what it is called, how many stand in it."""

    key: str
    label: str
    count: int


class Grouping(Protocol):
    """One way to put the lines of projects into groups."""

    def heads(self, found: Lines) -> list[Group]: ...

    def ordered(self, found: Lines, within: Sequence[str]) -> QuerySet[Any]:
        """The lines of these groups, one group after another, with the key as `group`."""
        ...


@dataclass(frozen=True, slots=True)
class ByColumn:
    """Groups that a column holds; `labels` are in the order the groups stand in."""

    column: Combinable
    labels: Callable[[], Mapping[str, str]]

    def heads(self, found: Lines) -> list[Group]:
        """One query, and that of the labels."""
        keyed = self._keyed(found).order_by().values("group").annotate(many=Count("pk"))
        counts = dict(keyed.values_list("group", "many"))
        labels = self.labels()
        order = [*(key for key in labels if key in counts), *sorted(counts.keys() - set(labels))]
        order.sort(key=lambda key: key == "")  # those of no group stand last
        return [Group(key, _called(key, labels), counts[key]) for key in order]

    def ordered(self, found: Lines, within: Sequence[str]) -> QuerySet[Any]:
        """In each group by planned start, those without one last."""
        keys = list(within)
        places = [When(group=key, then=place) for place, key in enumerate(keys)]
        place = Case(*places) if len(keys) > 1 else Value(0)
        return self._keyed(found).filter(group__in=keys).order_by(place, BEGINS, "project_id")

    def _keyed(self, found: Lines) -> QuerySet[Any]:
        return found.annotate(group=Coalesce(self.column, Value("")))


@dataclass(frozen=True, slots=True)
class Ungrouped:
    """All in one row, as they were registered."""

    def heads(self, found: Lines) -> list[Group]:
        many = found.count()
        return [Group("", _("全部"), many)] if many else []

    def ordered(self, found: Lines, within: Sequence[str]) -> QuerySet[Any]:  # noqa: ARG002 - one
        return found.annotate(group=Value("")).order_by("project_id")


def by_township(*, on: date) -> ByColumn:
    """By the township or park a project stands in."""
    return ByColumn(
        F("project__township__short_name"),
        lambda: {one.short_name: one.short_name for one in townships(on=on)},
    )


def by_action(campaign: Campaign) -> ByColumn:
    """By the action of the plan."""

    def labels() -> dict[str, str]:
        named = campaign.actions.order_by("seq").values_list("seq", "name")
        return {f"{seq}": f"{seq} {name}" for seq, name in named}

    return ByColumn(Cast("project__action__seq", CharField()), labels)


def by_industry() -> ByColumn:
    """By the division (大类) of GB/T 4754."""
    return ByColumn(
        Substr("project__industry", 1, 3),
        lambda: {code: f"{code} {name}" for code, name in industries().items()},
    )


def by_stage() -> ByColumn:
    """By the furthest stage reached; those before the first stand last."""

    def labels() -> dict[str, str]:
        return {gate.code: stage_label(gate.code) for gate in gates_in_force().gates}

    return ByColumn(F("stage"), labels)


def _called(key: str, labels: Mapping[str, str]) -> str:
    return (labels.get(key) or key) if key else _("未定")
