"""What is kept of the month sheet: cells as they were typed, until they are sent in."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongjian.flow.projects.models.money import OF_A_MONTH
from gongjian.flow.projects.models.project import Project
from gongjian.foundation.orgs.models import Unit
from gongjian.foundation.records.models import Editable, Kept


class MonthCell(Kept, Editable):
    """One cell of the month sheet, kept as it was typed until it is sent in. 月表草稿"""

    class Column(models.TextChoices):
        PLANNED = "planned", _("本月计划")
        DONE = "done", _("完成（调度）")
        STAT_DONE = "stat_done", _("完成（统计）")
        ARRIVED = "arrived", _("到位资金")
        EARLY_COST = "early_cost", _("前期费用")
        WORDS = "words", _("形象进度")

    project = models.ForeignKey(Project, models.PROTECT, related_name="cells")
    month = models.CharField(_("月份"), max_length=7, help_text="such as 2020-06")
    column = models.CharField(_("栏目"), max_length=10, choices=Column)
    unit = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="whose draft it is; empty: the office's, of a plan",
    )
    typed = models.TextField(_("所填"), blank=True, help_text="as typed, right or wrong")
    typed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    typed_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "month", "column", "unit"], name="cell_once_a_unit"
            ),
            models.UniqueConstraint(
                fields=["project", "month"],
                condition=Q(column="planned"),
                name="planned_cell_once",
            ),
            models.CheckConstraint(
                name="planned_cell_of_the_office",
                condition=Q(column="planned", unit__isnull=True)
                | (~Q(column="planned") & Q(unit__isnull=False)),
            ),
            models.CheckConstraint(name="cell_of_a_month", condition=OF_A_MONTH),
        ]
        indexes = [models.Index(fields=["month", "unit"], name="cell_by_month")]

    def __str__(self) -> str:
        return f"{self.project_id} {self.month} {self.column}"
