"""The names of all that can be found. A cache: each room says what it has, the log says when."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import models
from django.db.models import Q

OFFICE_ONLY = "office"  # an audience: what others may not find yet


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing of a room as it can be found: by its title, its other names, its second line."""

    uid: UUID
    title: str
    subtitle: str = ""
    names: tuple[str, ...] = ()
    page: str = ""  # the name of the address that shows it
    opens: UUID | None = None  # whose page that is, where it has none of its own
    audience: str = ""
    order: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """All things of one kind: the tables they are made of, and how they are asked for."""

    key: str
    group: str
    tables: frozenset[str]
    things: Callable[[], Iterable[Thing]]


class SearchEntry(models.Model):
    """One thing that can be found, with the ways to type its name. 查找条目"""

    source = models.CharField(max_length=20)
    group = models.CharField(max_length=20, help_text="what is shown under one heading")
    uid = models.UUIDField()
    title = models.CharField(max_length=300)
    subtitle = models.CharField(max_length=300, blank=True)
    names = models.TextField(help_text="|title|other name|, folded")
    more = models.TextField(blank=True, help_text="the second line, folded")
    initials = models.TextField(help_text="|by one reading|by another|;around a doubtful place;")
    spelt = models.TextField(help_text="a syllable a character: 'fa'gai'ju|'fa'zhan…")
    page = models.CharField(max_length=40)
    opens = models.UUIDField(null=True, blank=True)
    audience = models.CharField(max_length=20, blank=True, help_text="empty: all who may open it")
    order = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "uid"], name="search_entry_once"),
        ]
        indexes = [models.Index(fields=["group"], name="search_entry_by_group")]

    def __str__(self) -> str:
        return self.title


class SearchMark(models.Model):
    """How far in the log the entries have followed, one row. 查找进度"""

    seq = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(name="search_has_one_mark", condition=Q(pk=1))]

    def __str__(self) -> str:
        return str(self.seq)
