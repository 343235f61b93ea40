"""What the page says on which one node is worked on."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from gongjian.flow.duties.queries import issued_number
from gongjian.flow.plan.models import Action, Definition, Milestone, Target, TargetSource, Task
from gongjian.flow.plan.queries import (
    changes_of_node,
    definitions_of,
    parts_of,
    tags_of,
    tags_of_node,
    target_terms,
    written_amount,
    written_day,
    written_goal,
)
from gongjian.flow.plan.rules import FORMS, why_not_measurable
from gongjian.interfaces.web.plan.rows.nodes import asked_of
from gongjian.lib.rounding import written

Node = Action | Target | Task | Milestone
Choice = tuple[str, str, bool]
FIELDS: Mapping[str, tuple[tuple[str, int], ...]] = {
    "action": (("name", 1), ("basis", 1)),
    "target": (("metric", 1), ("qualifier", 1), ("measures", 3), ("basis", 1)),
    "task": (("title", 2), ("measures", 3), ("basis", 1)),
    "milestone": (("text", 2), ("basis", 1)),
}
NEEDED = ("name", "metric", "title", "text")


def edit_context(node: Node, typed: Mapping[str, str], *, on: date) -> dict[str, Any]:
    """The context that plan/edit.html names; what was just typed stands in its field again."""
    kind = node._meta.model_name or ""
    context: dict[str, Any] = {
        "node": node,
        "kind": kind,
        "name": str(node),
        "back": reverse(kind, args=[node.uid]),
        "typed": typed,
        "fields": [_field(node, name, rows, typed) for name, rows in FIELDS[kind]],
        "ended": node.ended_on is not None,
    }
    if isinstance(node, Action):
        parts = parts_of(node.campaign, on=on)
        context["parts"] = [(str(p.uid), p.name, p.pk == node.part_id) for p, _held in parts]
    if not isinstance(node, Milestone):
        context |= _tags(node, kind, on)
    if not isinstance(node, Action):
        context |= _dated(node)
    if isinstance(node, Target):
        context |= _target(node, typed)
    if isinstance(node, Target | Task):
        context["definitions"] = definitions_of(node)
        context["issued"] = issued_number(node)
        context["purposes"] = [(p.value, str(p.label), False) for p in Definition.Purpose]
    return context


def _field(
    node: Node, name: str, rows: int, typed: Mapping[str, str]
) -> tuple[str, str, str, int, int | None, bool]:
    """One field of words: what was just typed, else what stands."""
    field = node._meta.get_field(name)
    now = typed.get(name) if typed.get("act") == "words" else None
    value = getattr(node, name) if now is None else now
    label, most = str(field.verbose_name), field.max_length  # type: ignore[union-attr]
    return name, label, value, rows, most, name not in NEEDED


def form_choices(typed: Mapping[str, str], kind: str, source: str) -> dict[str, Any]:
    """The choices of kind, source and comparator, and the table that says how they go together."""
    return {
        "forms": _choices(Target.Kind.choices, typed.get("form", kind)),
        "sources": _choices(TargetSource.Source.choices, typed.get("source", source)),
        "comparators": _choices(Target.Comparator.choices, typed.get("comparator", ">=")),
    }


def form_table() -> list[tuple[str, list[tuple[str, bool, str]]]]:
    """Kind × source as rows: how a figure is formed, or why it cannot be."""
    return [
        (
            str(kind.label),
            [
                (str(form.how or form.why_not), not form.why_not, str(source.label))
                for source in TargetSource.Source
                for form in [FORMS[kind, source]]
            ],
        )
        for kind in Target.Kind
    ]


def _choices(pairs: Any, current: str) -> list[Choice]:
    return [(value, str(label), value == current) for value, label in pairs]


def _tags(node: Action | Target | Task, kind: str, on: date) -> dict[str, Any]:
    campaign = node.campaign if isinstance(node, Action) else node.action.campaign
    borne = tags_of_node(kind, node.pk, on=on)
    known = {member.tag_id for member in borne}
    return {
        "borne": [(str(member.uid), member.tag.name) for member in borne],
        "tags": [
            (str(tag.uid), tag.name, False)
            for tag in tags_of(campaign, on=on)
            if tag.pk not in known
        ],
    }


def _dated(node: Target | Task | Milestone) -> dict[str, Any]:
    day, precision = (
        (node.day, node.precision)
        if isinstance(node, Milestone)
        else (node.deadline, node.deadline_precision)
    )
    return {
        "deadline": written_day(day, precision),
        "changes": [row for row in changes_of_node(node) if row.state == "proposed"],
    }


def _target(target: Target, typed: Mapping[str, str]) -> dict[str, Any]:
    terms = target_terms(target)
    value, source = terms.values[-1], terms.sources[-1]
    return {
        "first_value": value.value is None,
        "value": "" if value.value is None else written(value.value / target.factor),
        "goal": written_goal(
            target.comparator, value.value, value.value_max, target.unit, target.factor
        ),
        "base": written_amount(value.base_value, target.unit, target.factor),
        "unit": target.unit or _("（没有单位）"),
        "source": source,
        "unmeasurable": why_not_measurable(asked_of(target, terms)),
        **form_choices(typed, target.kind, source.source),
    }
