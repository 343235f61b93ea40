"""Looking for a name: by two characters, by the initials of its sounds, by whole syllables."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter
from uuid import UUID

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When
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


@dataclass(frozen=True, slots=True)
class Matches:
    """What words were found in: (group, how well met, length, order, key), the best first."""

    words: tuple[str, ...]
    keys: tuple[tuple[str, int, int, int, int], ...]

    @property
    def counts(self) -> dict[str, int]:
        """{group: how many}, by the name of the group."""
        return dict(sorted(Counter(key[0] for key in self.keys).items()))


def words_of(text: str) -> list[str]:
    """What was typed, word by word, as it is compared; nothing where it is too short to ask."""
    words = [word for typed in text[: LONGEST * 2].split() if (word := folded(typed)[:LONGEST])]
    return words if sum(map(len, words)) >= SHORTEST else []


def matches(text: str, *, sources: Collection[str], audiences: Collection[str]) -> Matches:
    """Everything that was found, by its key. One query: the names are gone through once."""
    words = words_of(text)
    if not words:
        return Matches((), ())
    found = _matching(words, sources, audiences).values_list("group", *_BEST)
    return Matches(tuple(words), tuple(sorted(found.order_by(), key=itemgetter(1, 2, 3, 4))))


def best_hits(found: Matches) -> Hits:
    """At most twenty things, of every group the best, the best group first. One query."""
    counts = found.counts
    groups = [
        list(islice((key for key in found.keys if key[0] == group), share))
        for group, share in zip(counts, _shares(list(counts.values())), strict=True)
    ]
    groups.sort(key=lambda keys: keys[0][1:3])
    return Hits(tuple(_hits(found, [key for keys in groups for key in keys])), counts)


def hit_rows(found: Matches, *, group: str = "", offset: int = 0, limit: int = 40) -> list[Hit]:
    """What was found, the best first, of one group or of all. One query."""
    keys = [key for key in found.keys if key[0] == group] if group else found.keys
    return _hits(found, keys[offset : offset + limit])


def followed() -> int:
    """The act of the log up to which the entries have followed it. One query."""
    return SearchMark.objects.filter(pk=1).values_list("seq", flat=True).first() or 0


def acts_behind() -> int:
    """How many acts of the log the entries have not followed yet. Two queries."""
    return max(log_end() - followed(), 0)


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


def _hits(found: Matches, keys: Sequence[tuple[str, int, int, int, int]]) -> list[Hit]:
    rows = SearchEntry.objects.in_bulk([key[-1] for key in keys])
    return [_hit(rows[key[-1]], found.words) for key in keys if key[-1] in rows]


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
