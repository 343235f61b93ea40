"""Who answers for what, from–to."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongjian.flow.duties.models.subjects import KINDS, HasSubject, exactly_one
from gongjian.flow.plan.models import Action, Target, Task
from gongjian.flow.projects.models import Project
from gongjian.foundation.orgs.models import Unit
from gongjian.foundation.records.models import Editable, Kept


class Duty(HasSubject, Kept, Editable):
    """One unit's part in a piece of work; proposed by words, then confirmed. 责任"""

    class Role(models.TextChoices):
        LEAD = "lead", _("牵头单位")
        RESPONSIBLE = "responsible", _("责任单位")
        SUPPORTING = "supporting", _("配合单位")

    action = models.ForeignKey(Action, models.PROTECT, null=True, blank=True, related_name="duties")
    target = models.ForeignKey(Target, models.PROTECT, null=True, blank=True, related_name="duties")
    task = models.ForeignKey(Task, models.PROTECT, null=True, blank=True, related_name="duties")
    project = models.ForeignKey(
        Project, models.PROTECT, null=True, blank=True, related_name="duties"
    )
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="duties")
    role = models.CharField(_("角色"), max_length=12, choices=Role)
    order = models.PositiveIntegerField(default=0)
    fills = models.BooleanField(default=False, help_text="this unit fills the target's figure")
    from_words = models.CharField(
        max_length=120, blank=True, help_text="the words of the plan it was proposed from"
    )
    basis = models.CharField(
        _("依据"), max_length=120, blank=True, help_text="of a change after the list was issued"
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(name="duty_has_one_subject", condition=exactly_one()),
            models.CheckConstraint(
                name="duty_ends_after_it_begins",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
            ),
            models.CheckConstraint(
                name="duty_confirmed_by_and_at_together",
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False),
            ),
            *(
                models.UniqueConstraint(
                    fields=[subject],
                    condition=Q(role="lead", valid_to__isnull=True),
                    name=f"one_lead_a_{subject}",
                )
                for subject in KINDS
            ),
            models.UniqueConstraint(
                fields=["target"],
                condition=Q(fills=True, valid_to__isnull=True),
                name="one_unit_fills_a_target",
            ),
            *(
                models.UniqueConstraint(
                    fields=[subject, "unit"],
                    condition=Q(**{f"{subject}__isnull": False}, valid_to__isnull=True),
                    name=f"unit_once_a_{subject}",
                )
                for subject in KINDS
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.role}"
