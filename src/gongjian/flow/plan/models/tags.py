"""Tags over the tree, such as the six industrial clusters, with targets of their own."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongjian.flow.plan.models.campaigns import Campaign, Precision
from gongjian.flow.plan.models.superior import ONE_SUBJECT
from gongjian.flow.plan.models.tree import Action, Endable, Target, Task
from gongjian.foundation.orgs.models import FromTo
from gongjian.foundation.records.models import Editable, Kept


class Tag(Kept, Editable, Endable):
    """A name that gathers actions, targets and tasks across the tree; may hold tags. 标签"""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="tags")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="below")
    seq = models.PositiveIntegerField(_("序号"))
    name = models.CharField(_("名称"), max_length=40)

    class Meta:
        ordering = ["seq"]
        constraints = [
            *Endable.Meta.constraints,
            models.UniqueConstraint(fields=["campaign", "name"], name="tag_name_once"),
            models.CheckConstraint(
                name="tag_is_not_its_own_parent",
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class TagMember(Kept, FromTo):
    """An action, target or task that bears a tag, from–to. 标签成员"""

    tag = models.ForeignKey(Tag, models.PROTECT, related_name="members")
    action = models.ForeignKey(Action, models.PROTECT, null=True, blank=True, related_name="tagged")
    target = models.ForeignKey(Target, models.PROTECT, null=True, blank=True, related_name="tagged")
    task = models.ForeignKey(Task, models.PROTECT, null=True, blank=True, related_name="tagged")

    class Meta(FromTo.Meta):
        constraints = [
            *FromTo.Meta.constraints,
            models.CheckConstraint(name="tag_member_is_one_thing", condition=ONE_SUBJECT),
            *(
                models.UniqueConstraint(
                    fields=["tag", subject],
                    condition=Q(valid_to__isnull=True),
                    name=f"tagged_once_a_{subject}",
                )
                for subject in ("action", "target", "task")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.tag_id} {self.action_id or self.target_id or self.task_id}"


class TagTarget(Kept, Editable, Endable):
    """A number a tag is to reach as a whole, beside those of its members. 标签目标"""

    tag = models.ForeignKey(Tag, models.PROTECT, related_name="targets")
    metric = models.CharField(_("目标名称"), max_length=80)
    kind = models.CharField(_("类型"), max_length=8, choices=Target.Kind, default=Target.Kind.FLOW)
    comparator = models.CharField(
        _("比较"), max_length=2, choices=Target.Comparator, default=Target.Comparator.AT_LEAST
    )
    value = models.DecimalField(
        max_digits=22, decimal_places=6, null=True, blank=True, help_text="in base units"
    )
    unit = models.CharField(_("单位"), max_length=20, blank=True, help_text="as it is written")
    factor = models.DecimalField(max_digits=24, decimal_places=8, default=1)
    deadline = models.DateField(_("完成时限"))
    deadline_precision = models.CharField(max_length=8, choices=Precision, default=Precision.YEAR)
    basis = models.CharField(_("依据"), max_length=120, blank=True)

    class Meta:
        ordering = ["tag__seq", "pk"]
        constraints = [
            *Endable.Meta.constraints,
            models.CheckConstraint(name="tag_target_factor_positive", condition=Q(factor__gt=0)),
        ]

    def __str__(self) -> str:
        return self.metric
