"""The plan as one table: actions with their targets, tasks and milestones."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.flow.duties.queries import DutyLine, Holder, duty_lines, leader_lines
from gongjian.flow.judgement.queries import ActionLine, Board, TargetLine, board
from gongjian.flow.plan.models import Campaign
from gongjian.flow.plan.queries import MilestoneRow, TaskRow
from gongjian.flow.progress.models import Report
from gongjian.flow.progress.queries import accepted_words
from gongjian.interfaces.web.tags import LIGHTS, day
from gongjian.lib.days import days_past

Duties = Mapping[tuple[str, int], DutyLine]
Leaders = Mapping[tuple[str, int], Holder]
Told = Mapping[tuple[str, int], Report]


@dataclass(frozen=True, slots=True)
class Row:
    """One line under an action. `missing` None: this kind of line is not asked for 五定."""

    code: str
    kind: str
    name: str
    url: str
    unit: str
    deadline: str
    target: str = ""
    actual: str = ""
    actual_url: str = ""
    expected: str = ""
    rate: float | None = None
    due: float | None = None
    light: str = ""
    note: str = ""
    words: str = ""
    late: str = ""
    missing: tuple[str, ...] | None = None
    leader: str = ""
    change: str = ""


@dataclass(frozen=True, slots=True)
class ActionRows:
    """One action with the lines under it that are shown."""

    seq: int
    name: str
    counts: str
    light: str
    leader: str
    unit: str
    rows: list[Row]
    open: bool = True
    url: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the reader filters by."""

    words: str = ""
    unit: str = ""
    light: str = ""
    gaps: bool = False

    @classmethod
    def of(cls, given: Mapping[str, str]) -> "Wanted":
        return cls(
            given.get("q", "").strip(),
            given.get("unit", ""),
            given.get("light", ""),
            bool(given.get("gaps")),
        )

    def query(self, **other: object) -> str:
        words: dict[str, object] = {"q": self.words, "unit": self.unit, "light": self.light}
        words |= {"gaps": "1" if self.gaps else ""} | other
        kept = {name: word for name, word in words.items() if word}
        return f"{reverse('plan')}?{urlencode(kept)}" if kept else reverse("plan")

    def keeps(self, row: Row) -> bool:
        return (
            (not self.words or self.words in row.name or self.words == row.code)
            and self.unit in ("", row.unit)
            and self.light in ("", row.light)
            and (not self.gaps or bool(row.missing))
        )


@dataclass(frozen=True, slots=True)
class Tree:
    """A campaign in a period, read once."""

    campaign: Campaign
    board: Board
    duties: Duties
    leaders: Leaders
    told: Told
    on: date


def read_tree(campaign: Campaign, *, period: str, on: date) -> Tree:
    """A constant number of queries, however large the plan."""
    return Tree(
        campaign,
        board(campaign, period, on=on),
        duty_lines(campaign, on=on),
        leader_lines(campaign, on=on),
        newest_words(period),
        on,
    )


def newest_words(period: str) -> Told:
    """{("task" | "milestone", key): newest accepted report up to a period}. One query."""
    told: dict[tuple[str, int], Report] = {}
    for report in accepted_words(period):
        if report.task_id is not None:
            told["task", report.task_id] = report
        elif report.milestone_id is not None:
            told["milestone", report.milestone_id] = report
    return told


def tree_context(tree: Tree, wanted: Wanted) -> dict[str, Any]:
    """The rows and filters that plan/plan.html names."""
    every = [list(_rows(tree, line)) for line in tree.board.actions]
    actions = [
        _action(tree, line, [row for row in rows if wanted.keeps(row)])
        for line, rows in zip(tree.board.actions, every, strict=True)
    ]
    flat = [row for rows in every for row in rows]
    gaps = sum(bool(row.missing) for row in flat)
    filtered = wanted != Wanted()
    return {
        "facts": _facts(tree, flat),
        "lights": _lights(tree.board, wanted),
        "units": _choices(sorted({row.unit for row in flat if row.unit}), wanted.unit),
        "kinds": [(key, str(label), key == wanted.light) for key, label in LIGHTS.items()],
        "q": wanted.words,
        "filtered": filtered,
        "gaps": (wanted.query(gaps="" if wanted.gaps else "1"), gaps, wanted.gaps),
        "actions": [action for action in actions if action.rows or not filtered],
        "definition": _definition(tree.board),
    }


def _facts(tree: Tree, rows: Sequence[Row]) -> str:
    kinds = [row.kind for row in rows]
    return _("%(name)s · %(actions)s 个行动、%(targets)s 项目标、%(tasks)s 项任务") % {
        "name": f"{tree.campaign.year} {tree.campaign.name}",
        "actions": len(tree.board.actions),
        "targets": kinds.count("target"),
        "tasks": kinds.count("task"),
    }


def _lights(shown: Board, wanted: Wanted) -> list[tuple[str, int, str]]:
    return [
        (kind, count, wanted.query(light="" if wanted.light == kind else kind))
        for kind, count in shown.lights.items()
        if count
    ]


def _choices(values: Sequence[str], current: str) -> list[tuple[str, str, bool]]:
    return [(value, value, value == current) for value in values]


def _definition(shown: Board) -> str:
    words = _(
        "实际为 %(month)s 月期采信的累计数；完成率 = 实际 ÷ 年度目标，刻度为序时；"
        "未报不等于 0。任务和节点的进展是攻坚办采信的文字，不亮灯。"
    ) % {"month": shown.month}
    return f"{words}{_('亮灯规则：%(pack)s。') % {'pack': shown.pack}}" if shown.pack else words


def _action(tree: Tree, line: ActionLine, rows: list[Row]) -> ActionRows:
    targets = len(line.targets)
    lights = [f"{LIGHTS[kind]} {count}" for kind, count in line.lights.items() if count]
    of_targets = f"{targets}（{' '.join(lights)}）" if lights else f"{targets}"
    counts = _("目标 %(targets)s · 任务 %(tasks)s") % {
        "targets": of_targets,
        "tasks": len(line.action.tasks),
    }
    duty = tree.duties.get(("action", line.action.pk), DutyLine())
    leader = tree.leaders.get(("action", line.action.pk))
    return ActionRows(
        seq=line.action.seq,
        name=line.action.name,
        counts=counts,
        light=line.light if targets else "",
        leader=leader.words if leader else "",
        unit=duty.lead,
        rows=rows,
    )


def _rows(tree: Tree, line: ActionLine) -> Iterator[Row]:
    """Targets, then each task with its milestones, then the action's own milestones."""
    action = line.action
    for target in line.targets:
        yield _target(tree, target, has_tasks=bool(action.tasks))
    for task in action.tasks:
        yield _task(tree, task)
        for node in action.milestones:
            if node.task == task.pk:
                yield _milestone(tree, node, url=reverse("task", args=[task.uid]))
    for node in action.milestones:
        if node.task is None:
            yield _milestone(tree, node, url="")


def _target(tree: Tree, line: TargetLine, *, has_tasks: bool) -> Row:
    target = line.target
    duty = tree.duties.get(("target", target.pk), DutyLine())
    gaps = {
        "duty": not duty.lead or duty.proposed > 0,
        "measure": not has_tasks,
        "check": not target.definition,
    }
    return Row(
        code=target.code,
        kind="target",
        name=target_name(line),
        url=reverse("target", args=[target.uid]),
        unit=duty.lead,
        deadline=_due(target.deadline, tree),
        target=line.goal,
        actual=line.actual or "",
        actual_url=report_url(line.report),
        expected=line.expected or "",
        rate=line.done,
        due=line.due,
        light=line.light,
        note=_("补齐") if line.made_good else "",
        missing=tuple(name for name, missing in gaps.items() if missing),
    )


def _task(tree: Tree, task: TaskRow) -> Row:
    report = tree.told.get(("task", task.pk))
    duty = tree.duties.get(("task", task.pk), DutyLine())
    return Row(
        code=task.code,
        kind="task",
        name=task.title,
        url=reverse("task", args=[task.uid]),
        unit=duty.lead,
        deadline=_due(task.deadline, tree),
        words=told_words(report),
        late=late_words(task.deadline, report, on=tree.on),
        missing=None if duty.lead and not duty.proposed else ("duty",),
    )


def _milestone(tree: Tree, node: MilestoneRow, *, url: str) -> Row:
    report = tree.told.get(("milestone", node.pk))
    return Row(
        code="",
        kind="milestone",
        name=node.text,
        url=url,
        unit="",
        deadline=_due(node.day, tree),
        words=told_words(report, brief=True),
        late=late_words(node.day, report, on=tree.on),
    )


def target_name(line: TargetLine) -> str:
    """The metric with what it is limited to."""
    target = line.target
    return f"{target.metric}（{target.qualifier}）" if target.qualifier else target.metric


def told_words(report: Report | None, *, brief: bool = False) -> str:
    """The newest accepted progress in words; done things say so first."""
    if report is None:
        return ""
    if report.done_on is None:
        return report.words
    done = _("已办结 %(day)s") % {"day": day(report.done_on)}
    return done if brief or not report.words else f"{done}，{report.words}"


def late_words(deadline: date, report: Report | None, *, on: date) -> str:
    """逾期 13 天, while nothing accepted says that it is done."""
    if report is not None and report.done_on is not None:
        return ""
    days = days_past(deadline, on=on)
    return _("逾期 %(days)s 天") % {"days": days} if days else ""


def report_url(uid: object) -> str:
    """The report behind a figure; nothing where nothing was accepted."""
    return reverse("report_check", args=[uid]) if uid else ""


def _due(deadline: date, tree: Tree) -> str:
    """The day alone within the campaign's year."""
    words = day(deadline)
    if deadline.year == tree.campaign.year:
        return words
    return _("%(year)s年%(day)s") % {"year": deadline.year, "day": words}
