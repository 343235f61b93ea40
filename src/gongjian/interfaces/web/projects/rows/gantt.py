"""The chart of time as its page and its windows carry it: what was asked, the rows, the bars."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import accumulate, groupby
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongjian.flow.duties.queries import by_lead_unit
from gongjian.flow.plan.models import Campaign
from gongjian.flow.plan.queries import written_day
from gongjian.flow.projects.models import Stage, Standing
from gongjian.flow.projects.queries import (
    MOST,
    GanttRow,
    Group,
    Grouping,
    Planned,
    Ungrouped,
    by_action,
    by_industry,
    by_stage,
    by_township,
)
from gongjian.interfaces.web.projects.rows.asked import unknown_names
from gongjian.interfaces.web.projects.rows.list_asked import (
    FILTERS,
    LOOKS,
    SHOWN,
    ListAsked,
)

BY = {
    "township": gettext_lazy("按属地"),
    "action": gettext_lazy("按行动"),
    "industry": gettext_lazy("按行业"),
    "stage": gettext_lazy("按阶段"),
    "lead": gettext_lazy("按牵头单位"),
    "none": gettext_lazy("不分组"),
}
VIEWS = ("chart", "table", "print")
PAPERS = ("a4", "a3")
NAMES = (*FILTERS, *LOOKS, "by", "view", "paper", "page", "in", "offset", "limit")
LONGEST_OFFSET = 9  # digits
MOST_GROUPS = 60  # of one window


@dataclass(frozen=True, slots=True)
class GanttAsked:
    """What an address asks for: the projects of a list, in which groups, drawn or as a table."""

    listed: ListAsked
    by: str
    view: str
    paper: str
    wrong: tuple[str, ...] = ()

    @classmethod
    def of(cls, given: QueryDict, listed: ListAsked) -> "GanttAsked":
        """What is no word of ours is said, and left out."""
        wrong = [
            _("%(label)s里没有“%(typed)s”，这一条没有用上。")
            % {"label": label, "typed": given[name][:SHOWN]}
            for name, label, known in (
                ("by", _("分组"), BY), ("view", _("看法"), VIEWS), ("paper", _("纸张"), PAPERS)
            )
            if given.get(name) and given[name] not in known
        ]  # fmt: skip
        return cls(
            listed=listed,
            by=_one_of(BY, given.get("by", "")),
            view=_one_of(VIEWS, given.get("view", "")),
            paper=_one_of(PAPERS, given.get("paper", "")),
            wrong=(*listed.wrong, *wrong, *unknown_names(given, NAMES)),
        )

    @property
    def given(self) -> dict[str, str]:
        """The question as an address holds it, without what goes without saying."""
        own = {"by": (self.by, BY), "view": (self.view, VIEWS), "paper": (self.paper, PAPERS)}
        return {
            **{name: self.listed.given[name] for name in FILTERS if self.listed.given.get(name)},
            **{name: said for name, (said, known) in own.items() if said != next(iter(known))},
        }

    @property
    def query(self) -> str:
        """The same question for another page, or for the windows of this one."""
        return urlencode(self.given)

    def but(self, **changed: Any) -> str:
        """The address with something else in its place."""
        return f"?{replace(self, **changed).query}"


def grouping_of(code: str, campaign: Campaign, *, on: date) -> Grouping:
    """The grouping an address names."""
    made: dict[str, Callable[[], Grouping]] = {
        "township": lambda: by_township(on=on),
        "action": lambda: by_action(campaign),
        "industry": by_industry,
        "stage": by_stage,
        "lead": lambda: by_lead_unit(campaign, on=on),
        "none": Ungrouped,
    }
    return made[code]()


@dataclass(frozen=True, slots=True)
class WindowAsked:
    """Which rows: from a place on among those of a few groups, at most MOST."""

    within: tuple[str, ...]
    offset: int
    limit: int

    @classmethod
    def of(cls, within: Sequence[str], given: Mapping[str, str]) -> "WindowAsked":
        return cls(
            tuple(dict.fromkeys(within))[:MOST_GROUPS],
            _number(given.get("offset", ""), 0),
            min(max(_number(given.get("limit", ""), MOST), 1), MOST),
        )


def as_line(row: GanttRow) -> list[Any]:
    """A row as the chart reads it (gantt_rows.js), days as numbers; a list, since keys weigh."""
    return [
        str(row.uid),
        row.name,
        row.township,
        row.group,
        "" if row.standing == Standing.ACTIVE else str(Standing(row.standing).label),
        row.stage,
        [_planned(one) for one in (row.begin, row.finish, row.production)],
        [(stage, day.toordinal()) for stage, day in row.reached],
        row.moved,
    ]


def chart_of(
    asked: GanttAsked, groups: list[Group], first: list[GanttRow], *, year: int, day: date
) -> dict[str, Any]:
    """All that the chart knows before its first window; `first` are the rows it begins with."""
    return {
        "first": [as_line(row) for row in first],
        "query": asked.query,
        "groups": [[group.key, group.label, group.count] for group in groups],
        "grouped": asked.by != "none",
        "today": day.toordinal(),
        "from": date(year - 1, 11, 1).toordinal(),
        "stages": {stage.value: str(stage.label) for stage in Stage},
    }


def page_of_groups(groups: list[Group], offset: int, size: int) -> tuple[list[str], int]:
    """The groups whose rows stand on a page, and how many rows of the first stand before it."""
    begins = accumulate((group.count for group in groups), initial=0)
    there = [
        (group.key, offset - begin)
        for group, begin in zip(groups, begins, strict=False)
        if begin < offset + size and begin + group.count > offset
    ]
    return [key for key, _before in there], max(there[0][1], 0) if there else 0


def in_groups(
    rows: list[GanttRow], groups: list[Group]
) -> Iterator[tuple[Group | None, list[GanttRow]]]:
    """The rows of a page under their groups, which may have begun on the page before."""
    named = {group.key: group for group in groups}
    for key, inside in groupby(rows, key=lambda row: row.group):
        yield named.get(key), list(inside)


def planned_words(one: Planned) -> str:
    """A planned date as exactly as it was given. Missing: an empty string."""
    return written_day(one.day, one.precision) if one.day else ""


def _planned(one: Planned) -> list[Any] | None:
    if one.day is None:
        return None
    first = one.first.toordinal() if one.first and one.first != one.day else None
    return [one.day.toordinal(), planned_words(one), first]


def _one_of(known: Sequence[str] | Mapping[str, Any], typed: str) -> str:
    return typed if typed in known else next(iter(known))


def _number(typed: str, default: int) -> int:
    sound = typed.isascii() and typed.isdecimal() and len(typed) <= LONGEST_OFFSET
    return int(typed) if sound else default
