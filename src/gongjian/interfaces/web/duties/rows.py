"""责任清单: one row a target and a task, under its action."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gongjian.flow.duties.queries import DutyLine, duty_lines, proposed_duties
from gongjian.flow.plan.models import Campaign
from gongjian.flow.plan.queries import ActionRow, TargetRow, TaskRow, plan_actions
from gongjian.interfaces.web.tags import day

Duties = Mapping[tuple[str, int], DutyLine]
STATES = ("", "proposed", "open")


@dataclass(frozen=True, slots=True)
class DutyRow:
    """One target or task: who leads, fills, answers, supports; proposed until confirmed."""

    code: str
    kind: str
    name: str
    url: str
    leader: str
    lead: str
    fills: str
    responsible: str
    supporting: str
    deadline: str
    state: str
    assign_url: str


@dataclass(frozen=True, slots=True)
class DutyGroup:
    """An action with its rows that are shown."""

    seq: int
    name: str
    leader: str
    lead: str
    rows: list[DutyRow]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the reader filters by; `open` are rows without a lead unit."""

    words: str = ""
    unit: str = ""
    state: str = ""

    @classmethod
    def of(cls, given: Mapping[str, str]) -> "Wanted":
        state = given.get("state", "")
        return cls(
            given.get("q", "").strip(), given.get("unit", ""), state if state in STATES else ""
        )

    def query(self, **other: str) -> str:
        words = {"q": self.words, "unit": self.unit, "state": self.state} | other
        kept = {name: word for name, word in words.items() if word}
        return f"{reverse('duties')}?{urlencode(kept)}" if kept else reverse("duties")

    def keeps(self, row: DutyRow) -> bool:
        units = _("、").join((row.lead, row.fills, row.responsible, row.supporting))
        named = units.split(_("、"))
        return (
            (not self.words or self.words in f"{row.name}{units}{row.leader}")
            and (not self.unit or self.unit in named)
            and self.state in ("", row.state)
        )


def duties_context(
    campaign: Campaign, wanted: Wanted, *, on: date, may_assign: bool
) -> dict[str, Any]:
    """The rows and filters that duties/duties.html names. A constant number of queries."""
    actions, lines = plan_actions(campaign, on=on), duty_lines(campaign, on=on)
    every = [list(_rows(action, lines, may_assign=may_assign)) for action in actions]
    flat = [row for rows in every for row in rows]
    proposed = proposed_duties(campaign)
    groups = [
        DutyGroup(
            seq=action.seq,
            name=action.name,
            leader=action.leader,
            lead=lines.get(("action", action.pk), DutyLine()).lead,
            rows=[row for row in rows if wanted.keeps(row)],
        )
        for action, rows in zip(actions, every, strict=True)
    ]
    return {
        "facts": _facts(campaign, flat),
        "groups": [group for group in groups if group.rows],
        "planned": bool(flat),
        "q": wanted.words,
        "state": wanted.state,
        "units": [(name, name == wanted.unit) for name in _unit_names(flat)],
        "states": _states(flat, wanted),
        "proposed": [duty.uid for duty in proposed],
        "confirm_label": _confirm_label(len(proposed)),
    }


def _facts(campaign: Campaign, rows: Sequence[DutyRow]) -> str:
    kinds = [row.kind for row in rows]
    return _("%(name)s · %(targets)s 项目标、%(tasks)s 项任务 · 没有牵头单位 %(open)s 项") % {
        "name": f"{campaign.year} {campaign.name}",
        "targets": kinds.count("target"),
        "tasks": kinds.count("task"),
        "open": sum(row.state == "open" for row in rows),
    }


def _confirm_label(count: int) -> str:
    return ngettext("确认 %(count)s 条责任", "确认 %(count)s 条责任", count) % {"count": count}


def _unit_names(rows: Sequence[DutyRow]) -> list[str]:
    return sorted({name for row in rows for name in (row.lead, row.fills) if name})


def _states(rows: Sequence[DutyRow], wanted: Wanted) -> list[tuple[str, str, int, bool]]:
    labels = {"": _("全部"), "proposed": _("待确认"), "open": _("没有牵头单位")}
    return [
        (
            label,
            wanted.query(state=state),
            sum(state in ("", row.state) for row in rows),
            state == wanted.state,
        )
        for state, label in labels.items()
    ]


def _rows(action: ActionRow, lines: Duties, *, may_assign: bool) -> Iterator[DutyRow]:
    for target in action.targets:
        line = lines.get(("target", target.pk), DutyLine())
        assign = reverse("target_assign", args=[target.uid]) if may_assign else ""
        yield _row(action, target, line, name=target.metric, assign=assign)
    for task in action.tasks:
        line = lines.get(("task", task.pk), DutyLine())
        yield _row(action, task, line, name=task.title, assign="")


def _row(
    action: ActionRow, subject: TargetRow | TaskRow, line: DutyLine, *, name: str, assign: str
) -> DutyRow:
    kind = "target" if isinstance(subject, TargetRow) else "task"
    between = _("、")
    return DutyRow(
        code=subject.code,
        kind=kind,
        name=name,
        url=reverse(kind, args=[subject.uid]),
        leader=action.leader,
        lead=line.lead,
        fills=line.fills,
        responsible=between.join(line.responsible),
        supporting=between.join(line.supporting),
        deadline=day(subject.deadline),
        state="open" if not line.lead else "proposed" if line.proposed else "confirmed",
        assign_url=assign,
    )
