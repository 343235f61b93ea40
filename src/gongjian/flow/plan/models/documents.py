"""The plan as it came, what was found in it, and each step of its review."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongjian.flow.plan.models.campaigns import Campaign
from gongjian.foundation.files.models import StoredFile
from gongjian.foundation.records.models import Editable, Kept


class PlanDocument(Kept, Editable):
    """A plan as it came: its bytes, the text that was read, and how far its review is. 方案文件"""

    class State(models.TextChoices):
        WAITING = "waiting", _("等待读取")
        REVIEW = "review", _("待审核")
        ADOPTED = "adopted", _("已定稿")
        UNREADABLE = "unreadable", _("读不出来")

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="documents")
    title = models.CharField(_("标题"), max_length=200)
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    replaces = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="newer",
        help_text="the adopted plan of which this is a new version",
    )
    text = models.TextField(blank=True, help_text="as read; spans count its code points")
    blocks = models.JSONField(default=list, help_text="see queries/pages.py")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    trouble = models.CharField(max_length=300, blank=True, help_text="why it cannot be read")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    moved_from = models.ForeignKey(
        Campaign,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="the year it was brought into by mistake",
    )
    moved_why = models.CharField(_("移到别的年度的原因"), max_length=200, blank=True)
    moved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    moved_at = models.DateTimeField(null=True, blank=True)
    adopted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    adopted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign", "file"], name="plan_file_once_a_campaign"),
            models.CheckConstraint(
                name="plan_moved_with_a_reason",
                condition=Q(moved_from__isnull=True, moved_by__isnull=True, moved_at__isnull=True)
                | Q(moved_from__isnull=False, moved_by__isnull=False, moved_at__isnull=False)
                & ~Q(moved_why="")
                & ~Q(moved_from=F("campaign")),
            ),
            models.CheckConstraint(
                name="plan_adopted_by_and_at_together",
                condition=Q(adopted_by__isnull=True, adopted_at__isnull=True)
                | Q(adopted_by__isnull=False, adopted_at__isnull=False, state="adopted"),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Candidate(Kept, Editable):
    """What the reader found and a person has to judge; it enters the plan by no other way. 候选"""

    class Kind(models.TextChoices):
        ACTION = "action", _("行动")
        TARGET = "target", _("目标")
        TASK = "task", _("任务")
        MILESTONE = "milestone", _("节点")

    class State(models.TextChoices):
        PENDING = "pending", _("未审")
        ACCEPTED = "accepted", _("已采用")
        EDITED = "edited", _("改后采用")
        REJECTED = "rejected", _("已驳回")
        MERGED = "merged", _("已并入")
        WITHDRAWN = "withdrawn", _("已撤回")

    class Change(models.TextChoices):
        NEW = "new", _("新增")
        CHANGED = "changed", _("有变化")
        SAME = "same", _("相同")

    SURE = Decimal("0.9")  # below it a finding is doubtful and never taken with others
    BULK = Decimal("0.95")  # from it on findings may be taken with others
    TAKEN = (State.ACCEPTED, State.EDITED)
    GONE = (State.MERGED, State.WITHDRAWN)

    document = models.ForeignKey(PlanDocument, models.PROTECT, related_name="candidates")
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=Kind)
    under = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="holds",
        help_text="the action it stands under",
    )
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    evidence = models.TextField()
    joined = models.JSONField(default=list, help_text="spans of findings merged into it")
    found = models.JSONField(help_text="the fields as they were found; never changed")
    fields = models.JSONField(help_text="the fields as they stand now")
    confidence = models.DecimalField(max_digits=4, decimal_places=3)
    reason = models.CharField(max_length=40)
    reason_params = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State, default=State.PENDING)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    why_rejected = models.CharField(max_length=200, blank=True)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts"
    )
    change = models.CharField(
        max_length=8, choices=Change, blank=True, help_text="in a new version: against the plan"
    )
    twin = models.UUIDField(null=True, blank=True, help_text="the uid of the node it speaks of")
    resembles = models.UUIDField(
        null=True, blank=True, help_text="of what is new: the uid of a node with similar words"
    )
    stood = models.TextField(
        blank=True, help_text="what the plan said of it when it was read or judged, in one line"
    )
    moved = models.BooleanField(
        default=False, help_text="the plan says otherwise since it was judged; look at it again"
    )
    last_step = models.ForeignKey(
        "ReviewStep",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="the step that made it what it is",
    )

    class Meta:
        ordering = ["seq"]
        indexes = [
            # Listed, counted and marked in the text from here: the rows themselves are long.
            models.Index(
                fields=["document", "-moved", "change", "confidence", "start", "seq", "state",
                        "kind", "under", "resembles", "reason", "end"],
                name="candidate_listed",
            )
        ]  # fmt: skip
        constraints = [
            models.UniqueConstraint(fields=["document", "seq"], name="candidate_seq_once"),
            models.CheckConstraint(
                name="candidate_merged_into_another",
                condition=Q(state="merged", merged_into__isnull=False)
                | (~Q(state="merged") & Q(merged_into__isnull=True)),
            ),
            models.CheckConstraint(
                name="candidate_twin_of_what_was_there",
                condition=Q(twin__isnull=True) | Q(change__in=["changed", "same"]),
            ),
            models.CheckConstraint(
                name="candidate_resembles_while_new",
                condition=Q(resembles__isnull=True) | Q(change="new"),
            ),
            models.CheckConstraint(
                name="candidate_moved_once_judged", condition=Q(moved=False) | ~Q(state="pending")
            ),
            models.CheckConstraint(name="candidate_span_rises", condition=Q(end__gt=F("start"))),
            models.CheckConstraint(
                name="candidate_decided_by_and_at_together",
                condition=Q(state="pending", decided_by__isnull=True, decided_at__isnull=True)
                | (~Q(state="pending") & Q(decided_by__isnull=False, decided_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="candidate_rejected_with_reason",
                condition=~Q(state="rejected") | ~Q(why_rejected=""),
            ),
        ]

    def __str__(self) -> str:
        return self.evidence[:40]


class ReviewStep(Kept):
    """One act of one reviewer on the findings of a plan; undone, it stays in the trail. 审核步骤"""

    class Act(models.TextChoices):
        ACCEPTED = "accepted", _("采用")
        EDITED = "edited", _("改后采用")
        REJECTED = "rejected", _("驳回")
        REOPENED = "pending", _("重审")
        LISTED = "accepted-listed", _("按清单采用")
        MERGED = "merged", _("合并")
        SPLIT = "split", _("拆分")
        ADDED = "added", _("从原文新增")
        CONFIRMED = "confirmed", _("看过计划的变化")
        TIED = "tied", _("认作改写")

    document = models.ForeignKey(PlanDocument, models.PROTECT, related_name="steps")
    act = models.CharField(max_length=16, choices=Act)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["document", "by"], name="review_step_of_reviewer")]

    def __str__(self) -> str:
        return f"{self.pk} {self.act}"


class ReviewChange(Kept):
    """One finding that a step changed, as it was before; empty where the step made it. 审核改动"""

    step = models.ForeignKey(ReviewStep, models.PROTECT, related_name="changes")
    candidate = models.ForeignKey(Candidate, models.PROTECT, related_name="changes")
    before = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["step", "candidate"], name="finding_once_a_review_step"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step_id}: {self.candidate_id}"
