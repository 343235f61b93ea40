"""What is kept of the way of a project: the stages it reached, and what stands behind each."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongjian.flow.projects.models.project import Project
from gongjian.foundation.acceptance.models import Acceptance
from gongjian.foundation.files.models import StoredFile
from gongjian.foundation.orgs.models import Unit
from gongjian.foundation.records.models import Editable, Kept


class Stage(models.TextChoices):
    """The stages of both tracks; what each needs stands in the gate table. 项目阶段"""

    LEAD = "lead", _("线索")
    NEGOTIATING = "negotiating", _("在谈")
    FRAMEWORK_SIGNED = "framework_signed", _("框架协议")
    SIGNED = "signed", _("正式签约")
    PLANNED = "planned", _("谋划")
    RESERVED = "reserved", _("储备入库")
    PROPOSAL_APPROVED = "proposal_approved", _("项目建议书批复")
    FEASIBILITY_APPROVED = "feasibility_approved", _("可研批复")
    DESIGN_APPROVED = "design_approved", _("初步设计批复")
    ESTABLISHED = "established", _("立项")
    PREPARING = "preparing", _("前期手续")
    STARTED = "started", _("开工")
    UNDER_CONSTRUCTION = "under_construction", _("在建")
    COMPLETED = "completed", _("竣工")
    IN_PRODUCTION = "in_production", _("投产")
    FULL_EFFECT = "full_effect", _("达产达效")


class StageEvent(Kept, Acceptance):
    """A project reached a stage on a day, says one unit; it counts once accepted. 阶段事件"""

    project = models.ForeignKey(Project, models.PROTECT, related_name="events")
    stage = models.CharField(_("阶段"), max_length=24, choices=Stage)
    day = models.DateField(_("日期"), help_text="the day of the deed, not of the report")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name=_("填报单位"))
    recogniser = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("认定单位")
    )
    partial = models.BooleanField(_("部分竣工"), default=False)
    words = models.TextField(_("说明"), blank=True)
    corrects = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="corrections"
    )
    void = models.BooleanField(
        _("撤销认定"), default=False, help_text="the stage was not reached after all"
    )
    correction_reason = models.CharField(_("更正理由"), max_length=300, blank=True)

    class Meta(Acceptance.Meta):
        ordering = ["day", "pk"]
        constraints = [
            *Acceptance.Meta.constraints,
            models.UniqueConstraint(
                fields=["corrects"],
                condition=Q(corrects__isnull=False) & ~Q(state="accepted"),
                name="one_open_correction_a_stage_event",
            ),
            models.CheckConstraint(
                name="stage_correction_has_a_reason",
                condition=Q(corrects__isnull=True) | ~Q(correction_reason=""),
            ),
            models.CheckConstraint(
                name="only_a_correction_voids",
                condition=Q(void=False) | Q(corrects__isnull=False),
            ),
            models.CheckConstraint(
                name="who_recognises_is_not_who_reports",
                condition=Q(recogniser__isnull=True) | ~Q(recogniser=F("unit")),
            ),
        ]
        indexes = [
            models.Index(fields=["project", "state"], name="stage_event_by_project"),
            models.Index(fields=["stage", "state", "day"], name="stage_event_by_stage"),
        ]

    def __str__(self) -> str:
        return f"{self.project_id} {self.stage} {self.day}"


class StageEvidence(Kept):
    """What stands behind a stage event: a number to look up, a file, or both. 阶段佐证"""

    event = models.ForeignKey(StageEvent, models.PROTECT, related_name="evidence")
    proof = models.CharField(_("材料"), max_length=30, help_text="a code of the gate table")
    title = models.CharField(_("名称"), max_length=120)
    doc_no = models.CharField(_("文号"), max_length=80, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="stage_evidence_is_a_number_or_a_file",
                condition=~Q(doc_no="") | Q(file__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class PermitItem(Kept, Editable):
    """One line of a project's pre-construction checklist. 前期手续"""

    project = models.ForeignKey(Project, models.PROTECT, related_name="permits")
    order = models.PositiveSmallIntegerField(_("序号"))
    code = models.CharField(max_length=30, help_text="a code of the template, or one's own")
    name = models.CharField(_("手续"), max_length=60)
    department = models.CharField(_("办理部门"), max_length=40, blank=True)
    applicable = models.BooleanField(_("适用"), default=True)
    plan_date = models.DateField(_("计划办结"), null=True, blank=True)
    applied_on = models.DateField(_("受理日期"), null=True, blank=True)
    done_on = models.DateField(_("办结日期"), null=True, blank=True)
    doc_no = models.CharField(_("文号"), max_length=80, blank=True)
    valid_until = models.DateField(_("有效期至"), null=True, blank=True)
    blocked_by = models.CharField(_("卡点"), max_length=120, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["project", "order"]
        constraints = [
            models.UniqueConstraint(fields=["project", "code"], name="permit_once_a_project"),
            models.CheckConstraint(
                name="permit_done_after_it_was_applied_for",
                condition=Q(done_on__isnull=True)
                | Q(applied_on__isnull=True)
                | Q(done_on__gte=F("applied_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.name
