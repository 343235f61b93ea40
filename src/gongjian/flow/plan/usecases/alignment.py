"""Tasks from above: kept one by one, and answered by ours."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from gongjian.flow.plan import rules
from gongjian.flow.plan.models import Action, Alignment, Campaign, SuperiorTask, Target, Task
from gongjian.flow.plan.queries import alignments
from gongjian.foundation.orgs.models import User
from gongjian.foundation.records.usecases import note
from gongjian.lib.days import local_day
from gongjian.lib.refusals import Refused
from gongjian.lib.units import dimension_of


@dataclass(frozen=True, slots=True)
class SuperiorWords:
    """A task from above as it is typed; its value in the written unit."""

    title: str
    issuer: str
    doc_no: str = ""
    summary: str = ""
    comparator: str = ">="
    value: Decimal | None = None
    unit: str = ""
    deadline: date | None = None


@transaction.atomic
def keep_superior_task(
    campaign: Campaign,
    words: SuperiorWords,
    *,
    task: SuperiorTask | None = None,
    version: int = 0,
    by: User,
    at: datetime,
) -> SuperiorTask:
    """Add a task from above, or set one right.

    Refused: office.only, plan.text, plan.value, plan.changed.
    """
    rules.check_can_keep_superior(by)
    Campaign.objects.select_for_update().get(pk=campaign.pk)
    title = rules.check_text(_("上级任务"), words.title, most=120)
    factor = dimension_of(words.unit)[1]
    rules.check_value(words.value, kind=Target.Kind.GROWTH, factor=factor)
    if task is None:
        last = campaign.superior_tasks.aggregate(last=Max("seq"))["last"] or 0
        task = SuperiorTask(campaign=campaign, seq=last + 1)
    else:
        task = SuperiorTask.objects.select_for_update().get(pk=task.pk)
        rules.check_same_version(task, version, mine={"title": title})
        task.version += 1
    task.title = title
    task.issuer = rules.check_text(_("下达单位"), words.issuer, most=60)
    task.doc_no = rules.check_text(_("文号"), words.doc_no, most=60, needed=False)
    task.summary = rules.check_text(_("要求"), words.summary, most=300, needed=False)
    task.comparator = Target.Comparator(words.comparator)
    task.unit = rules.check_text(_("单位"), words.unit, most=20, needed=False)
    task.factor = factor
    task.value = None if words.value is None else words.value * factor
    task.deadline = words.deadline
    task.save()
    note("superior-task.kept", task, by=by, at=at)
    return task


@transaction.atomic
def align(
    superior: SuperiorTask,
    node: Action | Target | Task,
    *,
    share: Decimal | None = None,
    reason: str = "",
    by: User,
    at: datetime,
) -> Alignment:
    """Say that one of ours answers a task from above.

    More than 105 % of what was asked, or much earlier, needs a reason: piling up from level to
    level is a known formalism. Refused: office.only, alignment.known, .share, .other-plan,
    .piled-up, plan.ended.
    """
    rules.check_can_align(by)
    on = local_day(at)
    kind = node._meta.model_name or ""
    campaign = node.campaign if isinstance(node, Action) else node.action.campaign
    rules.check_alignment(superior, campaign.pk, share)
    rules.check_node_stands(node, on=on)
    try:
        with transaction.atomic():
            kept = Alignment.objects.create(
                superior=superior,
                share=share,
                reason=rules.check_text(_("说明"), reason, most=200, needed=False),
                valid_from=on,
                **{kind: node},
            )
    except IntegrityError as twice:
        raise Refused(
            "alignment.known", _("“%(name)s”已经承接了这项上级任务。") % {"name": str(node)[:40]}
        ) from twice
    found = next(row for row in alignments(campaign, on=on).rows if row.task.pk == superior.pk)
    rules.check_not_piled_up([words for words in found.piled_up if kind == "target"], reason)
    note("superior-task.aligned", kept, by=by, at=at)
    return kept


@transaction.atomic
def end_alignment(alignment: Alignment, *, by: User, at: datetime) -> Alignment:
    """From today on it answers no longer. Refused: office.only, alignment.ended."""
    rules.check_can_align(by)
    kept = Alignment.objects.select_for_update().get(pk=alignment.pk)
    if kept.valid_to is not None:
        raise Refused("alignment.ended", _("这条对应关系已经取消了。"))
    kept.valid_to = max(local_day(at), kept.valid_from)
    kept.save(update_fields=["valid_to"])
    note("superior-task.unaligned", kept, by=by, at=at)
    return kept
