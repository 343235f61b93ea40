"""Views of the register that somebody keeps: filters, columns and order under a name."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongjian.foundation.orgs.models import Unit
from gongjian.foundation.records.models import Editable, Kept


class SavedView(Kept, Editable):
    """A name for what a list shows: one's own, a unit's, or everyone's. 存下的视图"""

    class Share(models.TextChoices):
        OWN = "own", _("只有自己")
        UNIT = "unit", _("一个单位")
        ALL = "all", _("所有人")

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    name = models.CharField(_("名称"), max_length=20)
    query = models.CharField(max_length=1000, blank=True, help_text="as it stands in the address")
    share = models.CharField(_("给谁看"), max_length=4, choices=Share, default=Share.OWN)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "name"],
                condition=Q(removed_at__isnull=True),
                name="view_name_once_an_owner",
            ),
            models.CheckConstraint(
                name="view_of_a_unit_names_it",
                condition=Q(share="unit", unit__isnull=False)
                | (~Q(share="unit") & Q(unit__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return self.name
