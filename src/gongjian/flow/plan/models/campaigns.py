"""The root of a plan, and how exactly its dates are given."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

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
