"""What was decided about each target in each period, by which rules, with which numbers."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongjian.flow.plan.models import Target
from gongjian.flow.progress.models import Period, Report
from gongjian.foundation.records.models import Kept


class LightColour(models.TextChoices):
    """The four lights. 灯"""

    GREEN = "green", _("绿")
    YELLOW = "yellow", _("黄")
    RED = "red", _("红")
    GREY = "grey", _("灰")


class RulePackVersion(Kept):
    """One version of a place's rules for lights; never edited after use. 亮灯规则"""

    code = models.CharField(max_length=40)
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=60)
    source = models.CharField(max_length=200)
    params = models.JSONField()
    valid_from = models.DateField()
    published_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "number"], name="rule_pack_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.code} v{self.number}"


class VerdictQuerySet(models.QuerySet["Verdict"]):
    """Adjectives for verdicts."""

    def standing(self) -> Self:
        return self.filter(superseded=False)

    def as_of(self, day: date) -> Self:
        return self.filter(as_of__lte=day)


class Verdict(Kept):
    """One target's light in one period, with the rule that fired and its numbers. 研判结论"""

    target = models.ForeignKey(Target, models.PROTECT, related_name="verdicts")
    period = models.ForeignKey(Period, models.PROTECT, related_name="verdicts")
    pack = models.ForeignKey(RulePackVersion, models.PROTECT, related_name="+")
    report = models.ForeignKey(Report, models.PROTECT, null=True, blank=True, related_name="+")
    as_of = models.DateField()
    judged_at = models.DateTimeField()
    frozen = models.BooleanField(help_text="judged after the freeze, from the snapshot")
    light = models.CharField(max_length=6, choices=LightColour)
    first_light = models.CharField(max_length=6, choices=LightColour)
    made_good = models.BooleanField(default=False, help_text="the gap was filled later: 补齐")
    rule = models.CharField(max_length=12, help_text="the rule that fired, or why none could")
    numbers = models.JSONField(help_text="expected, actual, gap, ratio, as decimal strings")
    superseded = models.BooleanField(default=False)

    objects = models.Manager.from_queryset(VerdictQuerySet)()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["target", "period"],
                condition=Q(superseded=False),
                name="one_standing_verdict",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.target_id} {self.period_id} {self.light}"
