"""Frozen versions of a plan and what differs between two of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from django.utils.translation import gettext as _

from gongjian.flow.plan.models import Campaign, PlanVersion, Target
from gongjian.flow.plan.queries.goals import written_amount, written_day, written_goal
from gongjian.flow.plan.queries.tree import ActionRow, TargetRow, plan_actions
from gongjian.lib.refusals import Missing

Row = dict[str, Any]
FIELDS = ("action", "name", "goal", "base", "form", "deadline", "measures", "definition")


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that differs: its label, and both values as people read them."""

    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One node that was added, removed or changed between two versions."""

    change: Literal["new", "del", "chg"]
    kind: str
    code: str
    action: str
    name: str
    fields: tuple[FieldChange, ...]


def frozen_rows(campaign: Campaign, *, on: date) -> list[Row]:
    """The plan as a version keeps it: one object a node, in the words of the plan.

    Every object has uid, kind, code, action and name; the others where the kind has them.
    """
    return [row for action in plan_actions(campaign, on=on) for row in _rows(action)]


def plan_versions(campaign: Campaign) -> list[PlanVersion]:
    """All versions without their rows, newest first. One query."""
    versions = PlanVersion.objects.filter(campaign=campaign).defer("rows")
    return list(versions.select_related("frozen_by", "document").order_by("-number"))


def version_by_number(campaign: Campaign, number: int) -> PlanVersion:
    """One version with its rows. Missing: version.missing."""
    version = PlanVersion.objects.filter(campaign=campaign, number=number).first()
    if version is None:
        raise Missing("version.missing", _("没有第 %(number)s 版。") % {"number": number})
    return version


def version_difference(old: PlanVersion, new: PlanVersion) -> list[Difference]:
    """What was added, removed and changed, in the newer plan's order; removed ones at the end."""
    before = {row["uid"]: row for row in old.rows}
    after = {row["uid"]: row for row in new.rows}
    found = []
    for row in new.rows:
        earlier = before.get(row["uid"])
        if earlier is None:
            found.append(_difference("new", row, ()))
        elif changed := tuple(_changes(earlier, row)):
            found.append(_difference("chg", row, changed))
    return found + [_difference("del", row, ()) for row in old.rows if row["uid"] not in after]


def _difference(
    change: Literal["new", "del", "chg"], row: Row, fields: tuple[FieldChange, ...]
) -> Difference:
    return Difference(change, row["kind"], row["code"], row["action"], row["name"], fields)


def _changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[FieldChange]:
    labels = {
        "action": _("所属行动"),
        "name": _("名称"),
        "goal": _("目标值"),
        "base": _("基期值"),
        "form": _("类型"),
        "deadline": _("完成时限"),
        "measures": _("工作措施"),
        "definition": _("口径"),
    }
    for field in FIELDS:
        was, now = old.get(field, ""), new.get(field, "")
        if was != now:
            yield FieldChange(labels[field], was, now)


def _rows(action: ActionRow) -> Iterator[Row]:
    yield {
        "uid": str(action.uid),
        "kind": "action",
        "code": str(action.seq),
        "action": action.part,
        "name": action.name,
    }
    for target in action.targets:
        yield _target(action, target)
    for task in action.tasks:
        yield {
            "uid": str(task.uid),
            "kind": "task",
            "code": task.code,
            "action": action.name,
            "name": task.title,
            "deadline": written_day(task.deadline, task.precision),
            "measures": task.measures,
        }
    for node in action.milestones:
        yield {
            "uid": str(node.uid),
            "kind": "milestone",
            "code": "",
            "action": action.name,
            "name": node.text,
            "deadline": written_day(node.day, node.precision),
        }


def _target(action: ActionRow, target: TargetRow) -> Row:
    return {
        "uid": str(target.uid),
        "kind": "target",
        "code": target.code,
        "action": action.name,
        "name": target.metric
        + (f"（{target.qualifier}）" if target.qualifier else ""),  # not shown
        "goal": written_goal(
            target.comparator, target.value, target.value_max, target.unit, target.factor
        ),
        "base": written_amount(target.base_value, target.unit, target.factor),
        "form": str(Target.Kind(target.kind).label),
        "deadline": written_day(target.deadline, target.precision),
        "measures": target.measures,
        "definition": target.definition,
    }
