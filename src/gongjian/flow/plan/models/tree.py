"""The tree that was adopted: actions, targets, tasks, milestones."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongjian.flow.plan.models.campaigns import Campaign, Precision
from gongjian.flow.plan.models.documents import PlanDocument
from gongjian.foundation.records.models import Editable, Kept


class Sourced(models.Model):
    """A node of the plan that leads back to where it came from: a sentence, a paper, a year."""

    document = models.ForeignKey(
        PlanDocument, models.PROTECT, null=True, blank=True, related_name="+"
    )
    sentence = models.TextField(_("原文"), blank=True)
    start = models.PositiveIntegerField(null=True, blank=True)
    end = models.PositiveIntegerField(null=True, blank=True)
    basis = models.CharField(
        _("依据"), max_length=120, blank=True, help_text="the paper of what was typed or pasted"
    )
    copied_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="copies"
    )

    class Meta:
        abstract = True


class Endable(models.Model):
    """A node that may be withdrawn with a reason and is never removed.

    `ended_on` is the first day on which it counts no longer.
    """

    ended_on = models.DateField(_("调出日期"), null=True, blank=True)
    end_reason = models.CharField(_("调出原因"), max_length=300, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_ended_with_day_reason_and_hand",
                condition=Q(ended_on__isnull=True, ended_by__isnull=True, end_reason="")
                | (Q(ended_on__isnull=False, ended_by__isnull=False) & ~Q(end_reason="")),
            ),
        ]


class Action(Kept, Editable, Sourced, Endable):
    """One of the programmes of a campaign; `part` names the campaign within it. 攻坚行动"""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="actions")
    part = models.ForeignKey(
        Campaign,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="part_actions",
        help_text="a campaign below the action's own; counted in both",
    )
    seq = models.PositiveIntegerField(_("序号"))
    name = models.CharField(_("名称"), max_length=80)

    class Meta:
        ordering = ["seq"]
        constraints = [
            *Endable.Meta.constraints,
            models.UniqueConstraint(fields=["campaign", "seq"], name="action_seq_once"),
        ]

    def __str__(self) -> str:
        return self.name


class TargetQuerySet(models.QuerySet["Target"]):
    """Adjectives for targets."""

    def of_year(self, year: int) -> Self:
        return self.filter(action__campaign__year=year)


class Target(Kept, Editable, Sourced, Endable):
    """A number the plan commits to, with its sentence. 目标"""

    class Kind(models.TextChoices):
        FLOW = "flow", _("流量（全年累计）")
        STOCK = "stock", _("存量（时点数）")
        RATE = "rate", _("比率")
        GROWTH = "growth", _("增长率")
        DONE = "done", _("完成与否")

    class Comparator(models.TextChoices):
        AT_LEAST = ">=", _("不低于")
        AT_MOST = "<=", _("不高于")
        EXACTLY = "=", _("达到")
        ABOUT = "~", _("左右")

    class Trajectory(models.TextChoices):
        LINEAR_MONTH = "LINEAR_MONTH", _("按月均衡")
        LINEAR_DAY = "LINEAR_DAY", _("按日均衡")

    action = models.ForeignKey(Action, models.PROTECT, related_name="targets")
    seq = models.PositiveIntegerField(_("序号"))
    metric = models.CharField(_("目标名称"), max_length=80)
    qualifier = models.CharField(_("限定"), max_length=30, blank=True)
    kind = models.CharField(_("类型"), max_length=8, choices=Kind, default=Kind.FLOW)
    comparator = models.CharField(_("比较"), max_length=2, choices=Comparator)
    unit = models.CharField(_("单位"), max_length=20, blank=True, help_text="as it is written")
    factor = models.DecimalField(
        max_digits=24, decimal_places=8, default=1, help_text="base units in one written unit"
    )
    decimals = models.PositiveSmallIntegerField(default=0, help_text="shown after the point")
    deadline = models.DateField(_("完成时限"), help_text="last day of the period")
    deadline_precision = models.CharField(max_length=8, choices=Precision, default=Precision.YEAR)
    measures = models.CharField(_("工作措施"), max_length=300, blank=True)
    trajectory = models.CharField(
        _("序时"), max_length=14, choices=Trajectory, default=Trajectory.LINEAR_MONTH
    )

    objects = models.Manager.from_queryset(TargetQuerySet)()

    class Meta:
        ordering = ["action__seq", "seq"]
        constraints = [
            *Endable.Meta.constraints,
            models.UniqueConstraint(fields=["action", "seq"], name="target_seq_once"),
            models.CheckConstraint(name="target_factor_positive", condition=Q(factor__gt=0)),
        ]

    def __str__(self) -> str:
        return self.metric


class Task(Kept, Editable, Sourced, Endable):
    """A dated piece of work under an action, in words. 攻坚任务"""

    action = models.ForeignKey(Action, models.PROTECT, related_name="tasks")
    seq = models.PositiveIntegerField(_("序号"))
    title = models.CharField(_("任务"), max_length=300)
    measures = models.CharField(_("工作措施"), max_length=300, blank=True)
    deadline = models.DateField(_("完成时限"))
    deadline_precision = models.CharField(max_length=8, choices=Precision, default=Precision.YEAR)

    class Meta:
        ordering = ["action__seq", "seq"]
        constraints = [
            *Endable.Meta.constraints,
            models.UniqueConstraint(fields=["action", "seq"], name="task_seq_once"),
        ]

    def __str__(self) -> str:
        return self.title


class Milestone(Kept, Editable, Sourced, Endable):
    """A dated intermediate result of an action, a target or a task. 节点"""

    action = models.ForeignKey(Action, models.PROTECT, related_name="milestones")
    task = models.ForeignKey(Task, models.PROTECT, null=True, blank=True, related_name="milestones")
    target = models.ForeignKey(
        Target, models.PROTECT, null=True, blank=True, related_name="milestones"
    )
    value = models.DecimalField(
        _("到时应完成"),
        max_digits=22,
        decimal_places=6,
        null=True,
        blank=True,
        help_text="of its target, in base units",
    )
    seq = models.PositiveIntegerField(_("序号"))
    text = models.CharField(_("节点"), max_length=300)
    day = models.DateField(_("日期"), help_text="last day of the period")
    precision = models.CharField(max_length=8, choices=Precision)

    class Meta:
        ordering = ["action__seq", "seq"]
        constraints = [
            *Endable.Meta.constraints,
            models.UniqueConstraint(fields=["action", "seq"], name="milestone_seq_once"),
            models.CheckConstraint(
                name="milestone_of_one_thing",
                condition=Q(task__isnull=True) | Q(target__isnull=True),
            ),
            models.CheckConstraint(
                name="milestone_value_only_of_a_target",
                condition=Q(value__isnull=True) | Q(target__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.text
