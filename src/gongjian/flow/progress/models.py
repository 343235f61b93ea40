"""What was done: reports by period, the files that stand behind them, and the frozen figures."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongjian.flow.plan.models import Milestone, Target, Task
from gongjian.foundation.acceptance.models import Acceptance, Level
from gongjian.foundation.files.models import StoredFile
from gongjian.foundation.orgs.models import Unit
from gongjian.foundation.records.models import Editable, Kept
from gongjian.lib.days import local_day

ONE_SUBJECT = (
    Q(target__isnull=False, task__isnull=True, milestone__isnull=True)
    | Q(target__isnull=True, task__isnull=False, milestone__isnull=True)
    | Q(target__isnull=True, task__isnull=True, milestone__isnull=False)
)


class Period(Kept, Editable):
    """One month of reporting, open until its hour, then frozen. 报告期"""

    key = models.CharField(_("报告期"), max_length=7, unique=True, help_text="such as 2020-06")
    first_day = models.DateField()
    last_day = models.DateField()
    opens_at = models.DateTimeField()
    freezes_at = models.DateTimeField(_("冻结时间"))
    opened_at = models.DateTimeField(null=True, blank=True)
    frozen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["key"]
        constraints = [
            models.CheckConstraint(
                name="period_freezes_after_it_opens", condition=Q(freezes_at__gt=F("opens_at"))
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def duty_day(self) -> date:
        """The day whose duties count: its last, or its opening where figures are made up later."""
        return max(self.last_day, local_day(self.opened_at or self.opens_at))


class Report(Kept, Acceptance):
    """What one unit says was done for a target, task or milestone by a period's end. 进度报告"""

    period = models.ForeignKey(Period, models.PROTECT, related_name="reports")
    target = models.ForeignKey(
        Target, models.PROTECT, null=True, blank=True, related_name="reports"
    )
    task = models.ForeignKey(Task, models.PROTECT, null=True, blank=True, related_name="reports")
    milestone = models.ForeignKey(
        Milestone, models.PROTECT, null=True, blank=True, related_name="reports"
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, related_name="reports", verbose_name=_("填报单位")
    )
    value = models.DecimalField(
        _("累计完成值"),
        max_digits=22,
        decimal_places=6,
        null=True,
        blank=True,
        help_text="in base units, since 1 January; empty means not reported, never 0",
    )
    done_on = models.DateField(_("办结日期"), null=True, blank=True)
    words = models.TextField(_("进展"), blank=True)
    risk = models.TextField(_("存在问题"), blank=True)
    measures = models.TextField(_("下步打算"), blank=True)
    corrects = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="corrections"
    )
    correction_reason = models.CharField(_("更正理由"), max_length=300, blank=True)

    class Meta(Acceptance.Meta):
        constraints = [
            *Acceptance.Meta.constraints,
            models.CheckConstraint(name="report_has_one_subject", condition=ONE_SUBJECT),
            *(
                models.UniqueConstraint(
                    fields=[subject, "period"],
                    condition=Q(corrects__isnull=True, **{f"{subject}__isnull": False}),
                    name=f"report_once_a_{subject}_and_period",
                )
                for subject in ("target", "task", "milestone")
            ),
            models.UniqueConstraint(
                fields=["corrects"],
                condition=Q(corrects__isnull=False) & ~Q(state="accepted"),
                name="one_open_correction_a_report",
            ),
            models.CheckConstraint(
                name="correction_has_a_reason",
                condition=Q(corrects__isnull=True) | ~Q(correction_reason=""),
            ),
            models.CheckConstraint(
                name="accepted_target_report_has_a_value",
                condition=~Q(state="accepted") | Q(target__isnull=True) | Q(value__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["period", "state"], name="report_by_period_and_state")]

    def __str__(self) -> str:
        return f"{self.period_id} {self.target_id or self.task_id or self.milestone_id}"


class ReportEvidence(Kept):
    """What stands behind a report: a document that can be looked up, a file, or both. 佐证材料"""

    report = models.ForeignKey(Report, models.PROTECT, related_name="evidence")
    doc_no = models.CharField(_("文号"), max_length=80, blank=True)
    title = models.CharField(_("名称"), max_length=120)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="evidence_is_a_number_or_a_file",
                condition=~Q(doc_no="") | Q(file__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class LatestAccepted(Kept):
    """The newest accepted report of a target in a period; a cache that doctor rebuilds. 最新采信"""

    target = models.ForeignKey(Target, models.PROTECT, related_name="latest")
    period = models.ForeignKey(Period, models.PROTECT, related_name="latest")
    report = models.ForeignKey(Report, models.PROTECT, related_name="+")
    value = models.DecimalField(max_digits=22, decimal_places=6)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["target", "period"], name="latest_once"),
        ]

    def __str__(self) -> str:
        return f"{self.target_id} {self.period_id}"


class Snapshot(Kept):
    """The accepted figures of one period as they stood at its freeze, numbered. 快照"""

    period = models.OneToOneField(Period, models.PROTECT, related_name="snapshot")
    number = models.CharField(_("快照号"), max_length=20, unique=True)
    taken_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.number


class SnapshotValue(Kept):
    """One target's figure in a snapshot; no value means it was not reported. 快照数"""

    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="values")
    target = models.ForeignKey(Target, models.PROTECT, related_name="+")
    value = models.DecimalField(max_digits=22, decimal_places=6, null=True, blank=True)
    level = models.PositiveSmallIntegerField(choices=Level, null=True, blank=True)
    report = models.ForeignKey(Report, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["snapshot", "target"], name="snapshot_value_once"),
            models.CheckConstraint(
                name="snapshot_value_with_its_report",
                condition=Q(value__isnull=True, report__isnull=True, level__isnull=True)
                | Q(value__isnull=False, report__isnull=False, level__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.snapshot_id} {self.target_id}"
