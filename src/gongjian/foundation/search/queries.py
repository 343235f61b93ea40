"""Looking for a name: by two characters, by the initials of its sounds, by whole syllables."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Length

from gongjian.foundation.records.queries import log_end
from gongjian.foundation.search.models import SearchEntry, SearchMark
from gongjian.lib.folding import folded, marked, syllables

SHORTEST = 2
LONGEST = 40
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found; `mark` is from where to where its title was meant."""

    source: str
    group: str
    uid: UUID
    title: str
    subtitle: str
    page: str
    opens: UUID | None
    mark: tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class Hits:
    """The best of what was found, and how much there is in each group, in the order shown."""

    rows: tuple[Hit, ...]
    counts: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def words_of(text: str) -> list[str]:
    """What was typed, word by word, as it is compared; nothing where it is too short to ask."""
    words = [word for typed in text[: LONGEST * 2].split() if (word := folded(typed)[:LONGEST])]
    return words if sum(map(len, words)) >= SHORTEST else []


def best_hits(text: str, *, sources: Collection[str], audiences: Collection[str]) -> Hits:
    """At most twenty things, of every group the best, the best group first.

    One query, and one for each group in which something was found.
    """
    counts = count_hits(text, sources=sources, audiences=audiences)
    words = words_of(text)
    groups: list[list[Any]] = []
    for group, share in zip(counts, _shares(list(counts.values())), strict=True):
        rows = _matching(words, sources, audiences).filter(group=group)
        groups.append(list(rows.order_by(*_BEST)[:share]))
    groups.sort(key=lambda rows: (rows[0].met, rows[0].length))
    return Hits(tuple(_hit(row, words) for rows in groups for row in rows), counts)


def count_hits(
    text: str, *, sources: Collection[str], audiences: Collection[str]
) -> dict[str, int]:
    """{group: how many}. One query."""
    words = words_of(text)
    if not words:
        return {}
    found = _matching(words, sources, audiences).values("group").annotate(many=Count("pk"))
    return {row["group"]: row["many"] for row in found.order_by("group")}


def hit_rows(
    text: str,
    *,
    sources: Collection[str],
    audiences: Collection[str],
    group: str = "",
    offset: int = 0,
    limit: int = 40,
) -> list[Hit]:
    """What was found, the best first, of one group or of all. One query."""
    words = words_of(text)
    if not words:
        return []
    rows = _matching(words, sources, audiences)
    if group:
        rows = rows.filter(group=group)
    return [_hit(row, words) for row in rows.order_by(*_BEST)[offset : offset + limit]]


def acts_behind() -> int:
    """How many acts of the log the entries have not followed yet. Two queries."""
    mark = SearchMark.objects.filter(pk=1).values_list("seq", flat=True).first() or 0
    return max(log_end() - mark, 0)


def _matching(
    words: Sequence[str], sources: Collection[str], audiences: Collection[str]
) -> QuerySet[SearchEntry]:
    """The entries in which every word stands somewhere, with how well their name is met."""
    rows = SearchEntry.objects.filter(source__in=sources, audience__in=audiences)
    for word in words:
        rows = rows.filter(_says(word))
    whole = "".join(words)
    heard = ("names", "initials") if whole.isascii() else ("names",)
    met = [
        When(**{f"{column}__contains": part}, then=place)
        for place, (part, column) in enumerate(
            (part, column) for part in (f"|{whole}|", f"|{whole}", whole) for column in heard
        )
    ]
    return rows.annotate(
        met=Case(*met, default=Value(len(met)), output_field=IntegerField()),
        length=Length("title"),
    )


def _says(word: str) -> Q:
    said = Q(names__contains=word) | Q(more__contains=word)
    if word.isascii():
        said |= Q(initials__contains=word)
        for way in syllables(word) if len(word) > SHORTEST else ():
            said |= Q(spelt__contains="'" + "'".join(way))
    return said


_BEST = ("met", "length", "order", "pk")


def _shares(many: Sequence[int]) -> list[int]:
    """How many of each group are shown: all of small ones, the rest of the room to the others."""
    shares = [0] * len(many)
    left = SHOWN
    while left and (open_ones := [n for n, size in enumerate(many) if shares[n] < size]):
        for n in open_ones[:left]:
            shares[n] += 1
        left = SHOWN - sum(shares)
    return shares


def _hit(row: SearchEntry, words: Sequence[str]) -> Hit:
    sounds = row.spelt.partition("|")[0].split("'")[1:]
    marks = (marked(row.title, sounds, word) for word in ("".join(words), *words))
    return Hit(
        source=row.source,
        group=row.group,
        uid=row.uid,
        title=row.title,
        subtitle=row.subtitle,
        page=row.page,
        opens=row.opens,
        mark=next(filter(None, marks), None),
    )
