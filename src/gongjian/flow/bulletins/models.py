"""Official documents the system has written, with the records behind every figure."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjian.flow.progress.models import Period, Snapshot
from gongjian.foundation.files.models import StoredFile
from gongjian.foundation.records.models import Kept


class Bulletin(Kept):
    """One written bulletin of a period: its text, its figures with their lineage, its file. 通报"""

    class Kind(models.TextChoices):
        PROGRESS = "progress", _("进展情况通报")

    period = models.ForeignKey(Period, models.PROTECT, related_name="bulletins")
    snapshot = models.ForeignKey(
        Snapshot,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="bulletins",
        help_text="none before the freeze: the figures are live and it is a draft",
    )
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.PROGRESS)
    number = models.PositiveIntegerField(_("期号"))
    title = models.CharField(_("标题"), max_length=120)
    body = models.JSONField(help_text="the paragraphs and the table, with figure ids")
    figures = models.JSONField(help_text="[{figure, unit, target, period, level, report, …}]")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.title
