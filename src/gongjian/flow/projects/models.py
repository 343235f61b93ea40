"""What is kept of a project; the register fills it, duties point at it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongjian.flow.plan.models import Action, Campaign
from gongjian.foundation.orgs.models import Unit
from gongjian.foundation.records.models import Editable, Kept


class Project(Kept, Editable):
    """A major project of a campaign, bare: enough for duties to point at. 重点项目"""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="projects")
    action = models.ForeignKey(
        Action, models.PROTECT, null=True, blank=True, related_name="projects"
    )
    name = models.CharField(_("项目名称"), max_length=120)
    code = models.CharField(_("项目代码"), max_length=30, blank=True)
    township = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="projects"
    )
    total_investment = models.DecimalField(
        _("总投资"), max_digits=20, decimal_places=2, null=True, blank=True, help_text="元"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "code"],
                condition=~Q(code=""),
                name="project_code_once_a_campaign",
            ),
            models.CheckConstraint(
                name="project_investment_not_negative",
                condition=Q(total_investment__isnull=True) | Q(total_investment__gte=0),
            ),
        ]

    def __str__(self) -> str:
        return self.name
