"""What may be typed into the tree, and what of it may go."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from gongjian.flow.plan.models import Action, Campaign, Endable, Milestone, Target, Task
from gongjian.flow.plan.rules.documents import LARGEST
from gongjian.foundation.orgs.models import User
from gongjian.foundation.orgs.rules import check_is_office, check_is_seen
from gongjian.foundation.records.models import Editable
from gongjian.lib.refusals import Conflict, Refused

MOST_LINES = 2000
SIGNED = frozenset({Target.Kind.GROWTH})
Node = Action | Target | Task | Milestone


def check_can_keep_plan(by: User) -> None:
    """The office keeps the tree."""
    check_is_office(by)


def check_text(label: str, text: str, *, most: int, needed: bool = True) -> str:
    """A text as it will be kept: trimmed, not empty where it is needed, not too long,
    without signs that nobody sees.

    Refused: plan.text, words.unseen.
    """
    kept = " ".join(text.split())
    if needed and not kept:
        raise Refused("plan.text", _("%(field)s不能空着。") % {"field": label})
    check_is_seen(label, kept)
    if len(kept) > most:
        raise Refused(
            "plan.text",
            _("%(field)s最多 %(limit)s 个字，现在有 %(length)s 个。请改短。")
            % {"field": label, "limit": most, "length": len(kept)},
        )
    return kept


def check_value(
    value: Decimal | None, value_max: Decimal | None = None, *, kind: str, factor: Decimal
) -> None:
    """A value to reach that can be kept, in the written unit. Refused: plan.value."""
    for size in (value, value_max):
        if size is None:
            continue
        if not size.is_finite() or abs(size * factor) >= LARGEST:
            raise Refused("plan.value", _("数值太大，请核对单位。"))
        if size < 0 and kind not in SIGNED:
            raise Refused("plan.value", _("目标值不能是负数；只有增长率可以为负。"))
    if kind == Target.Kind.DONE and value is not None and value * factor != 1:
        raise Refused("plan.value", _("“完成与否”的目标值是 1，不用填别的数。"))
    if value_max is not None and (value is None or value_max < value):
        raise Refused("plan.value", _("区间的上限不能小于下限。"))


def check_part(campaign: Campaign, part: Campaign | None) -> None:
    """An action's part lies below its own campaign. Refused: campaign.part."""
    if part is not None and part.parent_id != campaign.pk:
        raise Refused(
            "campaign.part", _("“%(name)s”不是这个攻坚年的一部分。") % {"name": part.name}
        )


def check_node_stands(node: Endable, *, on: date) -> None:
    """What was withdrawn is not worked on any more. Refused: plan.ended."""
    if node.ended_on is not None and node.ended_on <= on:
        raise Refused(
            "plan.ended",
            _("“%(name)s”已于 %(day)s 调出，不能再改。")
            % {"name": str(node)[:40], "day": node.ended_on.isoformat()},
        )


def check_can_end(node: Node, reason: str, *, holds: int, by: User, on: date) -> None:
    """Withdrawn with a reason, and not while others stand below it.

    Refused: office.only, plan.ended, plan.no-reason, plan.holds.
    """
    check_can_keep_plan(by)
    check_node_stands(node, on=on)
    if not reason.strip():
        raise Refused("plan.no-reason", _("调出要写原因，计划里会一直显示。"))
    if holds:
        raise Refused(
            "plan.holds",
            _("下面还有 %(count)s 条没有调出。先调出它们，再调出这一条。") % {"count": holds},
        )


def check_can_move(neighbour: Node | None, *, by: User) -> None:
    """Up or down, while there is a neighbour. Refused: office.only, plan.at-the-end."""
    check_can_keep_plan(by)
    if neighbour is None:
        raise Refused("plan.at-the-end", _("已经在最前或最后，不能再移。"))


def check_same_version(node: Editable, version: int, *, mine: dict[str, str]) -> None:
    """The form was filled from what stands now; else what differs is shown.

    Refused: plan.changed.
    """
    if node.version == version:
        return
    kept = {label: str(value) for label, value in _shown(node).items() if label in mine}
    theirs = {label: value for label, value in kept.items() if mine[label] != value}
    said = _("这一条刚被别人改过，你的改动没有保存。")
    rest = _("两边不同的栏目列在下面。") if theirs else _("看过现在的样子，再存一次。")
    raise Conflict(
        "plan.changed",
        said + rest,
        mine={
            label: value for label, value in mine.items() if label in theirs or label not in kept
        },
        theirs=theirs,
    )


def _shown(node: Editable) -> dict[str, object]:
    """The fields of a node by the labels the forms use."""
    names = {field.name: str(field.verbose_name) for field in node._meta.fields}
    return {label: getattr(node, name) or "—" for name, label in names.items()}


def check_is_new(name: str, *, there: bool) -> None:
    """The same form sent twice adds nothing twice. Refused: plan.there."""
    if there:
        raise Refused(
            "plan.there",
            _("这个行动下已有一条“%(name)s”，没有重复加。要再加一条，请换个能区分的名称。")
            % {"name": name[:40]},
        )
