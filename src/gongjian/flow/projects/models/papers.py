"""What is kept of papers: long exports on their way, a superior's empty table, what was sent."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjian.flow.plan.models import Campaign
from gongjian.foundation.files.models import StoredFile
from gongjian.foundation.records.models import Editable, Kept


class ExportRun(Kept):
    """A list too long for one answer, on its way into a file. 导出任务"""

    class State(models.TextChoices):
        WAITING = "waiting", _("排队")
        DONE = "done", _("已生成")
        BROKEN = "broken", _("没有生成")

    unprotected: ClassVar[tuple[str, ...]] = ("reached",)  # how far the worker is, for a page

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="exports")
    form = models.CharField(_("格式"), max_length=8)
    layout = models.CharField(
        max_length=12, blank=True, help_text="an official table; empty: the list as it is shown"
    )
    unit = models.CharField(max_length=3, default="wan", help_text="of an official table: wan, yi")
    keys = models.JSONField(default=list, help_text="of the projects of a filter; empty: all")
    columns = models.JSONField(default=list, help_text="names of columns; empty: the usual ones")
    snapshot = models.CharField(_("快照号"), max_length=20, blank=True, help_text="empty: live")
    as_of = models.DateField(_("截止日期"))
    known_at = models.DateTimeField()
    state = models.CharField(_("状态"), max_length=8, choices=State, default=State.WAITING)
    total = models.PositiveIntegerField(help_text="rows")
    reached = models.PositiveIntegerField(default=0, help_text="rows read so far")
    name = models.CharField(_("文件"), max_length=200, blank=True)
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(_("原因"), max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="a_written_export_has_its_file",
                condition=~models.Q(state="done") | models.Q(file__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.form} {self.state}"


class SuperiorSheet(Kept, Editable):
    """An empty table a superior sent, and how it is filled. 上级来表"""

    class Rows(models.TextChoices):
        NAMED = "named", _("表里已列的项目")
        LISTED = "listed", _("按筛选列项目")

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="superior_sheets")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    name = models.CharField(_("文件"), max_length=200)
    title = models.CharField(_("表名"), max_length=120, blank=True)
    to = models.CharField(_("报给"), max_length=60, blank=True)
    due = models.CharField(_("时限"), max_length=60, blank=True)
    sheet = models.CharField(_("工作表"), max_length=120, blank=True)
    maps = models.JSONField(default=dict, help_text="letter → field, as a person said; empty: none")
    units = models.JSONField(default=dict, help_text="letter → unit of money, as a person said")
    rows = models.CharField(_("填哪些行"), max_length=8, choices=Rows)
    wanted = models.JSONField(default=dict, help_text="the filter of the projects that are listed")
    snapshot = models.CharField(_("快照号"), max_length=20, blank=True, help_text="empty: live")
    taken = models.CharField(
        max_length=64, blank=True, help_text="digest of the filling last taken away; empty: none"
    )
    taken_file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+"
    )
    unit_id = models.BigIntegerField(default=0, help_text="the unit whose memory it uses")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    brought_at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.title or self.name


class SheetMemory(Kept):
    """With what a column of a superior's table is filled, as somebody said. 来表记忆"""

    unit_id = models.BigIntegerField(default=0)
    header = models.CharField(max_length=300, help_text="titles from the highest to the lowest")
    field = models.CharField(max_length=40, blank=True, help_text="empty: left as it is")
    sheet = models.ForeignKey(SuperiorSheet, models.PROTECT, related_name="remembered")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["unit_id", "header"], name="sheet_header_once"),
        ]

    def __str__(self) -> str:
        return f"{self.header} {self.field}"


class SentTable(Kept):
    """A table as it was sent to a superior: the file and every value in it. 报送表"""

    sheet = models.ForeignKey(SuperiorSheet, models.PROTECT, related_name="sent")
    title = models.CharField(_("表名"), max_length=120)
    to = models.CharField(_("报给"), max_length=60)
    snapshot = models.CharField(_("快照号"), max_length=20, blank=True, help_text="empty: live")
    as_of = models.DateField(_("截止日期"))
    known_at = models.DateTimeField()
    columns = models.JSONField(help_text="[{letter, head, field, scale, month}]")
    rows = models.JSONField(
        help_text="[{uid, name, values: [text or null a column], stood: what the register said of"
        " them when it was sent, where that was something else}]"
    )
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()

    class Meta:
        ordering = ["-sent_at", "-pk"]

    def __str__(self) -> str:
        return self.title
