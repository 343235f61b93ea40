"""What is kept of a project; duties point at it, stages and money hang on it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongjian.flow.plan.models import Action, Campaign, Precision
from gongjian.foundation.orgs.models import FromTo, Region, Unit
from gongjian.foundation.records.models import Editable, Kept


class Track(models.TextChoices):
    """Which row of stages a project goes through. 项目轨道"""

    ENTERPRISE = "enterprise", _("企业投资")
    GOVERNMENT = "government", _("政府投资")


class PlanClass(models.TextChoices):
    """What a year's plan expects of a project. 年度计划类别"""

    NEW = "new", _("新开工")
    CONTINUED = "continued", _("续建")
    COMPLETING = "completing", _("竣工")
    PREPARING = "preparing", _("前期")


class Nature(models.TextChoices):
    """What is built, in the words of the filing. 建设性质"""

    NEW = "new", _("新建")
    EXTENSION = "extension", _("扩建")
    CONVERSION = "conversion", _("改建")
    TECHNICAL = "technical", _("技术改造")
    RELOCATION = "relocation", _("迁建")


class Category(models.TextChoices):
    """The office's own sorting of projects. 项目类别"""

    INDUSTRY = "industry", _("产业")
    INFRASTRUCTURE = "infrastructure", _("基础设施")
    LIVELIHOOD = "livelihood", _("社会民生")
    ECOLOGY = "ecology", _("生态环保")
    OTHER = "other", _("其他")


class Standing(models.TextChoices):
    """Whether a project is still on its way. 项目状态"""

    ACTIVE = "active", _("推进中")
    SUSPENDED = "suspended", _("暂停")
    TERMINATED = "terminated", _("终止")
    RELOCATED = "relocated", _("迁出")
    SPLIT = "split", _("已拆分")
    MERGED = "merged", _("已并入")


class Project(Kept, Editable):
    """A major project of a campaign, one row for its whole life. 重点项目"""

    campaign = models.ForeignKey(
        Campaign, models.PROTECT, related_name="projects", help_text="where it was registered"
    )
    action = models.ForeignKey(
        Action, models.PROTECT, null=True, blank=True, related_name="projects"
    )
    seq = models.PositiveIntegerField(_("序号"), null=True, blank=True, help_text="of the ledger")
    name = models.CharField(_("项目名称"), max_length=120)
    code = models.CharField(_("项目代码"), max_length=30, blank=True)
    phase = models.CharField(
        _("期次"), max_length=10, blank=True, help_text="where one code covers several phases"
    )
    track = models.CharField(_("轨道"), max_length=10, choices=Track, default=Track.ENTERPRISE)
    category = models.CharField(_("项目类别"), max_length=14, choices=Category, blank=True)
    nature = models.CharField(_("建设性质"), max_length=10, choices=Nature, blank=True)
    industry = models.CharField(
        _("行业"), max_length=5, blank=True, help_text="GB/T 4754: a letter and up to four digits"
    )
    promoted = models.BooleanField(_("双招双引项目"), default=False)
    bundle = models.BooleanField(_("打捆项目"), default=False)

    owner = models.CharField(_("建设单位"), max_length=80, blank=True)
    uscc = models.CharField(_("统一社会信用代码"), max_length=18, blank=True)
    investor = models.CharField(_("投资方"), max_length=80, blank=True)
    investor_place = models.CharField(_("投资方所在地"), max_length=40, blank=True)

    township = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="projects"
    )
    filler = models.ForeignKey(
        Unit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("填报单位"),
        help_text="empty: the township",
    )
    place = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="+", help_text="GB/T 2260"
    )
    site = models.CharField(_("建设地点"), max_length=120, blank=True)
    scope = models.TextField(_("建设内容及规模"), blank=True)

    total_investment = models.DecimalField(
        _("总投资"), max_digits=20, decimal_places=2, null=True, blank=True, help_text="元"
    )
    fixed_investment = models.DecimalField(
        _("固定资产投资"), max_digits=20, decimal_places=2, null=True, blank=True, help_text="元"
    )
    contract_funds = models.DecimalField(
        _("合同引资额"), max_digits=20, decimal_places=2, null=True, blank=True, help_text="元"
    )

    planned_start = models.DateField(
        _("计划开工"), null=True, blank=True, help_text="last day of the period"
    )
    planned_start_precision = models.CharField(max_length=8, choices=Precision, blank=True)
    planned_finish = models.DateField(_("计划竣工"), null=True, blank=True)
    planned_finish_precision = models.CharField(max_length=8, choices=Precision, blank=True)
    planned_production = models.DateField(_("计划投产"), null=True, blank=True)
    planned_production_precision = models.CharField(max_length=8, choices=Precision, blank=True)

    land_secured_on = models.DateField(_("用地落实日期"), null=True, blank=True)
    stat_enrolled_on = models.DateField(_("入统日期"), null=True, blank=True)
    scale_enrolled_on = models.DateField(_("入规日期"), null=True, blank=True)
    expected_sales = models.DecimalField(
        _("预计年销售收入"), max_digits=20, decimal_places=2, null=True, blank=True, help_text="元"
    )
    expected_tax = models.DecimalField(
        _("预计年利税"), max_digits=20, decimal_places=2, null=True, blank=True, help_text="元"
    )
    expected_jobs = models.PositiveIntegerField(_("预计就业"), null=True, blank=True)
    remark = models.CharField(_("备注"), max_length=300, blank=True)

    standing = models.CharField(_("状态"), max_length=10, choices=Standing, default=Standing.ACTIVE)
    registered_on = models.DateField(_("登记日期"), null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "code", "phase"],
                condition=~Q(code="") & ~Q(standing__in=["merged", "split"]),
                name="project_code_once_a_campaign",
            ),
            models.CheckConstraint(
                name="project_investment_not_negative",
                condition=Q(total_investment__isnull=True) | Q(total_investment__gte=0),
            ),
            *(
                models.CheckConstraint(
                    name=f"{field}_with_its_precision",
                    condition=Q(**{f"{field}__isnull": True, f"{field}_precision": ""})
                    | (Q(**{f"{field}__isnull": False}) & ~Q(**{f"{field}_precision": ""})),
                )
                for field in ("planned_start", "planned_finish", "planned_production")
            ),
        ]
        indexes = [models.Index(fields=["uscc"], name="project_by_uscc")]

    def __str__(self) -> str:
        return self.name


class ProjectYear(Kept, Editable):
    """A project's place in one year's plan; carried over it points at the year before. 年度安排"""

    project = models.ForeignKey(Project, models.PROTECT, related_name="years")
    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="project_years")
    plan_class = models.CharField(_("年度计划类别"), max_length=10, choices=PlanClass, blank=True)
    plan_investment = models.DecimalField(
        _("年度计划投资"), max_digits=20, decimal_places=2, null=True, blank=True, help_text="元"
    )
    done_before = models.DecimalField(
        _("截至上年底累计完成投资"),
        max_digits=20,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="元",
    )
    carried_from = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="carried_to"
    )

    class Meta:
        ordering = ["campaign__year", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["project", "campaign"], name="project_once_a_campaign"),
            models.CheckConstraint(
                name="year_money_not_negative",
                condition=(Q(plan_investment__isnull=True) | Q(plan_investment__gte=0))
                & (Q(done_before__isnull=True) | Q(done_before__gte=0)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.campaign_id}"


class ProjectName(Kept, FromTo):
    """A name a project bore before it was renamed. 项目曾用名"""

    project = models.ForeignKey(Project, models.PROTECT, related_name="former_names")
    name = models.CharField(_("项目名称"), max_length=120)
    basis = models.CharField(_("更名依据"), max_length=120)

    def __str__(self) -> str:
        return self.name


class ProjectDescent(Kept):
    """A project that came out of another: split, bundled, or found to be the same. 项目沿革"""

    class Kind(models.TextChoices):
        SPLIT = "split", _("拆分")
        BUNDLE = "bundle", _("打捆")
        MERGE = "merge", _("重复合并")

    kind = models.CharField(max_length=8, choices=Kind)
    earlier = models.ForeignKey(Project, models.PROTECT, related_name="became")
    later = models.ForeignKey(Project, models.PROTECT, related_name="came_from")
    day = models.DateField(_("日期"))
    basis = models.CharField(_("依据"), max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["earlier", "later"], name="descent_once"),
            models.CheckConstraint(
                name="nothing_descends_from_itself", condition=~Q(earlier=models.F("later"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.earlier_id} {self.kind} {self.later_id}"
