"""The document, what was found in it, and the tree that was adopted."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongjian.foundation.files.models import StoredFile
from gongjian.foundation.records.models import Editable, Kept


class Precision(models.TextChoices):
    """How exactly a planned date was given; it compares by its last day. 时限精度"""

    DAY = "day", _("日")
    TEN_DAY = "ten_day", _("旬")
    MONTH = "month", _("月")
    QUARTER = "quarter", _("季")
    HALF = "half", _("半年")
    YEAR = "year", _("年")


class Campaign(Kept, Editable):
    """A year of key work, the root of the plan; may hold campaigns. 重点工作攻坚年"""

    name = models.CharField(_("名称"), max_length=80)
    year = models.PositiveSmallIntegerField(_("年度"))
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="below")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["name", "year"], name="campaign_once_a_year"),
            models.CheckConstraint(
                name="campaign_is_not_its_own_part",
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PlanDocument(Kept, Editable):
    """A plan as it came: its bytes, the text that was read, and how far its review is. 方案文件"""

    class State(models.TextChoices):
        WAITING = "waiting", _("等待读取")
        REVIEW = "review", _("待审核")
        ADOPTED = "adopted", _("已定稿")
        UNREADABLE = "unreadable", _("读不出来")

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="documents")
    title = models.CharField(_("标题"), max_length=200)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    text = models.TextField(blank=True, help_text="as read; spans count its code points")
    blocks = models.JSONField(default=list, help_text="see queries/pages.py")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    trouble = models.CharField(max_length=300, blank=True, help_text="why it cannot be read")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    adopted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    adopted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign", "file"], name="plan_file_once_a_campaign"),
            models.CheckConstraint(
                name="plan_adopted_by_and_at_together",
                condition=Q(adopted_by__isnull=True, adopted_at__isnull=True)
                | Q(adopted_by__isnull=False, adopted_at__isnull=False, state="adopted"),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Candidate(Kept, Editable):
    """What the reader found and a person has to judge; it enters the plan by no other way. 候选"""

    class Kind(models.TextChoices):
        ACTION = "action", _("行动")
        TARGET = "target", _("目标")
        TASK = "task", _("任务")
        MILESTONE = "milestone", _("节点")

    class State(models.TextChoices):
        PENDING = "pending", _("未审")
        ACCEPTED = "accepted", _("已采用")
        EDITED = "edited", _("改后采用")
        REJECTED = "rejected", _("已驳回")

    document = models.ForeignKey(PlanDocument, models.PROTECT, related_name="candidates")
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    under = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="holds",
        help_text="the action it stands under",
    )
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    evidence = models.TextField()
    found = models.JSONField(help_text="the fields as they were found; never changed")
    fields = models.JSONField(help_text="the fields as they stand now")
    confidence = models.DecimalField(max_digits=4, decimal_places=3)
    reason = models.CharField(max_length=40)
    reason_params = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State, default=State.PENDING)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    why_rejected = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["seq"]
        constraints = [
            models.UniqueConstraint(fields=["document", "seq"], name="candidate_seq_once"),
            models.CheckConstraint(name="candidate_span_rises", condition=Q(end__gt=F("start"))),
            models.CheckConstraint(
                name="candidate_decided_by_and_at_together",
                condition=Q(state="pending", decided_by__isnull=True, decided_at__isnull=True)
                | (~Q(state="pending") & Q(decided_by__isnull=False, decided_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="candidate_rejected_with_reason",
                condition=~Q(state="rejected") | ~Q(why_rejected=""),
            ),
        ]

    def __str__(self) -> str:
        return self.evidence[:40]


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
