"""The register as its pages read it: kept beside the facts, renewed from what the log says.

Caches, not protected by the log: `doctor` compares them with the facts and makes them anew.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from gongjian.flow.plan.models import Campaign, Precision
from gongjian.flow.projects.models.project import Project, Standing


class RegisterLine(models.Model):
    """One project in one year's plan as the list shows, sorts and adds it up. 台账行"""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="+")
    project = models.ForeignKey(Project, models.CASCADE, related_name="+")
    gone = models.BooleanField(default=False, help_text="another project stands for it")
    standing = models.CharField(max_length=10, choices=Standing)
    stage = models.CharField(max_length=24, blank=True, help_text="the furthest; empty: none yet")
    rank = models.PositiveSmallIntegerField(default=0, help_text="of the stage in the gate table")
    steps = models.PositiveSmallIntegerField(default=0, help_text="stages of its way behind it")
    way = models.PositiveSmallIntegerField(default=0, help_text="stages that may not be skipped")
    stage_day = models.DateField(null=True, blank=True)
    plan_class = models.CharField(max_length=10, blank=True)
    total = models.DecimalField(
        max_digits=20, decimal_places=2, null=True, blank=True, help_text="元"
    )
    year_plan = models.DecimalField(
        max_digits=20, decimal_places=2, null=True, blank=True, help_text="元"
    )
    year_done = models.DecimalField(
        max_digits=20, decimal_places=2, null=True, blank=True, help_text="元"
    )
    rate = models.FloatField(null=True, blank=True, help_text="done ÷ plan, to sort by only")
    last_month = models.CharField(max_length=7, blank=True, help_text="the last with money in it")
    next_kind = models.CharField(max_length=20, blank=True, help_text="the planned date ahead")
    next_day = models.DateField(null=True, blank=True)
    next_precision = models.CharField(max_length=8, choices=Precision, blank=True)
    next_old = models.DateField(null=True, blank=True, help_text="what it was before the last move")
    next_old_precision = models.CharField(max_length=8, choices=Precision, blank=True)
    due = models.DateField(
        null=True, blank=True, help_text="the planned date ahead of a project that goes on"
    )
    moves = models.PositiveSmallIntegerField(default=0, help_text="planned dates moved, all kinds")
    names = models.TextField(help_text="|name|former name|code|owner|, folded")
    initials = models.TextField(blank=True, help_text="|by one reading|by another|")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign", "project"], name="register_line_once"),
        ]
        indexes = [
            # All that the heads of the list add up, so that the rows themselves are not read.
            models.Index(
                fields=[
                    "campaign", "gone", "stage", "total", "year_plan", "year_done", "due",
                    "next_kind", "moves", "plan_class", "last_month", "standing",
                ],
                name="register_line_sums",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.project_id}"


class RegisterSum(models.Model):
    """What the lines of one year's plan at one stage come to on a day. 台账合计"""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="+")
    day = models.DateField(help_text="what is late is late on this day")
    gone = models.BooleanField()
    stage = models.CharField(max_length=24, blank=True)
    count = models.PositiveIntegerField()
    total = models.DecimalField(max_digits=24, decimal_places=2, null=True, help_text="元")
    year_plan = models.DecimalField(max_digits=24, decimal_places=2, null=True, help_text="元")
    year_done = models.DecimalField(max_digits=24, decimal_places=2, null=True, help_text="元")
    new = models.PositiveIntegerField()
    late_start = models.PositiveIntegerField()
    late_finish = models.PositiveIntegerField()
    moved = models.PositiveIntegerField()
    unreported = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["campaign", "gone", "stage"], name="register_sum_once"),
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.stage} {self.day}"


class ProjectSheet(models.Model):
    """All that counts of one project, as its page reads it in one go. 项目档案页"""

    project = models.OneToOneField(Project, models.CASCADE, primary_key=True, related_name="+")
    facts = models.JSONField(help_text="accepted rows only; see queries/facts.py")
    waiting = models.PositiveIntegerField(default=0, help_text="rows not yet accepted")

    def __str__(self) -> str:
        return f"{self.project_id}"


class RegisterMark(models.Model):
    """How far in the log the lines have followed, and the day of their sums, one row. 台账进度"""

    seq = models.PositiveBigIntegerField(default=0)
    day = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.CheckConstraint(name="register_has_one_mark", condition=Q(pk=1))]

    def __str__(self) -> str:
        return str(self.seq)


class ProjectLook(models.Model):
    """When somebody last looked at a project, for that person's own marks; shown to nobody else,
    counted nowhere. 看到哪里"""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    project = models.ForeignKey(Project, models.CASCADE, related_name="+")
    before = models.DateTimeField(help_text="the visit before this one: what is newer is marked")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "project"], name="one_look_a_reader"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.project_id}"
