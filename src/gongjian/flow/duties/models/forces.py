"""Task forces: a leader, deputies, units, a liaison and service officers over one thing."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongjian.flow.duties.models.subjects import KINDS, OverOne
from gongjian.foundation.orgs.models import FromTo, Post, Unit
from gongjian.foundation.records.models import Editable, Kept


class TaskForce(Kept, Editable, FromTo, OverOne):
    """A temporary team over an action, target, task or project, from–to. 专班"""

    name = models.CharField(_("名称"), max_length=60)
    basis = models.CharField(_("依据"), max_length=120, blank=True)

    class Meta(FromTo.Meta):
        ordering = ["pk"]
        constraints = [
            *FromTo.Meta.constraints,
            *OverOne.Meta.constraints,
            *(
                models.UniqueConstraint(
                    fields=[kind],
                    condition=Q(valid_to__isnull=True),
                    name=f"one_open_force_a_{kind}",
                )
                for kind in KINDS
            ),
        ]

    def __str__(self) -> str:
        return self.name


class TaskForceMember(Kept, FromTo):
    """A post or a unit in a task force, from–to. 专班成员"""

    class Role(models.TextChoices):
        HEAD = "head", _("组长")
        DEPUTY = "deputy", _("副组长")
        MEMBER = "member", _("成员单位")
        LIAISON = "liaison", _("联络员")
        OFFICER = "officer", _("服务专员")

    force = models.ForeignKey(TaskForce, models.PROTECT, related_name="members")
    role = models.CharField(_("角色"), max_length=8, choices=Role)
    post = models.ForeignKey(
        Post, models.PROTECT, null=True, blank=True, related_name="force_places"
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="force_places"
    )
    order = models.PositiveIntegerField(default=0)

    class Meta(FromTo.Meta):
        ordering = ["order", "pk"]
        constraints = [
            *FromTo.Meta.constraints,
            models.CheckConstraint(
                name="units_are_members_and_posts_the_rest",
                condition=Q(role="member", unit__isnull=False, post__isnull=True)
                | (~Q(role="member") & Q(unit__isnull=True, post__isnull=False)),
            ),
            models.UniqueConstraint(
                fields=["force"],
                condition=Q(role="head", valid_to__isnull=True),
                name="one_head_a_force",
            ),
            models.UniqueConstraint(
                fields=["force", "unit"],
                condition=Q(unit__isnull=False, valid_to__isnull=True),
                name="unit_once_a_force",
            ),
            models.UniqueConstraint(
                fields=["force", "post", "role"],
                condition=Q(post__isnull=False, valid_to__isnull=True),
                name="post_once_a_force",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.force_id} {self.role}"
