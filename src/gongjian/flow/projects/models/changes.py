"""What changed about a project and why: planned dates, amounts, its standing, duplicates."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongjian.flow.plan.models import Precision
from gongjian.flow.projects.models.project import Project, Standing
from gongjian.foundation.records.models import Kept


class Change(Kept):
    """Something said anew on a day, by somebody, for a reason."""

    day = models.DateField(_("变更日期"))
    reason = models.CharField(_("变更原因"), max_length=300, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        abstract = True


class DateChange(Change):
    """A planned date that was moved; forecasts learn from how they move. 日期变更"""

    class Kind(models.TextChoices):
        START = "planned_start", _("计划开工")
        FINISH = "planned_finish", _("计划竣工")
        PRODUCTION = "planned_production", _("计划投产")

    project = models.ForeignKey(Project, models.PROTECT, related_name="date_changes")
    kind = models.CharField(max_length=20, choices=Kind)
    old = models.DateField(null=True, blank=True)
    old_precision = models.CharField(max_length=8, choices=Precision, blank=True)
    new = models.DateField(null=True, blank=True)
    new_precision = models.CharField(max_length=8, choices=Precision, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="moved_date_has_a_reason",
                condition=Q(old__isnull=True) | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.old} {self.new}"


class AmountChange(Change):
    """A total investment that was set anew (概算调整), so that any day's sum adds up. 总投资调整"""

    project = models.ForeignKey(Project, models.PROTECT, related_name="amount_changes")
    old = models.DecimalField(
        max_digits=20, decimal_places=2, null=True, blank=True, help_text="元"
    )
    new = models.DecimalField(
        max_digits=20, decimal_places=2, null=True, blank=True, help_text="元"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="moved_amount_has_a_reason",
                condition=Q(old__isnull=True) | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.old} {self.new}"


class RegisterChange(Change):
    """What else the register says of a project, said anew, as it read then. 登记变更"""

    project = models.ForeignKey(Project, models.PROTECT, related_name="register_changes")
    field = models.CharField(max_length=40, help_text="a column of the project or of its year")
    old = models.TextField(_("原来"), blank=True, help_text="as a person read it; empty: not said")
    new = models.TextField(_("改后"), blank=True, help_text="as a person read it; empty: not said")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.project_id} {self.field}"


class ProgressText(Kept):
    """How far a site has come on a day, in words; the newest day stands. 形象进度"""

    project = models.ForeignKey(Project, models.PROTECT, related_name="progress_texts")
    day = models.DateField(_("日期"))
    words = models.TextField(_("形象进度"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["project", "day", "pk"]
        constraints = [
            models.CheckConstraint(name="progress_text_says_something", condition=~Q(words="")),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.day}"


class StandingChange(Change):
    """A project suspended, resumed, ended or moved away. 状态变更"""

    project = models.ForeignKey(Project, models.PROTECT, related_name="standing_changes")
    standing = models.CharField(_("状态"), max_length=10, choices=Standing)
    expected_resume = models.DateField(_("预计恢复"), null=True, blank=True)
    basis = models.CharField(_("依据"), max_length=120, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="standing_has_a_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.standing}"


class DuplicateVerdict(Change):
    """Two projects that were looked at and found not to be one; not asked again. 查重结论"""

    one = models.ForeignKey(Project, models.PROTECT, related_name="+")
    other = models.ForeignKey(Project, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="duplicate_verdict_once"),
            models.CheckConstraint(name="duplicate_pair_in_order", condition=Q(one__lt=F("other"))),
            models.CheckConstraint(name="duplicate_verdict_has_a_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} {self.other_id}"


class DoubtAnswer(Change):
    """A figure that was asked back and is right all the same, with the reason.

    It answers one sentence: where the figure changes, the question is another one. 存疑说明
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="doubt_answers")
    code = models.CharField(max_length=20, help_text="what is odd: a code of the checks")
    month = models.CharField(max_length=7, blank=True, help_text="such as 2020-06")
    sentence = models.CharField(_("问的是什么"), max_length=300)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["project", "code", "month", "sentence"], name="doubt_answered_once"
            ),
            models.CheckConstraint(name="doubt_answer_has_a_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.code} {self.month}"


class BulkChange(Kept):
    """One thing said of many projects at once, and why; each project has its own act. 批量改动"""

    class Field(models.TextChoices):
        PLAN_CLASS = "plan_class", _("年度计划类别")
        ACTION = "action", _("所属行动")
        CATEGORY = "category", _("项目类别")
        START = "planned_start", _("计划开工")
        FINISH = "planned_finish", _("计划竣工")

    field = models.CharField(_("改什么"), max_length=20, choices=Field)
    value = models.CharField(_("改成"), max_length=120)
    reason = models.CharField(_("原因"), max_length=300)
    many = models.PositiveIntegerField(help_text="projects that were changed")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="bulk_change_has_a_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.field} {self.many}"
