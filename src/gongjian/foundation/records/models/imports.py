"""What is kept of a ledger that was brought in: the run, where each row went, what was learnt."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongjian.foundation.records.models.log import Editable, Kept


class ImportRun(Kept, Editable):
    """One file on its way into the register: read, asked about, written, perhaps undone. 导入"""

    class State(models.TextChoices):
        READING = "reading", _("正在读")
        READ = "read", _("待确认")
        RUNNING = "running", _("正在写入")
        DONE = "done", _("已写入")
        STOPPED = "stopped", _("已停下")
        UNDOING = "undoing", _("正在撤销")
        UNDONE = "undone", _("已撤销")
        BROKEN = "broken", _("没有读成")

    # What was found on reading, kept so that a page need not read the file again.
    unprotected: ClassVar[tuple[str, ...]] = ("report",)

    kind = models.CharField(max_length=12, help_text="projects, units, people, targets, money")
    into = models.CharField(max_length=60, blank=True, help_text="what it goes into: its uid")
    state = models.CharField(_("状态"), max_length=8, choices=State, default=State.READING)
    file_name = models.CharField(_("文件"), max_length=200)
    sha256 = models.CharField(max_length=64, help_text="of the file, under which it is kept")
    size = models.PositiveBigIntegerField(help_text="bytes")
    sheets = models.JSONField(default=list, help_text="names of those taken; empty: all")
    maps = models.JSONField(default=dict, help_text="column → field, as a person said")
    says = models.JSONField(default=list, help_text="[column, answer], as a person said")
    rows_said = models.JSONField(default=dict, help_text="sheet!row → a uid, new or skip")
    totals = models.JSONField(default=dict, help_text="rows by outcome, of the last reading")
    report = models.JSONField(default=dict)
    position = models.PositiveIntegerField(default=0, help_text="rows written so far")
    reason = models.CharField(_("原因"), max_length=300, blank=True)
    by_id = models.BigIntegerField(null=True, blank=True)
    by_name = models.CharField(max_length=100, blank=True)
    unit_id = models.BigIntegerField(default=0, help_text="the unit whose memory it uses")
    delegation = models.UUIDField(null=True, blank=True, help_text="under which it was started")
    made_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["kind", "state"], name="import_by_kind")]

    def __str__(self) -> str:
        return f"{self.kind} {self.file_name}"

    @property
    def preview(self) -> list[dict[str, Any]]:
        """What would become of each row, as the last reading found it."""
        return list(self.trial.values_list("said", flat=True))


class TrialRow(models.Model):
    """What would become of one row of a file; gone once it is written, or read anew. 试运行的行"""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="trial")
    number = models.PositiveIntegerField(help_text="in the order of the file, from 1")
    row = models.PositiveIntegerField()
    outcome = models.CharField(max_length=8)
    words = models.CharField(max_length=240, help_text="by which it is found: title and code")
    said = models.JSONField(default=dict)

    class Meta:
        ordering = ["number"]
        indexes = [models.Index(fields=["run", "outcome"], name="trial_row_by_outcome")]

    def __str__(self) -> str:
        return f"{self.run_id} {self.number} {self.outcome}"


class ImportRow(Kept):
    """Where one row of a file went, with the values before and after. 导入的行"""

    class Outcome(models.TextChoices):
        NEW = "new", _("新增")
        CHANGED = "changed", _("有变化")
        SAME = "same", _("无变化")
        REFUSED = "refused", _("退回")
        ASKED = "asked", _("待答")

    run = models.ForeignKey(ImportRun, models.PROTECT, related_name="rows")
    number = models.PositiveIntegerField(help_text="in the order of the file, from 1")
    sheet = models.CharField(max_length=120, blank=True)
    row = models.PositiveIntegerField(help_text="as the sheet counts, from 1")
    outcome = models.CharField(_("结果"), max_length=8, choices=Outcome)
    title = models.CharField(max_length=200, blank=True)
    thing = models.UUIDField(null=True, blank=True, help_text="uid of what was written")
    version = models.PositiveIntegerField(default=0, help_text="which it had when written")
    old = models.JSONField(default=dict, help_text="column → value before")
    new = models.JSONField(default=dict, help_text="column → value after")
    made = models.JSONField(default=dict, help_text="column → what was written beside the thing")
    notes = models.JSONField(default=list, help_text="sentences about values that were not taken")
    doubts = models.JSONField(default=list, help_text="columns whose value waits for an answer")
    reason = models.CharField(_("原因"), max_length=300, blank=True)
    undone = models.BooleanField(default=False)
    left = models.CharField(max_length=300, blank=True, help_text="why undoing left it")

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["run", "number"], name="import_row_once"),
            models.CheckConstraint(
                name="a_row_given_back_says_why",
                condition=~Q(outcome__in=["refused", "asked"]) | ~Q(reason=""),
            ),
        ]
        indexes = [models.Index(fields=["run", "outcome"], name="import_row_by_outcome")]

    def __str__(self) -> str:
        return f"{self.run_id} {self.number} {self.outcome}"


class ImportMemory(Kept):
    """Which field a column was, as somebody said; the next file is read alike. 导入记忆"""

    kind = models.CharField(max_length=12)
    unit_id = models.BigIntegerField(default=0)
    header = models.CharField(max_length=300, help_text="titles from the highest to the lowest")
    field = models.CharField(max_length=40, blank=True, help_text="empty: not taken")
    answer = models.CharField(max_length=20, blank=True, help_text="what was answered of it")
    run = models.ForeignKey(ImportRun, models.PROTECT, related_name="remembered")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "unit_id", "header"], name="header_once"),
        ]

    def __str__(self) -> str:
        return f"{self.header} {self.field}"
