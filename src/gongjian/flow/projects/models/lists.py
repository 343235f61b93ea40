"""Which projects stand on which list, from when to when, by which paper."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongjian.flow.plan.models import Campaign
from gongjian.flow.projects.models.project import Project
from gongjian.foundation.orgs.models import FromTo
from gongjian.foundation.records.models import Kept


class ProjectList(Kept):
    """A list of projects that somebody approves: of a level, or of readiness. 项目清单"""

    class Kind(models.TextChoices):
        PROVINCE = "province", _("省重点")
        PREFECTURE = "prefecture", _("市重点")
        COUNTY = "county", _("县重点")
        CARRIED_OUT = "carried_out", _("实施类")
        PREPARED = "prepared", _("准备类")
        RESERVE = "reserve", _("储备类")

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="lists")
    kind = models.CharField(_("类别"), max_length=12, choices=Kind)
    name = models.CharField(_("名称"), max_length=60)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "name"], name="list_name_once"),
        ]

    def __str__(self) -> str:
        return self.name


class ListChange(Kept):
    """One act on a list with its paper; each day with changes is a version of the list. 清单调整"""

    class Kind(models.TextChoices):
        ADD = "add", _("调入")
        DROP = "drop", _("调出")
        RENAME = "rename", _("更名")
        SPLIT = "split", _("拆分")
        BUNDLE = "bundle", _("打捆")

    list = models.ForeignKey(ProjectList, models.PROTECT, related_name="changes")
    kind = models.CharField(_("调整"), max_length=8, choices=Kind)
    day = models.DateField(_("生效日期"))
    number = models.PositiveIntegerField(_("清单版本"))
    doc_no = models.CharField(_("批准文号"), max_length=80)
    reason = models.CharField(_("理由"), max_length=300, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["number", "pk"]
        constraints = [
            models.CheckConstraint(name="list_change_has_its_paper", condition=~Q(doc_no="")),
            models.CheckConstraint(
                name="dropped_with_a_reason", condition=~Q(kind="drop") | ~Q(reason="")
            ),
        ]
        indexes = [models.Index(fields=["list", "day"], name="list_change_by_day")]

    def __str__(self) -> str:
        return f"{self.list_id} {self.number} {self.kind}"


class ListMembership(Kept, FromTo):
    """A project on a list from one change to another. 清单成员"""

    list = models.ForeignKey(ProjectList, models.PROTECT, related_name="memberships")
    project = models.ForeignKey(Project, models.PROTECT, related_name="memberships")
    entered = models.ForeignKey(ListChange, models.PROTECT, related_name="entered")
    left = models.ForeignKey(ListChange, models.PROTECT, null=True, blank=True, related_name="left")

    class Meta(FromTo.Meta):
        constraints = [
            *FromTo.Meta.constraints,
            models.UniqueConstraint(
                fields=["list", "project"],
                condition=Q(valid_to__isnull=True),
                name="on_a_list_once",
            ),
            models.CheckConstraint(
                name="left_by_a_change",
                condition=Q(valid_to__isnull=True, left__isnull=True)
                | Q(valid_to__isnull=False, left__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.list_id} {self.project_id}"


class ListRename(Kept):
    """The project a change of name speaks of. 清单更名"""

    change = models.OneToOneField(ListChange, models.PROTECT, related_name="renamed")
    project = models.ForeignKey(Project, models.PROTECT, related_name="+")
    old = models.CharField(_("原名"), max_length=120)
    new = models.CharField(_("现名"), max_length=120)

    def __str__(self) -> str:
        return f"{self.old} {self.new}"
