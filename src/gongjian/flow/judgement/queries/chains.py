"""From a task of the level above to the last accepted result; and what tags come to."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

import numpy as np
from django.utils.translation import gettext as _

from gongjian.engine.rollup import total_of
from gongjian.flow.duties.queries import DutyLine, duty_lines
from gongjian.flow.judgement.queries.board import TargetLine, board
from gongjian.flow.judgement.queries.phrases import percent_text
from gongjian.flow.plan.models import Campaign, SuperiorTask, TagTarget, Target
from gongjian.flow.plan.queries import (
    ActionRow,
    Answer,
    SuperiorRow,
    TagRow,
    TargetRow,
    alignments,
    tag_rows,
    written_amount,
    written_goal,
)
from gongjian.flow.progress.queries import accepted_in
from gongjian.lib.rounding import rounded
from gongjian.lib.units import dimension_of

ADDED = (Target.Kind.FLOW, Target.Kind.STOCK)


@dataclass(frozen=True, slots=True)
class ChainAnswer:
    """One of ours below a task from above: who answers for it, its targets and their lights."""

    answer: Answer
    duty: DutyLine
    targets: tuple[TargetLine, ...]


@dataclass(frozen=True, slots=True)
class ChainRow:
    """One task from above with all that answers it."""

    row: SuperiorRow
    answers: tuple[ChainAnswer, ...]


@dataclass(frozen=True, slots=True)
class Chain:
    """Every task from above, and the gaps: 漏接 above, 自选 below."""

    rows: tuple[ChainRow, ...]
    missed: tuple[SuperiorTask, ...]
    own: tuple[ActionRow, ...]


@dataclass(frozen=True, slots=True)
class Sum:
    """Targets of one kind, unit and name under a tag, and what they come to.

    What cannot be added up (rates, growth) stands singly.
    """

    name: str
    kind: str
    own: str
    goal: str
    actual: str
    share: str
    members: tuple[str, ...]
    missing: tuple[str, ...]
    sentence: str
    singles: tuple["Single", ...] = ()


@dataclass(frozen=True, slots=True)
class Single:
    """One member of what is not added up: what it is to reach, and what was accepted of it."""

    name: str
    uid: UUID
    goal: str
    actual: str


@dataclass(frozen=True, slots=True)
class TagBoardRow:
    """One tag with its sums."""

    row: TagRow
    sums: tuple[Sum, ...]


def superior_chain(campaign: Campaign, *, period: str, on: date) -> Chain:
    """The chain of a campaign in a period. A constant number of queries."""
    found = alignments(campaign, on=on)
    lines = {line.target.pk: line for line in board(campaign, period, on=on).targets}
    duties = duty_lines(campaign, on=on)
    rows = [
        ChainRow(row, tuple(_answer(answer, lines, duties) for answer in row.answers))
        for row in found.rows
    ]
    return Chain(tuple(rows), found.missed, found.own)


def tag_board(campaign: Campaign, *, period: str, on: date) -> list[TagBoardRow]:
    """Every tag with what its members come to in a period. A constant number of queries."""
    rows = tag_rows(campaign, on=on)
    known = accepted_in(campaign, period)
    return [TagBoardRow(row, tuple(_sums(row, known))) for row in rows]


def _answer(
    answer: Answer,
    lines: Mapping[int, TargetLine],
    duties: Mapping[tuple[str, int], DutyLine],
) -> ChainAnswer:
    return ChainAnswer(
        answer=answer,
        duty=duties.get((answer.kind, answer.key), DutyLine()),
        targets=tuple(lines[t.pk] for t in answer.targets if t.pk in lines),
    )


def _sums(row: TagRow, known: Mapping[int, Decimal]) -> Iterator[Sum]:
    """First the tag's own targets with the members that feed them, then what is left, by name."""
    left = list(row.targets)
    for own in row.own:
        fed = [t for t in left if _feeds(t, own)]
        left = [t for t in left if t not in fed]
        yield _sum(own.metric, own.kind, fed, known, own)
    groups: dict[tuple[str, str, str], list[TargetRow]] = {}
    for target in left:
        groups.setdefault((target.metric, target.kind, _measure(target.unit)), []).append(target)
    for (metric, kind, _unit), members in groups.items():
        yield _sum(metric, kind, members, known, None)


def _feeds(target: TargetRow, own: TagTarget) -> bool:
    """Of the same kind and unit, and the same thing by its name: only such numbers add up."""
    same = target.kind == own.kind and _measure(target.unit) == _measure(own.unit)
    return same and own.metric in target.metric


def _measure(unit: str) -> str:
    """What is measured: pieces of one name are not those of another."""
    dimension = dimension_of(unit)[0]
    return f"count {unit}" if dimension == "count" else dimension


def _sum(
    name: str,
    kind: str,
    members: Sequence[TargetRow],
    known: Mapping[int, Decimal],
    own: TagTarget | None,
) -> Sum:
    unit, factor = (own.unit, own.factor) if own else (members[0].unit, members[0].factor)
    goals = np.array([_number(t.value) for t in members])
    actuals = np.array([_number(known.get(t.pk)) for t in members])
    goal = actual = share = _("不相加")
    sentence = ""
    missing: list[str] = []
    if not members:
        goal = actual = share = "—"
        sentence = _("还没有成员目标可以汇总到这一项。")
    elif kind in ADDED:
        goals_total, actuals_total = total_of(goals), total_of(actuals)
        missing = [t.metric for t, no in zip(members, actuals_total.missing, strict=True) if no]
        goal = _written(goals_total.value, unit, factor)
        actual = _written(actuals_total.value, unit, factor)
        share = _share(actuals_total.value, goals_total.value, whole=not missing)
        if missing:
            sentence = _("%(count)s 项未报，未报不当作 0，合计只含已采信的。") % {
                "count": len(missing)
            }
    elif kind == Target.Kind.RATE:
        sentence = _("比率要用分子之和除以分母之和；填报的是比率，没有分子和分母，所以逐项列。")
    elif kind == Target.Kind.DONE:
        done = sum(value >= 1 for value in actuals if not np.isnan(value))
        goal, actual, share = (
            _("%(count)s 件") % {"count": len(members)},
            _("办结 %(count)s 件") % {"count": done},
            percent_text(str(done / len(members))),
        )
    else:
        sentence = _("增长率不能相加，也不能平均，要用总量重新计算，所以逐项列。")
    return Sum(
        name=name,
        kind=str(Target.Kind(kind).label),
        own=written_goal(own.comparator, own.value, None, own.unit, own.factor) if own else "",
        goal=goal,
        actual=actual,
        share=share,
        members=tuple(t.metric for t in members),
        missing=tuple(missing),
        sentence=sentence,
        singles=() if kind in ADDED or kind == Target.Kind.DONE else _singles(members, known),
    )


def _singles(members: Sequence[TargetRow], known: Mapping[int, Decimal]) -> tuple[Single, ...]:
    return tuple(
        Single(
            name=t.metric,
            uid=t.uid,
            goal=written_goal(t.comparator, t.value, t.value_max, t.unit, t.factor),
            actual=written_amount(known[t.pk], t.unit, t.factor) if t.pk in known else _("未报"),
        )
        for t in members
    )


def _number(value: Decimal | None) -> float:
    return np.nan if value is None else float(value)


def _written(value: float, unit: str, factor: Decimal) -> str:
    """A sum as it is shown; 未报 where nothing is known."""
    if np.isnan(value):
        return _("未报")
    return written_amount(rounded(Decimal(repr(value)) / factor, 2), unit, Decimal(1))


def _share(actual: float, goal: float, *, whole: bool) -> str:
    """Of the whole goal, where all was reported."""
    if not whole or np.isnan(actual) or np.isnan(goal) or not goal:
        return "—"
    return percent_text(repr(actual / goal))
