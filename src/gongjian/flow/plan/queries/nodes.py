"""The adopted plan as flat nodes, to lay a new version of its document beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from gongjian.engine.extract.deadlines import last_day
from gongjian.flow.plan.models import (
    Action,
    Campaign,
    Candidate,
    Milestone,
    Precision,
    Target,
    TargetValue,
    Task,
)
from gongjian.lib.units import dimension_of

Difference = tuple[str, str, str]
SIGNS = {">=": "≥", "<=": "≤", "~": "≈"}


@dataclass(frozen=True, slots=True)
class Node:
    """One node of the adopted plan, with what a new version could change of it."""

    kind: str
    uid: UUID
    action: UUID
    document: int | None
    code: str
    name: str
    qualifier: str = ""
    comparator: str = ""
    value: Decimal | None = None
    value_max: Decimal | None = None
    unit: str = ""
    factor: Decimal = Decimal(1)
    day: date | None = None

    @property
    def line(self) -> str:
        """The node in one line with its last day: what is compared with a finding."""
        return f"{self.headline}（{self.day}）" if self.day else self.headline

    @property
    def headline(self) -> str:
        """The node in one line, as a finding is shown."""
        if self.value is None:
            return self.name
        most = f"–{_amount(self.value_max, self.factor)}" if self.value_max is not None else ""
        sign = SIGNS.get(self.comparator, self.comparator)
        return f"{self.name} {sign}{_amount(self.value, self.factor)}{most} {self.unit}".strip()


def plan_nodes(campaign: Campaign) -> list[Node]:
    """Every node that stands in the plan, in its order, with the values in force. Five queries."""
    stands = {"ended_on__isnull": True}
    actions = list(campaign.actions.all())
    uids = {action.pk: action.uid for action in actions}
    below = {"action__campaign": campaign}
    open_values = {
        value.target_id: value
        for value in TargetValue.objects.filter(
            target__action__campaign=campaign, valid_to__isnull=True
        )
    }
    nodes = [_action(action) for action in actions if action.ended_on is None]
    nodes += [
        _target(target, open_values[target.pk], uids[target.action_id])
        for target in Target.objects.filter(**below, **stands).order_by("action__seq", "seq")
        if target.pk in open_values
    ]
    tasks = Task.objects.filter(**below, **stands).order_by("action__seq", "seq")
    nodes += [_words("task", t, t.title, t.deadline, uids[t.action_id]) for t in tasks]
    milestones = Milestone.objects.filter(**below, **stands).order_by("action__seq", "seq")
    nodes += [_words("milestone", m, m.text, m.day, uids[m.action_id]) for m in milestones]
    return nodes


def differences_of(kind: str, fields: Mapping[str, Any], node: Node, year: int) -> list[Difference]:
    """What a finding says otherwise than its node: the name of the field, the old, the new."""
    pairs: list[tuple[str, str, str, bool]] = []
    if kind == Candidate.Kind.TARGET:
        pairs += _numbers(fields, node)
    elif kind == Candidate.Kind.ACTION:
        new = str(fields["name"])
        pairs.append((_("名称"), node.name, new, bare(new[:80]) == bare(node.name)))
    else:
        new = str(fields["text"])
        pairs.append((_("内容"), node.name, new, bare(new[:300]) == bare(node.name)))
    if node.day is not None:
        day = due_day(fields, year)
        pairs.append((_("完成时限"), f"{node.day}", f"{day}", day == node.day))
    return [(label, old, new) for label, old, new, same in pairs if not same]


def bare(text: str) -> str:
    """The words alone: without blanks, quotation marks and punctuation."""
    return "".join(character for character in text if character.isalnum())


def due_day(fields: Mapping[str, Any], year: int) -> date:
    """The last day of a finding's deadline; none, or 每年, is the plan's year."""
    words = str(fields.get("date") or fields.get("deadline") or year)
    return date.fromisoformat(
        last_day(words if words != "annual" else str(year)) or f"{year}-12-31"
    )


def precision_of(words: str) -> Precision:
    """How exactly a deadline in the reader's notation is given."""
    if "Q" in words:
        return Precision.QUARTER
    if "H" in words:
        return Precision.HALF
    return {4: Precision.YEAR, 10: Precision.DAY}.get(len(words), Precision.MONTH)


def _numbers(fields: Mapping[str, Any], node: Node) -> list[tuple[str, str, str, bool]]:
    factor = dimension_of(str(fields["unit"]))[1]
    value = Decimal(fields["value_base"])
    maximum = Decimal(fields["value_max"]) * factor if fields.get("value_max") else None
    growth = fields["comparator"] in ("+%", "-%")
    comparator = (fields.get("direction") or ">=") if growth else fields["comparator"]
    old, new = (
        f"{_amount(node.value, node.factor)} {node.unit}",
        f"{fields['value']} {fields['unit']}",
    )
    return [
        (_("数值"), old.strip(), new.strip(), value == node.value),
        (
            _("上限"),
            _amount(node.value_max, node.factor),
            str(fields.get("value_max") or "—"),
            maximum == node.value_max,
        ),
        (
            _("比较"),
            SIGNS.get(node.comparator, node.comparator),
            SIGNS.get(comparator, comparator),
            comparator == node.comparator,
        ),
    ]


def _amount(value: Decimal | None, factor: Decimal) -> str:
    if value is None:
        return "—"
    amount = value / factor
    return format(amount.quantize(Decimal(1)) if amount == int(amount) else amount.normalize(), "f")


def _action(action: Action) -> Node:
    return Node("action", action.uid, action.uid, action.document_id, str(action.seq), action.name)


def _target(target: Target, value: TargetValue, action: UUID) -> Node:
    return Node(
        kind="target",
        uid=target.uid,
        action=action,
        document=target.document_id,
        code=str(target.seq),
        name=target.metric,
        qualifier=target.qualifier,
        comparator=target.comparator,
        value=value.value,
        value_max=value.value_max,
        unit=target.unit,
        factor=target.factor,
        day=target.deadline,
    )


def _words(kind: str, node: Task | Milestone, words: str, day: date, action: UUID) -> Node:
    return Node(kind, node.uid, action, node.document_id, str(node.seq), words, day=day)
