"""What is kept of rates: what each counts, as of when, and every result with its two numbers."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongjian.flow.projects.models.lists import ProjectList
from gongjian.foundation.records.models import Kept


class RateDefinition(Kept):
    """What a rate divides by what, by version; one that was used is never edited. 比率口径"""

    code = models.CharField(_("代码"), max_length=40)
    number = models.PositiveIntegerField(_("版本"))
    name = models.CharField(_("名称"), max_length=40)
    source = models.CharField(_("来源"), max_length=200)
    params = models.JSONField(help_text="numerator, denominator, scope: see engine/ratebook.py")
    valid_from = models.DateField()
    published_at = models.DateTimeField()

    class Meta:
        ordering = ["code", "number"]
        constraints = [
            models.UniqueConstraint(fields=["code", "number"], name="rate_definition_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name} v{self.number}"


class RateResult(Kept):
    """A rate as it was reckoned, frozen with its numbers, definition and list. 比率结果"""

    definition = models.ForeignKey(RateDefinition, models.PROTECT, related_name="results")
    list = models.ForeignKey(ProjectList, models.PROTECT, related_name="rates")
    list_number = models.PositiveIntegerField(_("清单版本"), help_text="0: nothing was on it yet")
    list_day = models.DateField(_("清单日期"), help_text="the day the list is read of")
    as_of = models.DateField(_("截至"))
    known_at = models.DateTimeField(help_text="what was accepted later is not in it")
    numerator = models.DecimalField(max_digits=22, decimal_places=6)
    denominator = models.DecimalField(max_digits=22, decimal_places=6)
    rate = models.DecimalField(
        max_digits=18, decimal_places=6, null=True, blank=True, help_text="fraction, not clamped"
    )
    unreported = models.PositiveIntegerField(
        default=0, help_text="projects in scope whose figure nobody reported"
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="rate_of_nothing_is_none",
                condition=Q(denominator=0, rate__isnull=True)
                | (~Q(denominator=0) & Q(rate__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.definition_id} {self.as_of} {self.rate}"
