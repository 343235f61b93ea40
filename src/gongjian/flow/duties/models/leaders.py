"""Leaders: who leads an action, target or task, and who sponsors a project; tied to posts."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongjian.flow.duties.models.subjects import KINDS, OverOne
from gongjian.foundation.orgs.models import FromTo, Post
from gongjian.foundation.records.models import Editable, Kept


class Sponsorship(Kept, Editable, FromTo, OverOne):
    """A post whose holder leads a piece of work or sponsors a project, from–to. 包靠"""

    class Role(models.TextChoices):
        LEAD_LEADER = "lead_leader", _("牵头领导")
        SPONSOR = "sponsor", _("包靠领导")

    role = models.CharField(_("角色"), max_length=12, choices=Role)
    post = models.ForeignKey(Post, models.PROTECT, related_name="sponsorships")
    basis = models.CharField(_("依据"), max_length=120, blank=True)

    class Meta(FromTo.Meta):
        ordering = ["pk"]
        constraints = [
            *FromTo.Meta.constraints,
            *OverOne.Meta.constraints,
            models.CheckConstraint(
                name="sponsors_stand_over_projects",
                condition=Q(role="sponsor", project__isnull=False)
                | Q(role="lead_leader", project__isnull=True),
            ),
            *(
                models.UniqueConstraint(
                    fields=[kind],
                    condition=Q(valid_to__isnull=True),
                    name=f"one_open_leader_a_{kind}",
                )
                for kind in KINDS
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post_id} {self.role}"
