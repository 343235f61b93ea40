"""The terms of a target, each from–to: its value, how its figure is formed, what it counts."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongjian.flow.plan.models.tree import Target, Task
from gongjian.foundation.orgs.models import FromTo
from gongjian.foundation.records.models import Kept


class TargetValue(Kept, FromTo):
    """The value to reach, in base units (元, pieces, fractions), from–to.

    No value yet is a target that was copied or begun and waits for its number: never 0. 目标值
    """

    target = models.ForeignKey(Target, models.PROTECT, related_name="values")
    value = models.DecimalField(max_digits=22, decimal_places=6, null=True, blank=True)
    value_max = models.DecimalField(max_digits=22, decimal_places=6, null=True, blank=True)
    base_value = models.DecimalField(
        _("基期值"), max_digits=22, decimal_places=6, null=True, blank=True
    )
    basis = models.CharField(_("依据"), max_length=120, blank=True)

    class Meta(FromTo.Meta):
        constraints = [
            *FromTo.Meta.constraints,
            models.UniqueConstraint(
                fields=["target"], condition=Q(valid_to__isnull=True), name="one_open_target_value"
            ),
            models.CheckConstraint(
                name="target_value_range_rises",
                condition=Q(value_max__isnull=True) | Q(value_max__gte=F("value")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.target_id}: {self.value}"


class TargetSource(Kept, FromTo):
    """How the figure of a target is formed: its kind and where it comes from, from–to. 数据来源"""

    class Source(models.TextChoices):
        REPORTED = "reported", _("单位填报")
        STAGE_EVENTS = "stage_events", _("项目阶段")
        CLAIMS = "claims", _("名录")
        PROJECT_MONTHS = "project_months", _("项目月度投资")

    target = models.ForeignKey(Target, models.PROTECT, related_name="sources")
    source = models.CharField(max_length=14, choices=Source, default=Source.REPORTED)
    kind = models.CharField(max_length=8, choices=Target.Kind, default=Target.Kind.FLOW)
    numerator = models.CharField(_("分子"), max_length=80, blank=True)
    denominator = models.CharField(_("分母"), max_length=80, blank=True)
    counts = models.CharField(
        _("计什么"),
        max_length=24,
        blank=True,
        help_text="a stage for stage_events, a column for project_months; else empty",
    )
    reason = models.CharField(_("改回的原因"), max_length=300, blank=True)

    class Meta(FromTo.Meta):
        constraints = [
            *FromTo.Meta.constraints,
            models.UniqueConstraint(
                fields=["target"], condition=Q(valid_to__isnull=True), name="one_open_target_source"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.target_id}: {self.source}"


class Definition(Kept, FromTo):
    """What a target's figure counts and leaves out, or when a task is done, by version. 口径"""

    class Purpose(models.TextChoices):
        DISPATCH = "dispatch", _("调度口径")
        STATISTICS = "statistics", _("统计口径")

    target = models.ForeignKey(
        Target, models.PROTECT, null=True, blank=True, related_name="definitions"
    )
    task = models.ForeignKey(
        Task, models.PROTECT, null=True, blank=True, related_name="definitions"
    )
    number = models.PositiveIntegerField(_("版本"))
    purpose = models.CharField(max_length=10, choices=Purpose, default=Purpose.DISPATCH)
    text = models.TextField(_("口径"))
    basis = models.CharField(_("依据"), max_length=120, blank=True)

    class Meta(FromTo.Meta):
        constraints = [
            *FromTo.Meta.constraints,
            models.CheckConstraint(
                name="definition_has_one_subject",
                condition=Q(target__isnull=False, task__isnull=True)
                | Q(target__isnull=True, task__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["target", "purpose", "number"], name="definition_number_once_a_target"
            ),
            models.UniqueConstraint(
                fields=["task", "purpose", "number"], name="definition_number_once_a_task"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:40]
