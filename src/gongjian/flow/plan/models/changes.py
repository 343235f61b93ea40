"""What moved after the plan was adopted: proposals with their approval, and frozen versions."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongjian.flow.plan.models.campaigns import Campaign, Precision
from gongjian.flow.plan.models.documents import PlanDocument
from gongjian.flow.plan.models.tree import Milestone, Target, Task
from gongjian.foundation.records.models import Editable, Kept

ONE_SUBJECT = (
    Q(target__isnull=False, task__isnull=True, milestone__isnull=True)
    | Q(target__isnull=True, task__isnull=False, milestone__isnull=True)
    | Q(target__isnull=True, task__isnull=True, milestone__isnull=False)
)


class PlanChange(Kept, Editable):
    """A value or a date that somebody wants moved: why, from what to what, who approved.

    An approved change of a date is the record of that move: old, new, day, reason, by whom. 调整
    """

    class What(models.TextChoices):
        VALUE = "value", _("目标值")
        DATE = "date", _("时限")

    class State(models.TextChoices):
        PROPOSED = "proposed", _("待批准")
        APPROVED = "approved", _("已批准")
        REFUSED = "refused", _("未批准")
        WITHDRAWN = "withdrawn", _("已撤回")

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="changes")
    target = models.ForeignKey(
        Target, models.PROTECT, null=True, blank=True, related_name="changes"
    )
    task = models.ForeignKey(Task, models.PROTECT, null=True, blank=True, related_name="changes")
    milestone = models.ForeignKey(
        Milestone, models.PROTECT, null=True, blank=True, related_name="changes"
    )
    what = models.CharField(max_length=6, choices=What)
    old_value = models.DecimalField(max_digits=22, decimal_places=6, null=True, blank=True)
    old_max = models.DecimalField(max_digits=22, decimal_places=6, null=True, blank=True)
    new_value = models.DecimalField(max_digits=22, decimal_places=6, null=True, blank=True)
    new_max = models.DecimalField(max_digits=22, decimal_places=6, null=True, blank=True)
    old_date = models.DateField(null=True, blank=True)
    old_precision = models.CharField(max_length=8, choices=Precision, blank=True)
    new_date = models.DateField(null=True, blank=True)
    new_precision = models.CharField(max_length=8, choices=Precision, blank=True)
    reason = models.CharField(_("原因"), max_length=300)
    basis = models.CharField(_("依据"), max_length=120, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.PROPOSED)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decision = models.CharField(_("意见"), max_length=300, blank=True)
    valid_from = models.DateField(
        null=True, blank=True, help_text="the first day the new one holds; set by the approval"
    )

    class Meta:
        ordering = ["-proposed_at", "-pk"]
        constraints = [
            models.CheckConstraint(name="change_has_one_subject", condition=ONE_SUBJECT),
            models.CheckConstraint(
                name="change_of_value_or_date",
                condition=Q(
                    what="value", target__isnull=False, new_value__isnull=False, new_date=None
                )
                | Q(what="date", old_date__isnull=False, new_date__isnull=False, new_value=None),
            ),
            models.CheckConstraint(name="change_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="change_decided_by_and_at_together",
                condition=Q(state="proposed", decided_by__isnull=True, decided_at__isnull=True)
                | (~Q(state="proposed") & Q(decided_by__isnull=False, decided_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="change_is_approved_by_another",
                condition=~Q(state__in=["approved", "refused"]) | ~Q(decided_by=F("proposed_by")),
            ),
            models.CheckConstraint(
                name="change_approved_from_a_day",
                condition=~Q(state="approved") | Q(valid_from__isnull=False),
            ),
            *(
                models.UniqueConstraint(
                    fields=[subject, "what"],
                    condition=Q(state="proposed"),
                    name=f"one_open_change_a_{subject}",
                )
                for subject in ("target", "task", "milestone")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.target_id or self.task_id or self.milestone_id}"

    @property
    def subject(self) -> Target | Task | Milestone:
        """What is to be moved."""
        found = self.target or self.task or self.milestone
        assert found is not None  # a constraint of the table
        return found


class PlanVersion(Kept):
    """The whole plan as it stood on a day, frozen when something moved it. 计划版本"""

    class Cause(models.TextChoices):
        ADOPTION = "adoption", _("方案定稿")
        CHANGES = "changes", _("批准调整")
        HAND = "hand", _("手工存档")

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("版本"))
    title = models.CharField(_("名称"), max_length=80)
    cause = models.CharField(max_length=10, choices=Cause)
    document = models.ForeignKey(
        PlanDocument, models.PROTECT, null=True, blank=True, related_name="+"
    )
    day = models.DateField(help_text="the day whose values it holds")
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    frozen_at = models.DateTimeField()
    rows = models.JSONField(help_text="one object a node; see queries/versions.py")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "number"], name="plan_version_number_once"),
        ]

    def __str__(self) -> str:
        return f"V{self.number} {self.title}"
