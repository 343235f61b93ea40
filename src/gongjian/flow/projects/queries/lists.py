"""Lists of projects as they stood on a day, and what changed between two days, adding up."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from gongjian.flow.plan.models import Campaign
from gongjian.flow.projects.models import (
    AmountChange,
    ListChange,
    ListMembership,
    Project,
    ProjectList,
)

ZERO = Decimal(0)
Kind = ListChange.Kind


@dataclass(frozen=True, slots=True)
class ListVersion:
    """Which state of a list is meant: its number (0 before the first change) and the day."""

    list: int
    name: str
    number: int
    day: date


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One line of a change statement: so many more projects, so much more money (元)."""

    code: str
    words: str
    count: int
    amount: Decimal
    papers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """A list from one day to another: opening + lines = closing, in projects and in 元.

    `unknown` are projects at the end whose total investment nobody has said: they add nothing.
    """

    opening: StatementLine
    lines: tuple[StatementLine, ...]
    closing: StatementLine
    renamed: tuple[tuple[str, str], ...]
    unknown: int

    @property
    def adds_up(self) -> bool:
        count = self.opening.count + sum(line.count for line in self.lines)
        amount = self.opening.amount + sum((line.amount for line in self.lines), ZERO)
        return (count, amount) == (self.closing.count, self.closing.amount)


def lists_of(campaign: Campaign) -> list[ProjectList]:
    """The lists of a campaign. One query."""
    return list(campaign.lists.all())


def members_on(listed: ProjectList, day: date) -> QuerySet[Project]:
    """The projects on a list on a day."""
    return Project.objects.filter(pk__in=_standing(listed, day).values("project"))


def list_version(listed: ProjectList, day: date) -> ListVersion:
    """The state of a list on a day. One query."""
    last = listed.changes.filter(day__lte=day).order_by("-number").first()
    return ListVersion(
        list=listed.pk,
        name=listed.name,
        number=last.number if last else 0,
        day=last.day if last else day,
    )


def statement(listed: ProjectList, *, since: date, until: date) -> Statement:
    """What changed on a list after one day, up to and with another. Five queries.

    A project comes in with what it cost on that day and goes with what it cost the day before;
    in between every change of its total investment is a line of its own, so that it adds up.
    """
    held = list(listed.memberships.select_related("entered", "left"))
    costs = Costs(row.project_id for row in held)
    lines: dict[str, list[tuple[int, Decimal, str]]] = defaultdict(list)
    for row in held:
        if since < row.valid_from <= until:
            cost = costs.on(row.project_id, row.valid_from)
            lines[row.entered.kind].append((1, cost, row.entered.doc_no))
        if row.left is not None and row.valid_to is not None and since < row.valid_to <= until:
            cost = costs.on(row.project_id, row.valid_to - timedelta(days=1))
            lines[row.left.kind].append((-1, -cost, row.left.doc_no))
        for day, old, new in costs.changes(row.project_id):
            inside = row.valid_from < day and (row.valid_to is None or day < row.valid_to)
            if since < day <= until and inside:
                lines["revised"].append((0, new - old, ""))
    return Statement(
        opening=_whole("opening", _("期初"), held, since, costs),
        lines=tuple(_line(code, words, lines[code]) for code, words in _words() if lines[code]),
        closing=_whole("closing", _("期末"), held, until, costs),
        renamed=_renamed(listed, since, until),
        unknown=sum(
            1 for row in held if _holds(row, until) and not costs.known(row.project_id, until)
        ),
    )


def amount_on(projects: Iterable[int], day: date) -> dict[int, Decimal | None]:
    """The total investment of each project as it was said by a day. Two queries."""
    keys = list(projects)
    costs = Costs(keys)
    return {key: costs.on(key, day) if costs.known(key, day) else None for key in keys}


class _Cost(NamedTuple):
    """A total that was said. No model: a county has tens of thousands of them."""

    day: date
    old: Decimal | None
    new: Decimal | None


class Costs:
    """What each project cost on any day, from its changes. Two queries."""

    def __init__(self, projects: Iterable[int]) -> None:
        wanted = set(projects)
        self._now = dict(
            Project.objects.filter(pk__in=wanted).values_list("pk", "total_investment")
        )
        self._moved: dict[int, list[_Cost]] = defaultdict(list)
        changes = AmountChange.objects.filter(project__in=wanted).order_by("day", "pk")
        for project, *said in changes.values_list("project", *_Cost._fields):
            self._moved[project].append(_Cost(*said))

    def on(self, project: int, day: date) -> Decimal:
        return self._said(project, day) or ZERO

    def known(self, project: int, day: date) -> bool:
        return self._said(project, day) is not None

    def changes(self, project: int) -> list[tuple[date, Decimal, Decimal]]:
        """(day, old, new) of each change of what had been said."""
        moved = self._moved[project]
        later = moved[1:] if moved and moved[0].old is None else moved
        return [(c.day, c.old or ZERO, c.new or ZERO) for c in later]

    def _said(self, project: int, day: date) -> Decimal | None:
        """The newest change by the day; what was first said holds for the days before it, too.

        A register is set up after its lists were approved: otherwise they would open with nothing.
        """
        moved = self._moved[project]
        if not moved:
            return self._now.get(project)
        by_then = [change for change in moved if change.day <= day]
        if by_then:
            return by_then[-1].new
        return moved[0].new if moved[0].old is None else moved[0].old


def _words() -> list[tuple[str, str]]:
    return [
        (Kind.ADD.value, _("调入")),
        (Kind.DROP.value, _("调出")),
        (Kind.SPLIT.value, _("拆分净增")),
        (Kind.BUNDLE.value, _("打捆净减")),
        ("revised", _("投资调整")),
    ]


def _line(code: str, words: str, parts: list[tuple[int, Decimal, str]]) -> StatementLine:
    return StatementLine(
        code=code,
        words=words,
        count=sum(count for count, _amount, _paper in parts),
        amount=sum((amount for _count, amount, _paper in parts), ZERO),
        papers=tuple(dict.fromkeys(paper for _count, _amount, paper in parts if paper)),
    )


def _whole(
    code: str, words: str, held: list[ListMembership], day: date, costs: Costs
) -> StatementLine:
    projects = [row.project_id for row in held if _holds(row, day)]
    amount = sum((costs.on(project, day) for project in projects), ZERO)
    return StatementLine(code, words, len(projects), amount)


def _holds(row: ListMembership, day: date) -> bool:
    return row.valid_from <= day and (row.valid_to is None or row.valid_to > day)


def _standing(listed: ProjectList, day: date) -> QuerySet[ListMembership]:
    return listed.memberships.filter(valid_from__lte=day).filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=day)
    )


def _renamed(listed: ProjectList, since: date, until: date) -> tuple[tuple[str, str], ...]:
    changes = listed.changes.filter(kind=Kind.RENAME, day__gt=since, day__lte=until)
    return tuple(changes.values_list("renamed__old", "renamed__new"))
