"""What is kept of the map the operator brought: no map comes with the product."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongjian.foundation.records.models import Kept


class TownshipMap(Kept):
    """Where the townships lie: outlines with their review number, or points for tiles. 镇街底图"""

    class Kind(models.TextChoices):
        OUTLINES = "outlines", _("边界")
        TILES = "tiles", _("方格位置")

    kind = models.CharField(max_length=8, choices=Kind)
    review_number = models.CharField(_("审图号"), max_length=60, blank=True)
    source = models.CharField(_("来源"), max_length=120, blank=True)
    shapes = models.JSONField(help_text="{code of the unit: its rings, or its point}, degrees")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="outlines_have_a_review_number",
                condition=~Q(kind="outlines") | ~Q(review_number=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.review_number}"
