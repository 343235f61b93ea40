"""What the house remembers of its own acts: the log, waiting jobs, numbers, keys of acts."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Kept(models.Model):
    """A row the log answers for: change it past the use-cases and `audit verify` names it.

    Every column is protected except those in `unprotected`, which carry no meaning of their own.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    unprotected: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True


class Editable(models.Model):
    """A row that forms may change: each form sends back the version it was filled from."""

    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True


class LogEntry(models.Model):
    """One act in the hash chain: who did what when, and which rows it wrote. 日志"""

    seq = models.PositiveBigIntegerField(primary_key=True)
    act = models.CharField(max_length=60)
    at = models.DateTimeField(help_text="the installation's clock, which a demo may fix")
    recorded_at = models.DateTimeField(help_text="the database's own clock, never a demo's")
    actor_id = models.BigIntegerField(null=True, blank=True)
    actor_name = models.CharField(max_length=100, blank=True)
    facts = models.JSONField(default=dict, help_text="codes and numbers, no personal text")
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        indexes = [models.Index(fields=["act", "seq"], name="log_by_act")]

    def __str__(self) -> str:
        return f"{self.seq} {self.act}"


class LogRow(models.Model):
    """One row an act wrote or removed, by table, key and digest. 日志涉及的记录"""

    class Deed(models.TextChoices):
        KEPT = "kept", _("写入")
        REMOVED = "removed", _("移除")

    entry = models.ForeignKey(LogEntry, models.PROTECT, related_name="rows")
    table = models.CharField(max_length=60)
    row = models.BigIntegerField()
    deed = models.CharField(max_length=8, choices=Deed)
    digest = models.CharField(max_length=64)

    class Meta:
        indexes = [models.Index(fields=["table", "row"], name="log_row_by_row")]

    def __str__(self) -> str:
        return f"{self.table} {self.row} {self.deed}"


class LogHead(models.Model):
    """The end of the chain, one row; locking it puts the acts in order. 日志链首"""

    seq = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.CheckConstraint(name="log_has_one_head", condition=Q(pk=1))]

    def __str__(self) -> str:
        return f"{self.seq} {self.hash[:12]}"


class Job(models.Model):
    """Work that waits, left in the transaction of the act that asks for it. 待处理作业"""

    class State(models.TextChoices):
        WAITING = "waiting", _("等待")
        RUNNING = "running", _("处理中")
        DONE = "done", _("已完成")
        DEAD = "dead", _("需人工处理")

    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=80)
    run_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    worker = models.CharField(max_length=60, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    fence = models.PositiveIntegerField(default=0, help_text="rises with every lease")
    attempts = models.PositiveSmallIntegerField(default=0)
    max_attempts = models.PositiveSmallIntegerField(default=3)
    reason = models.CharField(max_length=300, blank=True, help_text="why it failed last")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="job_once_per_kind_and_key"),
        ]
        indexes = [models.Index(fields=["state", "run_at"], name="job_next")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class ActKey(models.Model):
    """The key of an act that came from outside: the same key again changes nothing. 幂等键"""

    key = models.UUIDField()
    actor_id = models.BigIntegerField()
    act = models.CharField(max_length=60)
    outcome = models.CharField(max_length=300, blank=True, help_text="where the first call led")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["actor_id", "key"], name="act_key_once_per_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.key}"


class RunningNumber(models.Model):
    """The last number given out under a name, so that no two papers share one. 流水号"""

    name = models.CharField(max_length=60, unique=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name} {self.last}"


class Installation(Kept):
    """What this installation is: for whom, and whether it is a demo with a fixed clock. 安装信息"""

    class Kind(models.TextChoices):
        REAL = "real", _("正式")
        DEMO = "demo", _("演示")

    kind = models.CharField(max_length=8, choices=Kind, default=Kind.REAL)
    place = models.CharField(max_length=60, blank=True)
    clock = models.DateTimeField(null=True, blank=True, help_text="a demo's fixed clock")
    one_person = models.BooleanField(
        default=False, help_text="one person holds all three administrator accounts"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(name="installation_is_one_row", condition=Q(pk=1)),
            models.CheckConstraint(
                name="only_a_demo_fixes_the_clock",
                condition=Q(clock__isnull=True) | Q(kind="demo"),
            ),
        ]

    def __str__(self) -> str:
        return self.place or self.kind
