"""The tasks of the level above, and which of ours answer them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongjian.flow.plan.models.campaigns import Campaign
from gongjian.flow.plan.models.tree import Action, Target, Task
from gongjian.foundation.orgs.models import FromTo
from gongjian.foundation.records.models import Editable, Kept

ONE_SUBJECT = (
    Q(action__isnull=False, target__isnull=True, task__isnull=True)
    | Q(action__isnull=True, target__isnull=False, task__isnull=True)
    | Q(action__isnull=True, target__isnull=True, task__isnull=False)
)


class SuperiorTask(Kept, Editable):
    """A task of the level above that this plan takes up, with a number or none. 上级任务"""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="superior_tasks")
    seq = models.PositiveIntegerField()
    title = models.CharField(max_length=120)
    issuer = models.CharField(max_length=60)
    doc_no = models.CharField(max_length=60, blank=True)
    summary = models.CharField(_("要求"), max_length=300, blank=True)
    comparator = models.CharField(
        _("比较"), max_length=2, choices=Target.Comparator, default=Target.Comparator.AT_LEAST
    )
    value = models.DecimalField(
        _("上级下达数"),
        max_digits=22,
        decimal_places=6,
        null=True,
        blank=True,
        help_text="in base units; None: the task has no number",
    )
    unit = models.CharField(_("单位"), max_length=20, blank=True)
    factor = models.DecimalField(max_digits=24, decimal_places=8, default=1)
    deadline = models.DateField(_("上级时限"), null=True, blank=True)

    class Meta:
        ordering = ["seq"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "seq"], name="superior_task_seq_once"),
            models.CheckConstraint(name="superior_task_factor_positive", condition=Q(factor__gt=0)),
        ]

    def __str__(self) -> str:
        return self.title


class Alignment(Kept, FromTo):
    """Which action, target or task of ours answers a task from above, from–to. 对应关系"""

    superior = models.ForeignKey(SuperiorTask, models.PROTECT, related_name="alignments")
    action = models.ForeignKey(
        Action, models.PROTECT, null=True, blank=True, related_name="alignments"
    )
    target = models.ForeignKey(
        Target, models.PROTECT, null=True, blank=True, related_name="alignments"
    )
    task = models.ForeignKey(Task, models.PROTECT, null=True, blank=True, related_name="alignments")
    share = models.DecimalField(
        _("承接份额"),
        max_digits=7,
        decimal_places=6,
        null=True,
        blank=True,
        help_text="a fraction of the task from above; None: not divided",
    )
    reason = models.CharField(
        _("说明"), max_length=200, blank=True, help_text="why more or earlier than asked"
    )

    class Meta(FromTo.Meta):
        ordering = ["superior__seq", "pk"]
        constraints = [
            *FromTo.Meta.constraints,
            models.CheckConstraint(name="alignment_has_one_subject", condition=ONE_SUBJECT),
            models.CheckConstraint(
                name="alignment_share_is_a_part",
                condition=Q(share__isnull=True) | Q(share__gt=0, share__lte=1),
            ),
            *(
                models.UniqueConstraint(
                    fields=["superior", subject],
                    condition=Q(valid_to__isnull=True),
                    name=f"aligned_once_a_{subject}",
                )
                for subject in ("action", "target", "task")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.superior_id} {self.action_id or self.target_id or self.task_id}"
