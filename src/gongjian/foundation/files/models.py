"""Which bytes are kept: one row a content, named by its hash."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjian.foundation.records.models import Kept


class StoredFile(Kept):
    """The content of one file under $GONGJIAN_HOME/files, by its SHA-256. 文件"""

    class Scan(models.TextChoices):
        UNSCANNED = "unscanned", _("未查毒")
        CLEAN = "clean", _("已查毒")
        INFECTED = "infected", _("有毒，已隔离")

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField(help_text="bytes")
    name = models.CharField(max_length=200, help_text="as first received")
    scan = models.CharField(max_length=10, choices=Scan, default=Scan.UNSCANNED)
    kept_at = models.DateTimeField()
    kept_by_id = models.BigIntegerField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name
