"""责任清单 by version: sent out for opinions, decided, approved, issued and frozen."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongjian.flow.duties.models.duty import Duty
from gongjian.flow.duties.models.subjects import OverOne
from gongjian.flow.plan.models import Campaign
from gongjian.foundation.orgs.models import Unit
from gongjian.foundation.records.models import Editable, Kept

USER = settings.AUTH_USER_MODEL


class DutyList(Kept, Editable):
    """One version of who answers for what, from its draft to its 文号. 责任清单"""

    class State(models.TextChoices):
        DRAFT = "draft", _("草稿")
        CONSULTING = "consulting", _("征求意见中")
        DECIDED = "decided", _("已定，待签发")
        APPROVED = "approved", _("已签发，待印发")
        ISSUED = "issued", _("已印发")
        SCRAPPED = "scrapped", _("已作废")

    class UnitOrder(models.TextChoices):
        OFFICIAL = "official", _("官方序")
        GIVEN = "given", _("来文序")

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="duty_lists")
    number = models.PositiveIntegerField(_("版本"))
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    unit_order = models.CharField(
        _("单位排列"),
        max_length=8,
        choices=UnitOrder,
        default=UnitOrder.OFFICIAL,
        help_text="how its papers order responsible and supporting units; the lead stands first",
    )
    drafted_by = models.ForeignKey(USER, models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    sent_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(
        null=True,
        blank=True,
        help_text="until which units answer; the latest of its lines; none where nobody is asked",
    )
    decided_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    returned_why = models.CharField(
        max_length=300, blank=True, help_text="why it came back unsigned"
    )
    approved_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    register_no = models.CharField(_("编号"), max_length=20, blank=True)
    doc_no = models.CharField(_("文号"), max_length=60, blank=True)
    issued_date = models.DateField(_("印发日期"), null=True, blank=True)
    issued_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")
    issued_at = models.DateTimeField(null=True, blank=True)
    scrapped_why = models.CharField(
        _("作废原因"), max_length=300, blank=True, help_text="of a draft that was never sent"
    )
    scrapped_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")
    scrapped_at = models.DateTimeField(null=True, blank=True)
    content = models.JSONField(default=dict, help_text="the list as it was signed; never changed")
    sha256 = models.CharField(max_length=64, blank=True, help_text="of content, as it is exported")

    class Meta:
        ordering = ["campaign", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "number"],
                condition=~Q(state="scrapped"),
                name="list_number_once",
            ),
            models.UniqueConstraint(
                fields=["campaign"],
                condition=~Q(state__in=["issued", "scrapped"]),
                name="one_list_in_the_making",
            ),
            models.UniqueConstraint(fields=["doc_no"], condition=~Q(doc_no=""), name="doc_no_once"),
            models.UniqueConstraint(
                fields=["register_no"], condition=~Q(register_no=""), name="register_no_once"
            ),
            models.CheckConstraint(
                name="list_sent_with_a_due_hour",
                condition=Q(sent_by__isnull=False, sent_at__isnull=False, due_at__isnull=False)
                | Q(sent_by__isnull=True, sent_at__isnull=True, due_at__isnull=True)
                & ~Q(state="consulting"),
            ),
            models.CheckConstraint(
                name="list_scrapped_unsent_with_a_reason",
                condition=Q(state="scrapped", sent_at__isnull=True, scrapped_at__isnull=False)
                & Q(scrapped_by__isnull=False)
                & ~Q(scrapped_why="")
                | ~Q(state="scrapped") & Q(scrapped_at__isnull=True, scrapped_why=""),
            ),
            models.CheckConstraint(
                name="list_issued_with_number_and_content",
                condition=~Q(state="issued")
                | (
                    Q(
                        issued_by__isnull=False,
                        issued_at__isnull=False,
                        issued_date__isnull=False,
                        approved_by__isnull=False,
                        approved_at__isnull=False,
                    )
                    & ~Q(doc_no="")
                    & ~Q(register_no="")
                    & ~Q(sha256="")
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"V{self.number}"


class ListLine(Kept, OverOne):
    """One piece of work in a version of the list: asked about, then frozen in words. 清单条目"""

    list = models.ForeignKey(DutyList, models.PROTECT, related_name="lines")
    order = models.PositiveIntegerField(default=0)
    consulted = models.BooleanField(default=True, help_text="its units were asked")
    words = models.JSONField(default=dict, help_text="as signed: unit codes and names, dates")
    before = models.JSONField(default=dict, help_text="as the version before had it, if other")

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            *OverOne.Meta.constraints,
            *(
                models.UniqueConstraint(fields=["list", kind], name=f"{kind}_once_a_list")
                for kind in ("action", "target", "task", "project")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.list_id} {self.order}"


class Opinion(Kept, Editable):
    """What one unit is asked about one line, what it said, what the office decided. 征求意见"""

    class Answer(models.TextChoices):
        NONE = "none", _("未答复")
        CLAIMED = "claimed", _("认领")
        OBJECTED = "objected", _("有异议")

    class Outcome(models.TextChoices):
        KEPT = "kept", _("维持")
        MOVED = "moved", _("改由异议所提单位")
        OTHER = "other", _("另定单位")

    line = models.ForeignKey(ListLine, models.PROTECT, related_name="opinions")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="opinions")
    role = models.CharField(_("角色"), max_length=12, choices=Duty.Role)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    because_of = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="asks",
        help_text="the objection that names this unit as the better one",
    )
    withdrawn_at = models.DateTimeField(
        null=True, blank=True, help_text="since when the unit is not meant any more"
    )
    answer = models.CharField(max_length=8, choices=Answer, default=Answer.NONE)
    better = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", help_text="named instead"
    )
    reason = models.CharField(_("理由"), max_length=300, blank=True)
    answered_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    paper = models.CharField(
        max_length=120, blank=True, help_text="the unit's letter, where the office enters it"
    )
    outcome = models.CharField(max_length=5, choices=Outcome, blank=True)
    sentence = models.CharField(
        _("办公室决定"), max_length=300, blank=True, help_text="what the office tells the unit"
    )
    decided_by = models.ForeignKey(USER, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["line__order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["line", "unit", "role"],
                condition=Q(withdrawn_at__isnull=True),
                name="unit_asked_once_a_line",
            ),
            models.CheckConstraint(
                name="opinion_answered_by_and_at_together",
                condition=Q(answer="none", answered_by__isnull=True, answered_at__isnull=True)
                | (~Q(answer="none") & Q(answered_by__isnull=False, answered_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="objection_with_a_reason", condition=~Q(answer="objected") | ~Q(reason="")
            ),
            models.CheckConstraint(
                name="opinion_decided_with_a_sentence",
                condition=Q(outcome="", decided_by__isnull=True, decided_at__isnull=True)
                | (
                    ~Q(outcome="")
                    & ~Q(sentence="")
                    & Q(decided_by__isnull=False, decided_at__isnull=False)
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line_id} {self.unit_id}"
