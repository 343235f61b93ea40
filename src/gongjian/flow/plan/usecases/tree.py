"""The tree itself: campaigns, what a target counts, who leads an action, the tasks from above."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from gongjian.flow.plan import rules
from gongjian.flow.plan.models import (
    Campaign,
    Definition,
    SuperiorTask,
    Target,
    TargetSource,
    TargetValue,
    Task,
)
from gongjian.flow.plan.queries import LONGEST_WORDS
from gongjian.foundation.orgs.models import User
from gongjian.foundation.orgs.rules import check_is_office
from gongjian.foundation.records.usecases import note
from gongjian.lib.days import local_day
from gongjian.lib.refusals import Conflict, Refused


@transaction.atomic
def create_campaign(name: str, *, year: int, by: User, at: datetime) -> Campaign:
    """Begin a year of key work. Refused: office.only, campaign.known."""
    check_is_office(by)
    campaign, new = Campaign.objects.get_or_create(name=name, year=year)
    if not new:
        raise Refused(
            "campaign.known", _("%(year)s 年已经有“%(name)s”。") % {"year": year, "name": name}
        )
    note("campaign.created", campaign, by=by, at=at)
    return campaign


@transaction.atomic
def register_superior_tasks(
    campaign: Campaign, titles: Sequence[str], *, issuer: str, by: User, at: datetime
) -> list[SuperiorTask]:
    """Keep the tasks of the level above in their order, once.

    Refused: office.only, superior-tasks.known.
    """
    check_is_office(by)
    Campaign.objects.select_for_update().get(pk=campaign.pk)  # two at once: the second sees
    if campaign.superior_tasks.exists():
        raise Refused("superior-tasks.known", _("上级任务已经登记过了，不能再登记一次。"))
    tasks = [
        SuperiorTask.objects.create(campaign=campaign, seq=seq, title=title, issuer=issuer)
        for seq, title in enumerate(titles, start=1)
    ]
    note("superior-tasks.registered", *tasks, by=by, at=at)
    return tasks


def define_target(
    target: Target, text: str, *, valid_from: date, by: User, at: datetime
) -> Definition:
    """Give a target its 调度口径, or a newer version of it. Refused: see define_node."""
    return define_node(target, text, valid_from=valid_from, by=by, at=at)


@transaction.atomic
def define_node(
    node: Target | Task,
    text: str,
    *,
    purpose: str = Definition.Purpose.DISPATCH,
    basis: str = "",
    valid_from: date,
    by: User,
    at: datetime,
) -> Definition:
    """Say what a target counts or when a task is done, or say it anew; the version before stays.

    Refused: office.only, definition.empty, definition.same, plan.text, plan.ended.
    """
    check_is_office(by)
    if not text.strip():
        raise Refused("definition.empty", _("口径不能空着：写清范围、来源、统计期。"))
    node = type(node)._default_manager.select_for_update().get(pk=node.pk)  # also before the first
    rules.check_node_stands(node, on=local_day(at))
    kept = rules.check_text(_("口径"), text, most=LONGEST_WORDS["definition"])
    purpose = Definition.Purpose(purpose)
    last = node.definitions.select_for_update().filter(purpose=purpose).order_by("number").last()
    changed = []
    if last is not None and last.valid_to is None:
        if last.text == kept:
            raise Refused("definition.same", _("和现在的口径一字不差，没有新的版本可存。"))
        last.valid_to = max(valid_from, last.valid_from)
        last.save(update_fields=["valid_to"])
        changed.append(last)
    definition = Definition.objects.create(
        number=last.number + 1 if last else 1,
        purpose=purpose,
        text=kept,
        basis=rules.check_text(_("依据"), basis, most=120, needed=False),
        valid_from=valid_from,
        **{node._meta.model_name or "": node},
    )
    note(f"{node._meta.model_name}.defined", definition, *changed, by=by, at=at)
    return definition


@transaction.atomic
def describe_measures(
    node: Target | Task, measures: str, *, by: User, at: datetime
) -> Target | Task:
    """Say by what means it is to be reached. Refused: office.only, plan.text, plan.ended."""
    check_is_office(by)
    node = type(node)._default_manager.select_for_update().get(pk=node.pk)
    rules.check_node_stands(node, on=local_day(at))
    node.measures = rules.check_text(
        _("工作措施"), measures, most=LONGEST_WORDS["measures"], needed=False
    )
    node.version += 1
    node.save(update_fields=["measures", "version"])
    note(f"{node._meta.model_name}.edited", node, by=by, at=at)
    return node


@transaction.atomic
def describe_target(
    target: Target,
    *,
    kind: Target.Kind,
    base_value: Decimal | None,
    version: int,
    by: User,
    at: datetime,
) -> Target:
    """Say how a target's figure is formed: its kind, and the base a level starts from.

    Refused: office.only, target.changed.
    """
    check_is_office(by)
    if not Target.objects.filter(pk=target.pk, version=version).update(
        kind=kind, version=version + 1
    ):
        theirs = Target.objects.get(pk=target.pk)
        label = str(_("类型"))
        raise Conflict(
            "target.changed",
            _("这个目标刚被别人改过，你的改动没有保存。"),
            mine={label: str(kind.label)},
            theirs={label: str(theirs.get_kind_display())},
        )
    target.refresh_from_db()
    value = TargetValue.objects.select_for_update().get(target=target, valid_to__isnull=True)
    value.base_value = base_value
    value.save(update_fields=["base_value"])
    source = TargetSource.objects.select_for_update().get(target=target, valid_to__isnull=True)
    source.kind = kind
    source.save(update_fields=["kind"])
    note("target.described", target, value, source, by=by, at=at)
    return target
