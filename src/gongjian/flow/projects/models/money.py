"""What is kept of money: a month planned, a month done and arrived, and where it comes from."""

from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongjian.flow.projects.models.project import Project
from gongjian.foundation.acceptance.models import Acceptance
from gongjian.foundation.orgs.models import Unit
from gongjian.foundation.records.models import Editable, Kept

# Spelt out: a regular expression needs a function that only Django.s own connection has.
OF_A_MONTH = Q(month__gte="2000-01", month__lte="2099-12") & reduce(
    or_, (Q(month__endswith=f"-{number:02}") for number in range(1, 13))
)


class MonthPlan(Kept):
    """What a project plans to invest in a month; set anew it is a new row. 月度投资计划"""

    project = models.ForeignKey(Project, models.PROTECT, related_name="month_plans")
    month = models.CharField(_("月份"), max_length=7, help_text="such as 2020-06")
    number = models.PositiveSmallIntegerField(_("版本"), default=1)
    planned = models.DecimalField(_("计划投资"), max_digits=20, decimal_places=2, help_text="元")
    set_at = models.DateTimeField()
    reason = models.CharField(
        _("调整理由"), max_length=300, blank=True, help_text="why it is not what stood before"
    )

    class Meta:
        ordering = ["project", "month", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "month", "number"], name="month_plan_number_once"
            ),
            models.CheckConstraint(name="month_plan_not_negative", condition=Q(planned__gte=0)),
            models.CheckConstraint(name="month_plan_of_a_month", condition=OF_A_MONTH),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.month}"


class InvestmentMonth(Kept, Acceptance):
    """What one unit says was invested and arrived in a month; it counts once accepted. 月度投资"""

    project = models.ForeignKey(Project, models.PROTECT, related_name="months")
    month = models.CharField(_("月份"), max_length=7, help_text="such as 2020-06")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("填报单位"))
    done = models.DecimalField(
        _("完成投资（调度口径）"),
        max_digits=20,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="元",
    )
    stat_done = models.DecimalField(
        _("完成投资（统计口径）"),
        max_digits=20,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="元",
    )
    arrived = models.DecimalField(
        _("到位资金"),
        max_digits=20,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="元, from outside the county only",
    )
    early_cost = models.DecimalField(
        _("前期费用"), max_digits=20, decimal_places=2, null=True, blank=True, help_text="元"
    )
    words = models.TextField(_("形象进度"), blank=True)
    doc_no = models.CharField(_("凭证"), max_length=80, blank=True)
    corrects = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="corrections"
    )
    correction_reason = models.CharField(_("更正理由"), max_length=300, blank=True)

    class Meta(Acceptance.Meta):
        ordering = ["month", "pk"]
        constraints = [
            *Acceptance.Meta.constraints,
            models.UniqueConstraint(
                fields=["project", "month"],
                condition=Q(corrects__isnull=True),
                name="money_once_a_project_and_month",
            ),
            models.UniqueConstraint(
                fields=["corrects"],
                condition=Q(corrects__isnull=False) & ~Q(state="accepted"),
                name="one_open_correction_a_month",
            ),
            models.CheckConstraint(
                name="money_correction_has_a_reason",
                condition=Q(corrects__isnull=True) | ~Q(correction_reason=""),
            ),
            models.CheckConstraint(
                name="accepted_money_is_not_negative",
                condition=(Q(done__isnull=True) | Q(done__gte=0))
                & (Q(stat_done__isnull=True) | Q(stat_done__gte=0))
                & (Q(arrived__isnull=True) | Q(arrived__gte=0))
                & (Q(early_cost__isnull=True) | Q(early_cost__gte=0)),
            ),
            models.CheckConstraint(name="money_of_a_month", condition=OF_A_MONTH),
        ]
        indexes = [models.Index(fields=["month", "state"], name="money_by_month")]

    def __str__(self) -> str:
        return f"{self.project_id} {self.month}"


class FundingSource(Kept, Editable):
    """Where the money of a project comes from. 资金来源"""

    class Kind(models.TextChoices):
        OWN = "own", _("企业自筹")
        LOAN = "loan", _("银行贷款")
        BOND = "bond", _("专项债券")
        CENTRAL = "central", _("中央预算内")
        LOCAL = "local", _("地方财政")
        OUTSIDE = "outside", _("市外引资")
        FOREIGN = "foreign", _("外资")
        OTHER = "other", _("其他")

    project = models.ForeignKey(Project, models.PROTECT, related_name="funding")
    kind = models.CharField(_("来源"), max_length=10, choices=Kind)
    amount = models.DecimalField(_("金额"), max_digits=20, decimal_places=2, help_text="元")
    secured_on = models.DateField(_("落实日期"), null=True, blank=True)
    basis = models.CharField(_("依据"), max_length=120, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="funding_positive", condition=Q(amount__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.kind}"
